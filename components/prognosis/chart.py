"""The forest plot: counts at the left, hazard ratios on a log axis, their text at the right, one row a level."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from components.chart.chart import Chart, Column, Margins, Place, Plot, Scale, named_ticks, numbered_ticks
from components.chart.colours import ACCENT, FAINT, FAINTER, INK, QUIET
from components.chart.marks import Background, Intervals, Mark, Points, Region, Rule, Side, Stroke, Symbol
from components.core.envelope import Openness, Ranged
from components.core.envelope_words import RANGE
from components.core.markup import bold, plain
from components.core.numbers import NO_DIFFERENCE
from components.prognosis.subgroups_words import COLUMNS as SUBGROUP_COLUMNS
from components.prognosis.subgroups_words import favours, subgroup_rows
from components.prognosis.words import COLUMNS, FAVOURS, Row, forest_rows

if TYPE_CHECKING:
    from components.prognosis.subgroups import Subgroups
    from components.survival.hazard_ratios import Prognosis
    from components.survival.reconstructions import RatiosAcross

ROW, HEADING, FOOT = 23, 74, 46
SHOWN = (0.05, 100.0)
TICKS = (0.1, 0.3, 1, 3, 10, 30)
LEFT, RIGHT = 0.42, 0.66
"""Where the axis begins and ends: beside it the text has room on a small screen, too."""

PLACES = (0.0, 0.76, 0.95)
"""Where the label, patients and events columns stand within the left part."""

SUBGROUP_PLACES = (0.0, 0.79, 0.98)
"""The same where patients and events are those of two groups."""


BELOW = 0.3
"""How far below its square the range over reconstructions is drawn, in rows: it is no confidence interval."""


def forest_chart(result: Prognosis, marked: str = "", found: RatiosAcross | None = None) -> Chart:
    """All levels of all comparisons; ``marked`` names the factor whose rows are set off.

    With ``found`` a dotted line below a square is the range of its ratio, where that is not the same in print.

    Every point and label carries its factor's key, so that a click can open the factor's curves.
    """
    rows = forest_rows(result)
    return _forest(rows, _columns(rows, COLUMNS, PLACES, ("p", "q")), COLUMNS[3], FAVOURS, marked, _ranges(rows, found))


def subgroups_chart(result: Subgroups, found: RatiosAcross | None = None) -> Chart:
    """The comparison in all patients and in each subgroup; a heading row a factor carries the p of its interaction.

    With ``found`` a dotted line below a square is the range of its ratio, where that is not the same in print.
    """
    rows = subgroup_rows(result)
    return _forest(
        rows, _columns(rows, SUBGROUP_COLUMNS, SUBGROUP_PLACES, ("p",)), SUBGROUP_COLUMNS[3], favours(result),
        beside=_ranges(rows, found),
    )  # fmt: skip


def _forest(
    rows: tuple[Row, ...],
    columns: tuple[Column, ...],
    title: str,
    captions: tuple[str, str],
    marked: str = "",
    beside: tuple[Mark, ...] = (),
) -> Chart:
    n = len(rows)
    x = Scale(*SHOWN, title, "", "", numbered_ticks(TICKS, TICKS), logarithmic=True, grid=True,
              above=True)  # fmt: skip
    y = Scale(-n + 0.4, 0.9, COLUMNS[0], shown=False,
              ticks=named_ticks([-i for i in range(n)], [plain(row.label) for row in rows],
                                [row.name for row in rows]))  # fmt: skip
    plot = Plot(
        "forest", x, y, (*_marks(rows), *beside), Place(LEFT + 0.01, RIGHT, 0, ROW * n + 10),
        tuple(_ground(rows, marked)), bold(title), "centre", columns=columns, captions=captions, caption_at=1.0,
        headings=frozenset(i for i, row in enumerate(rows) if row.heading),
    )  # fmt: skip
    return Chart(ROW * n + HEADING + FOOT + 10, Margins(12, 12, HEADING, FOOT), (plot,))


def _ground(rows: tuple[Row, ...], marked: str) -> list[Background]:
    striped = [(i, QUIET, FAINTER) for i, row in enumerate(rows) if row.heading]
    chosen = [(i, ACCENT, FAINT) for i, row in enumerate(rows) if row.key == marked]
    regions: list[Background] = [
        Region(f"stripe {i} {shade}", (None, None), (-i - 0.5, -i + 0.5), shade, opacity, whole=True)
        for i, shade, opacity in (*striped, *chosen)
    ]
    return [*regions, Rule("no difference", 1.0, upright=True, stroke=Stroke(INK, 1), before=True, what=NO_DIFFERENCE)]


def _columns(
    rows: tuple[Row, ...], headings: tuple[str, ...], places: tuple[float, ...], tests: tuple[str, ...]
) -> tuple[Column, ...]:
    """Label, patients and events at the left; at the right the ratio and the p-values ``tests`` by their names."""
    keys = tuple(row.key for row in rows)

    def column(key: str, heading: str, side: Literal["left", "right"], at: float, align: Side) -> Column:
        texts = tuple(_name(row) if key == "labels" else getattr(row, key) for row in rows)
        return Column(key, bold(heading), side, at, align, texts, keys)

    ends = (0.78, 1.0) if len(tests) > 1 else (1.0,)
    return (
        column("labels", headings[0], "left", places[0], "left"),
        column("n", headings[1], "left", places[1], "right"),
        column("events", headings[2], "left", places[2], "right"),
        column("ratio", headings[4], "right", 0.05, "left"),
        *(column(test, name, "right", at, "right") for test, name, at in zip(tests, headings[5:], ends, strict=True)),
    )


def _name(row: Row) -> str:
    return bold(row.label) if row.heading else f"    {row.label}"


def _marks(rows: tuple[Row, ...]) -> tuple[Mark, ...]:
    drawn = [(row, float(-i)) for i, row in enumerate(rows) if row.value is not None]
    known = [(row, at) for row, at in drawn if row.lower is not None and row.upper is not None]
    symbols: tuple[Symbol, ...] = tuple("diamond-open" if row.is_reference else "square" for row, _ in drawn)
    return (
        Intervals("intervals", [at for _, at in known], [row.lower for row, _ in known],
                  [row.upper for row, _ in known], Stroke(ACCENT, 1.8), arrows=True),
        Points("squares", [row.value for row, _ in drawn], [at for _, at in drawn], (ACCENT,), symbols,
               tuple(8 if row.is_reference else 6 + 2.6 * row.event_count**0.5 for row, _ in drawn) or (8.0,), edge=1.4,
               hover=[row.hover for row, _ in drawn], answers=[row.key for row, _ in drawn]),
    )  # fmt: skip


def _ranges(rows: tuple[Row, ...], found: RatiosAcross | None) -> tuple[Mark, ...]:
    known = [(float(-i) - BELOW, found.ranges[row.key, row.level]) for i, row in enumerate(rows)
             if found and (row.key, row.level) in found.ranges]  # fmt: skip
    drawn = [(at, one) for at, one in known if one.known and Ranged("", one, 2).openness is not Openness.FIXED]
    if not drawn:
        return ()
    stroke = Stroke(INK, 2.2, "dot", 0.8)
    ends = [one.least for _, one in drawn], [one.most for _, one in drawn]
    return (Intervals("reconstructions", [at for at, _ in drawn], *ends, stroke, what=RANGE),)
