"""The numbers a panel plots, as comma-separated values at full precision, to be drawn or checked elsewhere.

One header line, one line a number, then an empty line and the stamp, a line each: readers of the numbers stop at the
empty line. Text that a spreadsheet would take for a formula begins with an apostrophe; numbers are never touched.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import StringIO
from typing import TYPE_CHECKING, Any

import numpy as np

from components.chart.chart import Chart
from components.chart.numbers import COLUMNS, Shown, shown
from components.core.envelope_words import LEAST, MOST
from components.core.reason_words import LONG
from components.core.small_counts import FEWEST, few
from components.evidence.coverage import Coverage
from components.evidence.fidelity import Fidelity
from components.export.number_words import CENSORED, COUNTS, HEADS, INFINITE, LIMITS_OF, STEP
from components.export.table_files import csv_file, formula_safe
from components.survival.analysis import Survival
from components.survival.hazard_ratios import Prognosis
from data.language import say

if TYPE_CHECKING:
    from components.core.analysis_set import AnalysisSet
    from components.core.envelope import Envelope
    from components.core.panel import Panel
    from components.export.stamp import Stamp
    from components.survival.analysis import Curve, RiskTable
    from components.survival.reconstructions import Across, GroupAcross, RatiosAcross

Cell = str | int | float | None

OF_PATIENTS = frozenset({"patients", "%"})
"""Units of counts of patients, and of shares of them."""

RANGE = say("range")
"""What the limits of a share are called where small counts are hidden."""


@dataclass(frozen=True)
class Numbers:
    """Ids of columns, and rows of as many cells; None is a number that cannot be given."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def numbers_file(panel: Panel, stamp: Stamp) -> bytes:
    """The panel's numbers as a file in UTF-8 with the mark Excel looks for; without a figure, its first table."""
    if panel.figure is None and panel.tables:
        return csv_file(panel.tables[0], stamp.lines)
    return written(numbers_of(panel), stamp.lines)


def numbers_of(panel: Panel) -> Numbers:
    """What the panel plots, from its result where its kind is known and from its chart otherwise."""
    if isinstance(panel.result, Survival):
        return survival_numbers(panel.result, panel.across)
    if isinstance(panel.result, Prognosis):
        return prognosis_numbers(panel.result, panel.across)
    if isinstance(panel.result, Fidelity):
        return fidelity_numbers(panel.result)
    if isinstance(panel.result, Coverage):
        return coverage_numbers(panel.result)
    analysed = panel.analysed
    return (
        chart_numbers(panel.figure, rounded=analysed is not None and analysed.rounded)
        if panel.figure
        else Numbers((), ())
    )


def fidelity_numbers(result: Fidelity) -> Numbers:
    """Every published number, what it is about, the recomputed one, and whether it is the printed one once rounded."""
    asked = ("id", "place", "population", "group", "variable", "level", "statistic", "visit", "printed")
    rows = (
        (
            *(getattr(row.number, column) for column in asked),
            _cell(row.value),
            say("Yes") if row.reproduced else say("No"),
        )
        for row in result.rows
    )
    return Numbers((*asked, "recomputed", "reproduced"), tuple(rows))


def coverage_numbers(result: Coverage) -> Numbers:
    """What each reconstruction gave for every number that was left out, in order; "inf" where a ratio is infinite."""
    asked = ("id", "population", "group", "variable", "level", "statistic", "printed")
    rows = (
        (
            *(getattr(one.number, column) for column in asked),
            one.patients,
            i,
            INFINITE if value == np.inf else _cell(value),
        )
        for one in result.numbers
        for i, value in enumerate(one.values, start=1)
    )
    return Numbers((*asked, "patients", "reconstruction", "value"), tuple(rows))


def survival_numbers(result: Survival, across: Across | None = None) -> Numbers:
    """Every step of every curve, every day on which follow-up ended, and the counts under the curves.

    ``kind`` is "step", "censored" or "counts", and with ``across`` the least or the most of other reconstructions, from
    each day on which one of them changes; days count from the start of treatment, or from the landmark.
    ``limits`` names the procedure of the limits on that day; they are empty where it gives none.
    """
    columns = ("group", "kind", "day", "survival", "lower", "upper", "limits", "at_risk", "censored", "events")
    rows: list[tuple[Cell, ...]] = []
    for k, curve in enumerate(result.curves):
        rows += _curve_rows(curve, RANGE if result.analysed.rounded else LIMITS_OF[result.method.interval])
        rows += _count_rows(curve.label, result.risk_table, k, result.analysed)
    for group in across.groups if across else ():
        rows += _edge_rows(group)
    return Numbers(columns, tuple(rows))


def _curve_rows(curve: Curve, usual: str) -> Iterator[tuple[Cell, ...]]:
    steps = zip(curve.days, curve.survival, curve.lower, curve.upper, curve.beta_product, strict=True)
    for day, share, lower, upper, small in steps:
        ends = (_number(lower), _number(upper), LIMITS_OF["beta product"] if small else usual)
        yield curve.label, STEP, int(day), _number(share), *ends, None, None, None
    for day, share in zip(curve.censor_days, curve.censor_survival, strict=True):
        yield curve.label, CENSORED, int(day), _number(share), *[None] * 6


def _edge_rows(group: GroupAcross) -> Iterator[tuple[Cell, ...]]:
    for kind, edge in ((LEAST, group.least), (MOST, group.most)):
        turns = np.flatnonzero(np.append(True, np.diff(edge) != 0) & ~np.isnan(edge))
        for day, share in zip(group.days[turns], edge[turns], strict=True):
            yield group.label, kind, int(day), float(share), *[None] * 6


def _count_rows(label: str, table: RiskTable, k: int, analysed: AnalysisSet) -> Iterator[tuple[Cell, ...]]:
    for d, day in enumerate(table.days):
        counts = (_count(int(each[d, k]), analysed) for each in (table.at_risk, table.censored, table.events))
        yield label, COUNTS, day, *[None] * 4, *counts


def prognosis_numbers(result: Prognosis, across: RatiosAcross | None = None) -> Numbers:
    """One row a level: patients, events, hazard ratio with limits and p; the score test of the whole factor.

    With ``across`` also the least and the most of the ratio over other reconstructions, and in how many it is known.
    """
    ranges = across.ranges if across else {}
    columns = ("factor", "level", "reference", "patients", "events", "hazard_ratio", "lower", "upper", "p", "factor_p",
               "detectable_ratio", "not_estimable_because")  # fmt: skip
    beside = ("least_across", "most_across", "reconstructions_known") if across else ()
    rows = tuple(
        (
            comparison.title, level.label, comparison.against, _count(level.n, result.analysed),
            _count(level.events, result.analysed), level.ratio.value,
            level.ratio.lower, level.ratio.upper, level.p, comparison.p,
            level.detectable,
            LONG[level.ratio.reason] if level.ratio.reason else "",
            *(_ends(ranges.get((comparison.key, level.group.id))) if across else ()),
        )
        for comparison in result.comparisons
        for level in comparison.levels
    )  # fmt: skip
    return Numbers((*columns, *beside), rows)


def _ends(found: Envelope | None) -> tuple[Cell, ...]:
    return (None, None, None) if found is None else (_number(found.least), _number(found.most), found.known)


def chart_numbers(chart: Chart, *, rounded: bool = False) -> Numbers:
    """Every number that the chart shows, with plot, group, category and unit.

    Of ``rounded`` counts, and shares of them, one below five is no number: it is left out and noted.
    """
    rows = (_of_few(row) if rounded else row for row in shown(chart))
    return Numbers(COLUMNS, tuple(tuple(_cell(cell) for cell in row.cells) for row in rows))


def _of_few(row: Shown) -> Shown:
    """The row as it is where small counts are hidden: nothing of patients stands for none to four."""
    return replace(row, value=None, note=f"<{FEWEST}") if row.value == 0 and row.unit in OF_PATIENTS else row


def written(numbers: Numbers, footer: tuple[str, ...]) -> bytes:
    """The file: header, rows, an empty line, the footer."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([HEADS[column] for column in numbers.columns])
    writer.writerows([_printed(cell) for cell in row] for row in numbers.rows)
    writer.writerow([])
    writer.writerows([formula_safe(line)] for line in footer)
    return out.getvalue().encode("utf-8-sig")


def _count(n: int, analysed: AnalysisSet) -> Cell:
    """A count as the screen prints it: of a rounded set one below five is no number, and 0 would deny up to four."""
    return f"<{FEWEST}" if analysed.rounded and few(n) else n


def _number(value: Any) -> float | None:
    return None if value is None or np.isnan(value) else float(value)


def _cell(value: Any) -> Cell:
    if isinstance(value, str) or value is None:
        return value
    return int(value) if isinstance(value, int | np.integer) else _number(value)


def _printed(cell: Cell) -> str:
    if cell is None:
        return ""
    return formula_safe(cell) if isinstance(cell, str) else repr(cell)
