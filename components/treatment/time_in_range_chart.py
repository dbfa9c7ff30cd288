"""Each patient's time below, within and above the target as a stacked bar, sorted within the groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from components.chart.chart import Chart, Entry, Key, Margins, Place, Plot, Scale, Tick, stepped_ticks
from components.chart.colours import INK, colour, places
from components.chart.marks import Bar, Bars, Mark, Part, Texts
from components.core.markup import LINE, bold, coloured
from components.core.numbers import patients
from components.treatment import words

if TYPE_CHECKING:
    from components.treatment.time_in_range import TimeInRange

HEIGHT, BETWEEN = 300, 3
PARTS = ((words.WITHIN, 2), (words.BELOW, 0), (words.ABOVE, 1))
"""What a bar is made of, from the bottom, with palette places."""


def time_chart(result: TimeInRange, marked: str = "") -> Chart:
    """A bar a patient, the groups side by side; ``marked`` is pointed at."""
    bars: list[Bar] = []
    heads: list[Tick] = []
    place = places(result.groups.levels)
    at = 0
    pointed: list[float] = []
    for group in result.groups.present:
        own = sorted((p for p in result.patients if p.group == group), key=lambda p: (-p.percent, -p.above, p.patient))
        if own:
            shade = colour(place[group.id])
            head = bold(coloured(group.label, shade))
            heads.append(Tick(at + (len(own) - 1) / 2, f"{head}{LINE}{coloured(patients(len(own)), shade)}"))
        bars += [Bar(float(at + i), p.patient, "", _parts(p)) for i, p in enumerate(own)]
        pointed += [float(at + i) for i, p in enumerate(own) if p.patient == marked]
        at += len(own) + (BETWEEN if own else 0)
    marks: list[Mark] = [Bars("times", tuple(bars), 0.9, upright=True)]
    if pointed:
        arrow = bold(coloured(f"▾ {marked}", INK))
        marks.append(Texts("marked", pointed, [102.0] * len(pointed), [arrow] * len(pointed), height="above"))
    x = Scale(-1, max(at - BETWEEN, 1), words.PATIENT, "", "", tuple(heads), line=False)
    y = Scale(0, 100, words.TIME_AXIS, "%", words.TIME_AXIS, stepped_ticks(0, 100, 25), grid=True)
    plot = Plot("times", x, y, tuple(marks), Place(0, 1, 0, HEIGHT - 54 - 44))
    key = Key(tuple(Entry(name, name, colour(spot), symbol="square", line=False) for name, spot in PARTS))
    return Chart(HEIGHT, Margins(64, 16, 54, 44), (plot,), key)


def _parts(patient: Any) -> tuple[Part, ...]:
    said = words.time_hover(patient)
    return tuple(
        Part(100 * getattr(patient, name) / patient.days, name, colour(spot), hover=said, answer=patient.patient)
        for name, spot in PARTS
    )
