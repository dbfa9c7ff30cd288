"""Colour and dash: the same group looks the same on every page, chart and slide, in light and in dark."""

from __future__ import annotations

from collections.abc import Iterable
from math import lcm
from typing import TYPE_CHECKING
from zlib import crc32

from components.chart.dashes import Dash

if TYPE_CHECKING:
    from data.levels import Level

INK, QUIET = "#1f2d3a", "#5b6b7a"
ACCENT = "#0b6677"

# Darkened from the Okabe-Ito set: lines keep 3:1 and text 4.5:1 on white, and stay apart for colour-blind readers.
PALETTE = ("#00618f", "#b34700", "#00705a", "#a3336f", "#7a5c00", "#4f4aa8", "#555f68", "#8a1c1c")
DASHES: tuple[Dash, ...] = ("solid", "dash", "dashdot", "longdash", "longdashdot", "longdashdotdot")
LOOKS = lcm(len(PALETTE), len(DASHES))
"""How many places differ in their colour or their dash."""

OWN_PLACE = {
    "all": 0,
    "pm": 0, "cadm": 1, "classic_dm": 2, "overall_dm": 5,
    "positive": 1, "negative": 0, "present": 1, "absent": 0, "yes": 1, "no": 0, "female": 1, "male": 0,
    "initial_onset": 0, "relapse": 1, "inpatient": 1, "outpatient": 0,
    "nsip": 0, "uip": 1, "op": 2, "dad": 3, "others": 4,
    "kept-a": 0, "kept-b": 1, "kept-c": 2, "kept-d": 3, "kept-e": 4, "kept-f": 5,
    "shown": 1, "rest": 0, "untested": 6,
    "progressed": 1, "not_progressed": 0, "infection": 1, "no_infection": 0,
    "acute": 1, "acute_exacerbation": 3, "chronic": 0, "asymptomatic": 2,
}  # fmt: skip
"""Palette places of the groups seen most, by id; any other gets a place of its own from its letters."""


LIGHTER = ("#5bb8e8", "#f0914a", "#3fc2a2", "#e58bbf", "#d4b04a", "#a5a0f0", "#a9b4bd", "#f08080")
FAINT, FAINTER = 0.13, 0.07
"""Opacity of bands, and of the stripes behind rows."""

ON_COLOUR = "#fefefe"
"""Text in a bar of a colour of the palette."""

MILD, UNKNOWN = "#b9d3d9", "#d5dbe0"
"""Fills of the lighter part of a bar and of patients whose level is not known; an outline gives them their edge."""


def places(groups: Iterable[Level]) -> dict[str, int]:
    """A palette place for the id of each group, which does not change when another group is filtered away.

    Of two groups that would share a colour, or while there are dashes enough a dash, the later one moves on. Beyond as
    many groups as there are colours a colour comes again with another dash: LOOKS groups can be told apart.
    """
    taken: dict[str, int] = {}
    for id_ in (group.id for group in groups):
        wanted = OWN_PLACE.get(id_, crc32(id_.encode()) % len(PALETTE))
        turn = [(wanted + step) % len(PALETTE) for step in range(len(PALETTE))]
        free = [place for place in turn if place not in taken.values()]
        apart = [place for place in free if dash(place) not in {dash(other) for other in taken.values()}]
        again = [place for place in range(LOOKS) if place not in taken.values()]
        taken[id_] = next(iter([*apart, *free, *again]), wanted)
    return taken


def colour(place: int) -> str:
    """The palette colour of a place."""
    return PALETTE[place % len(PALETTE)]


def dash(place: int) -> Dash:
    """The dash pattern of a place."""
    return DASHES[place % len(DASHES)]


def pale(colour_: str, opacity: float) -> str:
    """The colour with an opacity, as CSS."""
    red, green, blue = (int(colour_[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity})"


DARK = {
    **dict(zip(PALETTE, LIGHTER, strict=True)),
    **{
        pale(light, opacity): pale(dark, 1.25 * opacity)
        for light, dark in zip((*PALETTE, ACCENT, QUIET), (*LIGHTER, "#5cc2d6", "#a9b7c3"), strict=True)
        for opacity in (FAINT, FAINTER)
    },
    ACCENT: "#5cc2d6",
    ON_COLOUR: "#10161c",
    MILD: "#2b5560",
    UNKNOWN: "#39444f",
    QUIET: "#a9b7c3",
    INK: "#e4ebf0",
}
"""The colours that stand in for ours on a dark page."""
