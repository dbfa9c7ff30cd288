"""Names of groups where a margin has room for few letters: shortened in the middle, and still told apart.

A visitor's own names and a hospital's levels may be as long as a sentence. Beside a figure they are cut; the full names
stand in its key, its hover texts and its tables.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

MOST = 20
"""Characters beside a figure: with so many on both sides more of it is left than they take on a small laptop."""

ELLIPSIS = "…"

DIGITS = frozenset("0123456789.,")
NUMBER_LAST, NUMBER_FIRST = re.compile(r"[0-9.,]+$"), re.compile(r"^[0-9.,]+")


def short_names(names: Sequence[str], most: int = MOST) -> tuple[str, ...]:
    """Each name with at most ``most`` characters, cut in the middle; those that differ stay different."""
    found: list[str] = []
    whole: dict[str, str] = {}
    for name in names:
        short, turn = _cut(name, most), 1
        while whole.setdefault(short, name) != name:
            turn += 1
            short = f"{_cut(name, most - len(str(turn)) - 1)} {turn}"
        found.append(short)
    return tuple(found)


def _cut(name: str, most: int) -> str:
    """The beginning and the end of a longer name, the end from a whole word on where there is one.

    No number is cut.
    """
    if len(name) <= most:
        return name
    end = name[-((most - 1) // 2) :]
    _, space, word = end.partition(" ")
    end = word if space and word.strip() else end.strip()
    beginning = name[: most - 1 - len(end)]
    if name[len(beginning)] in DIGITS:  # 1500 is no 150
        beginning = NUMBER_LAST.sub("", beginning)
    if name[-len(end) - 1] in DIGITS:
        end = NUMBER_FIRST.sub("", end)
    return f"{beginning.rstrip()}{ELLIPSIS}{end.lstrip()}"
