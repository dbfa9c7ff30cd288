"""Words of the baseline page: Table 1 for any patients and columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from components.baseline.analysis import Baseline, FactorRows, LevelRow, NumberRows
from components.baseline.before_after import BaselineBeforeAfter
from components.core.columns import Columns, Share
from components.core.made_factors import INNER, REST
from components.core.numbers import EN_DASH, count, decimal, inside, joined, patients, with_unit
from components.core.reason_words import SHORT
from components.core.share_words import n_percent
from components.core.summary import Summary
from components.core.table import Table
from data.entries import Factor, Measure, Number
from data.language import say
from data.levels import Level

Numbers = Literal["mean", "median"]
NUMBERS: Mapping[Numbers, str] = {"mean": say("mean ± SD"), "median": say("median (quartiles)")}
COLUMNS, NUMBERS_AS, ROWS, DIFFERENCE = say("Columns"), say("Numbers as"), say("Rows"), say("Standardized difference")
PAPER_ROWS, ALL_ROWS = "paper", "all"
ROWS_OPTIONS = {PAPER_ROWS: say("Main characteristics"), ALL_ROWS: say("Everything recorded")}
NO_DIFFERENCE = say("None")
DIFFERENCE_HELP = say(
    "How far two columns lie apart, in standard deviations: below 0.1 is usually called negligible. "
    "It does not depend on how many patients there are, as a p-value does."
)
PATIENTS = say("Patients, n (%)")
SIMPLE = ({"no", "yes"}, {"absent", "present"})
SAID = frozenset({"yes", "present"})
SECTIONS = {
    "laboratory": say("Laboratory values on day 0"),
    "treatment": say("Doses on day 0"),
    "finding": say("Findings on day 0"),
}


@dataclass(frozen=True)
class Display:
    """How numbers are printed, and which two columns are compared (none: no column of differences)."""

    numbers: Numbers = "mean"
    compared: tuple[Level, Level] | None = None


def versus(pair: tuple[Level, Level] | None) -> str:
    """Two columns as a choice: ``CADM vs PM``."""
    return say("{pair} vs {pair_2}", pair=pair[0].label, pair_2=pair[1].label) if pair else NO_DIFFERENCE


def baseline_title(columns: Columns) -> str:
    """The title of the table."""
    if columns.title:
        return say(
            "Characteristics at the {day_0} by {title}",
            day_0=columns.analysed.day_0,
            title=inside(columns.title),
        )
    return say("Characteristics at the {day_0}", day_0=columns.analysed.day_0)


def baseline_table(result: Baseline, display: Display, change: BaselineBeforeAfter | None = None) -> Table:
    """The printed table: patients, then a heading a section, a line a variable, a line a level.

    ``change`` are the same rows of everybody and by whether the filter keeps them: two more columns say what each
    row is without the filter, and how far those shown and left out lie apart.
    """
    parted = None if change is None else _Parted(change, display.numbers)
    first = (
        PATIENTS,
        *map(n_percent, result.columns.header),
        *([""] if display.compared else []),
        *(parted.first if parted else ()),
    )
    rows = [first]
    strong: set[int] = set()
    inner: set[int] = set()
    for section, group in groupby(result.rows, key=_section):
        strong.add(len(rows))
        rows.append((section, *[""] * (len(first) - 1)))
        for row in group:
            own = _lines(row, result, display)
            heading, *levels = parted.beside(own, row.variable.key) if parted else own
            rows.append(heading)
            inner.update(range(len(rows), len(rows) + len(levels)))
            rows += levels
    head = [say("Characteristic"), *result.columns.labels]
    if display.compared:
        head.append(say("Difference, {versus}", versus=versus(display.compared)))
    head += parted.heads if parted else ()
    return Table(tuple(head), tuple(rows), "", frozenset(strong), frozenset(inner))


class _Parted:
    """The columns of what a filter changes: everybody, and the difference of those shown and left out."""

    def __init__(self, change: BaselineBeforeAfter, numbers: Numbers) -> None:
        ids = [group.id for group in change.parted.columns.groups]
        self.change, both = change, INNER.id in ids and REST.id in ids
        self.display = Display(numbers, (INNER, REST) if both else None)
        apart = say("Difference, {versus}", versus=inside(change.pale.versus))
        self.heads = (change.pale.name, *((apart,) if both else ()))
        self.first = (n_percent(change.everybody.columns.header[0]), *(("",) if both else ()))

    def beside(self, own: list[tuple[str, ...]], variable: str) -> list[tuple[str, ...]]:
        """The lines of a variable with both cells; a level that nobody shown has gets a line too."""
        known = {line[0]: line for line in own}
        absent = (EN_DASH,) * (len(own[0]) - 1)
        parted, everybody = self.change.parted, self.change.everybody
        lines = _lines(parted.row(variable), parted, self.display)
        all_ = {line[0]: line[1] for line in _lines(everybody.row(variable), everybody, Display(self.display.numbers))}
        last = 1 if self.display.compared else 0
        return [
            (*known.get(line[0], (line[0], *absent)), all_.get(line[0], EN_DASH), *(line[-1:] if last else ()))
            for line in lines
        ]


def change_note(change: BaselineBeforeAfter) -> str:
    """What the columns of what the filter changes are, of how many."""
    columns, pale = change.parted.columns, change.pale
    ns = dict(zip((group.id for group in columns.groups), columns.n, strict=True))
    return say(
        "{name}: {everybody}; shown: {shown}; {others}: {left}. {not_tested}",
        name=pale.name,
        everybody=patients(change.everybody.columns.n[0]),
        shown=count(ns.get(INNER.id, 0)),
        others=inside(pale.others),
        left=count(ns.get(REST.id, 0)),
        not_tested=pale.not_tested,
    )


def _section(row: FactorRows | NumberRows) -> str:
    variable = row.variable
    return SECTIONS[variable.kind] if isinstance(variable, Measure) else variable.section.label


def _lines(row: FactorRows | NumberRows, result: Baseline, display: Display) -> list[tuple[str, ...]]:
    pair = display.compared
    distance = result.difference(row.variable.key, pair[0].id, pair[1].id) if pair else None
    if distance is None:
        last: tuple[str, ...] = ()
    else:
        last = (SHORT[distance.reason] if distance.reason else decimal(distance.value or 0, 2),)
    blank = ("",) * len(last)
    if isinstance(row, NumberRows):
        return _number_lines(row, display.numbers, last, blank)
    levels = {line.level.id: line for line in row.levels if line.role == "level"}
    if set(levels) in SIMPLE:
        said = next(line for level, line in levels.items() if level in SAID)
        lines = [(say("{label}, n (%)", label=row.variable.label), *map(n_percent, said.shares), *last)]
        rest = [line for line in row.levels if line.role != "level"]
    else:
        empty = [""] * len(result.columns.groups)
        lines = [(say("{label}, n (%)", label=row.variable.label), *empty, *last)]
        rest = [line for line in row.levels if _occurs(line) or row.variable.tested]
    return lines + [(line.level.label, *map(n_percent, line.shares), *blank) for line in rest]


def _occurs(line: LevelRow) -> bool:
    return any(share.n for share in line.shares)


def _number_lines(
    row: NumberRows, style: Numbers, last: tuple[str, ...], blank: tuple[str, ...]
) -> list[tuple[str, ...]]:
    variable = row.variable
    title = f"{with_unit(variable.label, variable.unit)}, {NUMBERS[style]}"
    lines = [(title, *(_described(found, variable, style) for found in row.summaries), *last)]
    if any(found.missing for found in row.summaries):
        label = not_measured(variable)
        absent = (n_percent(Share(found.missing, found.missing + found.n)) for found in row.summaries)
        lines.append((label, *absent, *blank))
    return lines


def not_measured(variable: Number | Measure) -> str:
    """What the line of patients without a value is called."""
    return say("Not measured") if isinstance(variable, Measure) else say("Not recorded")


def _described(found: Summary, variable: Number | Measure, style: Numbers) -> str:
    middle, low, high = (found.mean, found.sd, None) if style == "mean" else (found.median, found.q1, found.q3)
    if middle.value is None:
        return SHORT[middle.reason] if middle.reason else EN_DASH
    places = variable.decimals or 1
    text = decimal(middle.value, places)
    if low.value is None:
        return text
    if high is None:
        return f"{text} ± {decimal(low.value, places)}"
    return f"{text} ({decimal(low.value, places)}{EN_DASH}{decimal(high.value or 0, places)})"


def baseline_note(result: Baseline, display: Display) -> str:
    """Out of whom each percentage is, and how numbers and differences are computed."""
    columns = result.columns
    of = {columns.labels[c]: columns.labels[out] for c, out in enumerate(columns.out_of) if out}
    parts = []
    if of:
        group = next(iter(of.values()))
        parts.append(say("{list} in the first row: percentage of {group}.", list=joined(list(of)), group=group))
    if any(isinstance(row, FactorRows) and row.variable.tested for row in result.rows):
        parts.append(say("Antibodies: positive and negative are percentages of the patients tested."))
    parts.append(say("Other levels: percentage of the patients whose level is known; not recorded: of all patients."))
    if display.numbers == "median" and any(isinstance(row, NumberRows) for row in result.rows):
        parts.append(say("Quartiles by definition 5 of SAS."))
    if display.compared:
        parts.append(
            say(
                "Standardized difference: distance of the known levels (Yang and Dalton) or of the means "
                "in pooled standard deviations (Austin), without sign."
            )
        )
    return " ".join(parts)


def baseline_summary(result: Baseline) -> str:
    """The table in a sentence."""
    columns = result.columns
    parts = [f"{label} {count(n)}" for label, n in zip(columns.labels[1:], columns.n[1:], strict=True)]
    whom, rows = patients(columns.n[0]), decimal(len(result.rows))
    if not parts:
        return say("Baseline characteristics of {patients}. {rows} variables.", patients=whom, rows=rows)
    return say(
        "Baseline characteristics of {patients} by {title}: {parts}. {rows} variables.",
        patients=whom,
        title=inside(columns.title),
        parts=joined(parts),
        rows=rows,
    )


def unknown_notice(columns: Columns, by: Factor | None) -> str:
    """What a reader must know of the columns: patients without a level, levels reached later; blank when nothing."""
    parts = []
    if columns.unknown:
        parts.append(
            say(
                "{unknown_label} ({title}): {patients}, counted only in the column of all patients.",
                unknown_label=columns.unknown_label,
                title=inside(columns.title),
                patients=patients(columns.unknown),
            )
        )
    if by is not None and by.post_baseline:
        parts.append(
            say(
                "{label} becomes known only at {visit}: these columns hold those who were still treated "
                "and measured then.",
                label=by.label,
                visit=inside(by.visit),
            )
        )
    return " ".join(parts)
