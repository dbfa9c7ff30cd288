"""Cells of tables as HTML, alike on the screen and in a report."""

from __future__ import annotations

from html import escape
from typing import get_args

from components.core.estimate import Limits

NAMED = tuple(f", {name})" for name in get_args(Limits) if name)
"""How a number ends whose limits are named."""


def breakable(cell: str) -> str:
    """A cell in one line, unless its limits are named: ``100.0% (87.7–100.0%, beta product)``.

    Such a cell breaks before the name or the bracket where the table would be too wide otherwise.
    """
    text = escape(cell)
    if not text.endswith(NAMED):
        return text
    number, _, name = text.rpartition(", ")
    return f"{number.replace(' (', '<span> </span>(')},<span> </span>{name}"
