"""Each patient's time below, within and above the target as a stacked bar, sorted within the groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from components.figures.theme import INK, Figure, axis, colour, layout, places
from components.wording import treatment as words
from components.wording.marks import LINE, bold
from components.wording.numbers import patients

if TYPE_CHECKING:
    from components.analysis.time_in_range import TimeInRange

HEIGHT, BETWEEN = 300, 3
PARTS = ((words.WITHIN, 2), (words.BELOW, 0), (words.ABOVE, 1))
"""What a bar is made of, from the bottom, with palette places."""


def time_figure(result: TimeInRange, marked: str = "") -> Figure:
    """A bar a patient, the groups side by side; ``marked`` is pointed at."""
    bars: list[tuple[int, Any]] = []
    heads: list[dict[str, Any]] = []
    place = places(result.groups.levels)
    at = 0
    for label in result.groups.labels:
        own = sorted((p for p in result.patients if p.label == label), key=lambda p: (-p.percent, -p.above, p.patient))
        if own:
            heads.append(_head(label, len(own), at + (len(own) - 1) / 2, colour(place[label])))
        bars += [(at + i, patient) for i, patient in enumerate(own)]
        at += len(own) + (BETWEEN if own else 0)
    shared = {"type": "bar", "x": [x for x, _ in bars], "hoverinfo": "text", "width": 0.9,
              "text": [words.time_hover(patient) for _, patient in bars], "textposition": "none",
              "customdata": [patient.patient for _, patient in bars]}  # fmt: skip
    pointed = [x for x, patient in bars if patient.patient == marked]
    arrows = [
        {"x": x, "y": 100, "text": bold(marked), "showarrow": True, "arrowhead": 2, "ax": 0, "ay": -22,
         "arrowcolor": INK, "font": {"color": INK, "size": 13}}
        for x in pointed
    ]  # fmt: skip
    return {
        "data": [
            {**shared, "name": name, "uid": name, "marker": {"color": colour(spot), "line": {"width": 0}},
             "y": [100 * getattr(patient, name) / patient.days for _, patient in bars], "showlegend": True}
            for name, spot in PARTS
        ],
        "layout": layout(
            HEIGHT,
            barmode="stack",
            bargap=0.1,
            margin={"l": 64, "r": 16, "t": 54, "b": 40},
            showlegend=True,
            legend={"orientation": "h", "x": 0, "y": 1.12, "yanchor": "bottom", "font": {"size": 13},
                    "traceorder": "normal", "itemclick": False, "itemdoubleclick": False},
            xaxis=axis("", showticklabels=False, ticks="", range=[-1, max(at - BETWEEN, 1)], fixedrange=True),
            yaxis=axis(words.TIME_AXIS, range=[0, 100], tickvals=[0, 25, 50, 75, 100], fixedrange=True),
            annotations=[*heads, *arrows],
        ),
    }  # fmt: skip


def _head(label: str, n: int, x: float, line: str) -> dict[str, Any]:
    return {
        "x": x, "y": 0, "yref": "paper", "yanchor": "top", "yshift": -6, "showarrow": False,
        "text": f"{bold(label)}{LINE}{patients(n)}", "font": {"size": 13, "color": line},
    }  # fmt: skip
