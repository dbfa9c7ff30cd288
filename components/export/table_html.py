"""Cells of tables as HTML, alike on the screen and in a report."""

from __future__ import annotations

import re
from html import escape
from typing import get_args

from components.core.estimate import Limits

NAMED = tuple(f", {name})" for name in get_args(Limits) if name)
"""How a number ends whose limits are named."""

LIMITS_BEGIN = re.compile(r" (?=\([^()]*(?:–| to )[^()]*\)$|± )")
SHORT_BRACKET = re.compile(r"\([^()]{1,12}\)")


def breakable(cell: str) -> str:
    """A cell in one line where the table has room for it, else broken before its limits or its standard deviation.

    So are ``82.8% (70.4–90.4%)`` and ``7.3 ± 2.1``.

    Where limits are named, as in ``100.0% (87.7–100.0%, beta product)``, it breaks before the name too.
    """
    text = escape(cell).replace("n (%)", "n\u00a0(%)")
    if not text.endswith(NAMED):
        return LIMITS_BEGIN.sub("<span class='limits'> </span>", text)
    number, _, name = text.rpartition(", ")
    return f"{number.replace(' (', '<span> </span>(')},<span> </span>{name.replace(' and ', '<span> </span>and ')}"


def heading(cell: str) -> str:
    """The head of a column, broken before a short bracket and not inside: ``Hazard ratio (95% CI)``."""
    return escape(SHORT_BRACKET.sub(lambda found: found[0].replace(" ", "\u00a0"), cell))
