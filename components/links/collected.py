"""The views kept for a presentation. Each is its link, so that it is computed again whenever it is shown."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from data.reading.cells import unmarked

MOST = 60
"""No more views than this are kept."""

LONGEST = 4_000
"""No text of a view kept by a browser is longer."""


@dataclass(frozen=True)
class Collected:
    """A panel of a page with every choice made on it: its title, the page's file, the query, the panel's key.

    ``data`` is how a link names the study it was collected from: the same view of another study is another view.
    ``looked`` says which of the comparisons looked at by then it shows, a line each.
    """

    title: str
    file: str
    query: str
    panel: str
    data: str = ""
    looked: tuple[str, ...] = ()

    @property
    def written(self) -> dict[str, str | list[str]]:
        """The view as a browser keeps it."""
        return {
            "title": self.title,
            "file": self.file,
            "query": self.query,
            "panel": self.panel,
            "data": self.data,
            "looked": list(self.looked),
        }


def kept_by_browser(found: object, files: Collection[str], data: str) -> tuple[Collected, ...]:
    """The views that a browser has kept of the study ``data``, on pages with these ``files``, each once.

    A browser may hold anything: what is no such view is left out.
    """
    entries = found if isinstance(found, list) else []
    views = [view for entry in entries if (view := _view(entry)) and view.file in files and view.data == data]
    once = [view for i, view in enumerate(views) if place(views, view) == i]
    return tuple(once[:MOST])


def _view(entry: object) -> Collected | None:
    if not isinstance(entry, dict):
        return None
    title, file, query, panel, data = (_text(entry.get(key)) for key in ("title", "file", "query", "panel", "data"))
    lines = entry.get("looked", [])
    looked = tuple(map(_text, lines)) if isinstance(lines, list) else (None,)
    told = tuple(line for line in looked if line is not None)
    if title is None or file is None or query is None or panel is None or data is None or told != looked:
        return None
    return Collected(title, file, query, panel, data, told)


def _text(found: object) -> str | None:
    return unmarked(found) if isinstance(found, str) and len(found) <= LONGEST else None


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
