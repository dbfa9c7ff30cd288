"""The views kept for a presentation. Each is its link, so that it is computed again whenever it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Collected:
    """A panel of a page with every choice made on it: its title, the page's file, the query, the panel's key.

    ``data`` is how a link names the study it was collected from: the same view of another study is another view.
    """

    title: str
    file: str
    query: str
    panel: str
    data: str = ""


def place(kept: Sequence[Collected], here: Collected, last: int | None = None) -> int | None:
    """Where among ``kept`` the view ``here`` stands, whatever its title; None where it is not kept.

    Where it is kept more than once it is the one at ``last``, or else the first.
    """
    link = (here.file, here.query, here.panel, here.data)
    places = [i for i, one in enumerate(kept) if (one.file, one.query, one.panel, one.data) == link]
    return last if last in places else next(iter(places), None)


def step(kept: Sequence[Collected], now: int | None, key: str) -> int | None:
    """The place a key leads to from ``now``: the arrows one on or back, Home and End to the ends; None for nowhere."""
    last = len(kept) - 1
    if last < 0:
        return None
    start = {"next": -1, "previous": last + 1}.get(key, 0) if now is None else now
    to = {"next": start + 1, "previous": start - 1, "first": 0, "last": last}.get(key)
    return to if to is not None and 0 <= to <= last and to != now else None
