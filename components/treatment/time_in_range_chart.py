"""Each patient's time below, within and above the target as a stacked bar, sorted within the groups."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any

from components.chart.chart import Chart, Entry, Key, Margins, Place, Plot, Scale, Tick, stepped_ticks
from components.chart.colours import INK, colour, places
from components.chart.lettering import width, wrapped
from components.chart.marks import Bar, Bars, Mark, Part, Texts
from components.core.markup import LINE, bold, coloured
from components.core.numbers import patients
from components.treatment import words

if TYPE_CHECKING:
    from components.treatment.time_in_range import PatientTime, TimeInRange
    from data.levels import Level

PLOT, LINE_HEIGHT, BETWEEN = 202, 17, 3
NARROW, LONGEST, APART, TYPE = 480, 120, 10, 13
"""In pixels: the width of the plot in a small window, a line of a group's name, what stays free between two names, and
the size of their type."""

FEWEST_BARS = 12
"""The plot has room for so many bars at least: that of a single patient does not fill it."""

MOST_NAMED, STEPS = 0.7, 30
"""The share of the plot that groups may take for the sake of their names; how often the room is shared out again, since
each place more makes all of them narrower."""

BLANK = "\u00a0"
PARTS = (("within", words.WITHIN, 2), ("below", words.BELOW, 0), ("above", words.ABOVE, 1))
"""What a bar is made of, from the bottom: the days of a patient, how they are called, palette places."""


def time_chart(result: TimeInRange, marked: str = "") -> Chart:
    """A bar a patient, the groups side by side; ``marked`` is pointed at."""
    bars: list[Bar] = []
    heads: list[Tick] = []
    place = places(result.groups.levels)
    at = 0.0
    pointed: list[float] = []
    owned = [(group, _of(result, group)) for group in result.groups.present]
    owned = [(group, own) for group, own in owned if own]
    room = _room([(group.label, len(own)) for group, own in owned])
    for k, (group, own) in enumerate(owned):
        shade = colour(place[group.id])
        lines = [BLANK] * room.lowered(k) + [bold(coloured(line, shade)) for line in room.names[k]]
        heads.append(Tick(at + (room.slots[k] - 1) / 2, LINE.join((*lines, coloured(patients(len(own)), shade)))))
        first = at + (room.slots[k] - len(own)) / 2
        bars += [Bar(first + i, p.patient, "", _parts(p), group.label) for i, p in enumerate(own)]
        pointed += [first + i for i, p in enumerate(own) if p.patient == marked]
        at += room.slots[k] + BETWEEN
    marks: list[Mark] = [Bars("times", tuple(bars), 0.9, upright=True)]
    if pointed:
        arrow = bold(coloured(f"▾ {marked}", INK))
        marks.append(Texts("marked", pointed, [102.0] * len(pointed), [arrow] * len(pointed), height="above"))
    x = Scale(-1, at - BETWEEN, words.PATIENT, "", "", tuple(heads), line=False)
    y = Scale(0, 100, words.TIME_AXIS, "%", words.TIME_AXIS, stepped_ticks(0, 100, 25), grid=True)
    plot = Plot("times", x, y, tuple(marks), Place(0, 1, 0, PLOT))
    key = Key(tuple(Entry(name, name, colour(spot), symbol="square", line=False) for _, name, spot in PARTS))
    under = LINE_HEIGHT * max((1 + len(room.names[k]) + room.lowered(k) for k in range(len(owned))), default=1) + 10
    return Chart(PLOT + 54 + under, Margins(64, 32, 54, under), (plot,), key)


def _of(result: TimeInRange, group: Level) -> list[PatientTime]:
    own = (patient for patient in result.patients if patient.group == group)
    return sorted(own, key=lambda p: (-p.percent, -p.above, p.patient))


@dataclass(frozen=True)
class _Room:
    """Of each group its name in lines and the places for bars it takes; ``low`` lines every other name stands lower."""

    names: tuple[tuple[str, ...], ...]
    slots: tuple[int, ...]
    low: int

    def lowered(self, k: int) -> int:
        """How many lines the name of group ``k`` stands lower: the first one does, clear of the scale at its left."""
        return self.low if k % 2 == 0 else 0


def _room(groups: list[tuple[str, int]]) -> _Room:
    """The room that lets no name run into another: every group as wide as its name, or as half of it in two rows.

    ``groups`` are the names and numbers of bars. A group of few patients is given more places than it has bars.
    """
    names = tuple(tuple(wrapped(name, TYPE, LONGEST)) for name, _ in groups)
    wide = [
        APART + max(width(text, TYPE) for text in (*map(bold, lines), patients(n)))
        for lines, (_, n) in zip(names, groups, strict=True)
    ]
    bars = [n for _, n in groups]
    total = sum(bars) + BETWEEN * (len(bars) - 1)
    crowded = any(n * NARROW < pixels * total for n, pixels in zip(bars, wide, strict=True))
    lowered = crowded and sum(wide) > MOST_NAMED * NARROW
    wanted = [pixels / NARROW / (2 if lowered else 1) for pixels in wide]
    shares = [share * min(1.0, MOST_NAMED / sum(wanted)) for share in wanted]
    slots = bars
    for _ in range(STEPS):
        total = sum(slots) + BETWEEN * (len(slots) - 1)
        slots = [max(n, ceil(total * share)) for n, share in zip(bars, shares, strict=True)]
    spare = max(0, ceil((FEWEST_BARS - sum(slots)) / len(slots)))
    return _Room(names, tuple(n + spare for n in slots), max(map(len, names)) + 1 if lowered else 0)


def _parts(patient: Any) -> tuple[Part, ...]:
    said = words.time_hover(patient)
    return tuple(
        Part(100 * getattr(patient, days) / patient.days, name, colour(spot), hover=said, answer=patient.patient)
        for days, name, spot in PARTS
    )
