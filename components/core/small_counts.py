"""Small counts hidden: every count rounded down to a multiple of five, so that none from 1 to 4 can be read.

A count from 1 to 4 may point at single patients, and a larger one beside a total may give it away by subtraction. So
where small counts are hidden not they alone are rounded but all: what is below five reads ``<5``, nobody included, and
a total less its other parts says of a hidden one no more than that it is small. Who hides them is said by the page's
input; while ``hidden`` holds, every count that is printed is a rounded one.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal

FEWEST = 5
"""The smallest number of patients or events that is shown, and what larger ones are a multiple of."""

VARIABLE = "MYOSCOPE_SMALL_COUNTS"
"""``hidden`` in the environment hides small counts of every opened cohort, whatever a visitor chooses; ``shown`` shows
them until a visitor hides them; without it they are hidden until whoever opened the cohort shows them."""

_HIDDEN: ContextVar[bool] = ContextVar("small_counts_hidden", default=False)


@contextmanager
def hidden(*, hides: bool = True) -> Iterator[None]:
    """Within it printed counts are rounded, where it ``hides``; it never shows what something around it hides."""
    token = _HIDDEN.set(hides or _HIDDEN.get())
    try:
        yield
    finally:
        _HIDDEN.reset(token)


def hiding() -> bool:
    """Whether what is printed now has its counts rounded."""
    return _HIDDEN.get()


def rounded_down(n: int) -> int:
    """``n`` rounded down to a multiple of five; 0 stands for fewer than five."""
    return int(n) - int(n) % FEWEST


def few(n: int) -> bool:
    """Whether ``n`` is a small count, which is not told from none."""
    return n < FEWEST


def forced(environment: Mapping[str, str] | None = None) -> bool:
    """Whether the installation hides small counts whatever a visitor chooses."""
    return _wanted(environment) == "hidden"


def hidden_at_first(kind: Literal["reconstructed", "imported"], environment: Mapping[str, str] | None = None) -> bool:
    """Whether small counts of a cohort of that kind are hidden before a visitor has chosen.

    Those of the reconstructed cohort are nobody's. Any other word than ``shown`` in the environment hides.
    """
    return kind != "reconstructed" and _wanted(environment) != "shown"


def _wanted(environment: Mapping[str, str] | None) -> str:
    return (os.environ if environment is None else environment).get(VARIABLE, "").strip().lower()
