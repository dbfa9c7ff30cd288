"""Cells of tables as HTML, alike on the screen and in a report."""

from __future__ import annotations

from html import escape


def breakable(cell: str) -> str:
    """A cell in one line, unless it has a comma, as ``100.0% (87.7–100.0%, beta product)`` has.

    Such a cell breaks after the comma or before the bracket where the table would be too wide otherwise.
    """
    text = escape(cell)
    return text.replace(", ", ",<span> </span>").replace(" (", "<span> </span>(") if ", " in text else text
