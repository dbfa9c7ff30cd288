"""Words and tables of adverse reactions: Table 2 for any patients, and the comparison of groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from components.core.estimate import Estimate
from components.core.markup import LINE, bold
from components.core.numbers import count, inside, joined, patients, percent, with_interval
from components.core.share_words import headings, n_percent
from components.core.small_counts import hiding
from components.core.table import Table
from components.safety.reactions import Exposure, ReactionCell, ReactionRow, Reactions
from data.language import say, say_counted

Cell = Literal["patients", "reactions", "rate", "difference"]
RATE: Cell = "rate"
CELLS: Mapping[Cell, str] = {
    "patients": say("Patients, n (%)"),
    "reactions": say("Reactions"),
    RATE: say("Per 100 patient-years"),
    "difference": say("Risk difference"),
}
CELL, SEVERITY, TERMS = say("Table shows"), say("Reactions"), say("Terms listed")
SERIOUSNESS = {"all": say("All"), "serious": say("Serious only")}
TERM_LIMITS = {"two_or_more": say("In two or more patients"), "all": say("All")}
SERIOUS_PART, OTHER_PART, POINTS = (
    say("with a serious reaction"),
    say("without a serious reaction"),
    say("percentage points"),
)
OVER: Mapping[Exposure, str] = {
    "until the first reaction": say(
        "Per 100 patient-years: patients with a first such reaction, over the time until it or "
        "to the last visit, with exact Poisson limits."
    ),
    "whole follow-up": say(
        "Per 100 patient-years: such reactions, their number rounded down, over all the time that these patients were "
        "followed, so that every row has the same years."
    ),
}
"""What a rate counts, and over which time."""
ANY, DOTS_AXIS = say("Any reaction"), say("Patients with the reaction")


@dataclass(frozen=True)
class Bar:
    """One bar: a category with the patients who had it, those with a serious one among them, and what is printed."""

    id: str
    label: str
    n: int
    serious: int
    text: str
    hover: str


def bars(result: Reactions, most: int | None = None) -> tuple[Bar, ...]:
    """Every category in the dictionary's order; with ``most``, only so many that occur, the most frequent first."""
    rows = [row for row in result.rows if row.category and not row.term and not row.serious]
    if most is not None:
        rows = sorted((row for row in rows if row.cells[0].patients.n), key=lambda row: -row.cells[0].patients.n)[:most]
    return tuple(_bar(result, row, brief=most is not None) for row in rows)


def _bar(result: Reactions, row: ReactionRow, *, brief: bool) -> Bar:
    share = row.cells[0].patients
    grave = result.row(row.category, serious=True).cells[0].patients
    text = n_percent(share).replace(")", "%)")
    return Bar(
        row.id,
        row.label,
        share.n,
        grave.n,
        say("{text}, {n} serious", text=text, n=count(grave.n)) if grave.n and not brief else text,
        say(
            "{category}{line}{n} of {patients}, {reactions} reactions{line}{n_2} with a serious one",
            category=bold(row.label),
            line=LINE,
            n=count(share.n),
            patients=patients(share.of),
            reactions=count(row.cells[0].reactions),
            n_2=count(grave.n),
        ),
    )


def reactions_title(result: Reactions) -> str:
    """The title of figure and table."""
    by = result.columns.title
    return say("Adverse reactions by {by}", by=inside(by)) if by else say("Adverse reactions")


def listed(result: Reactions, fewest: int) -> tuple[tuple[ReactionRow, ReactionRow], ...]:
    """The rows printed, all reactions and the serious among them: terms in at least ``fewest`` patients.

    A term that is its whole category's only name is not repeated under it.
    """
    return tuple(
        (row, result.row(row.category, row.term, serious=True))
        for row in result.rows
        if not row.serious and (not row.term or (row.cells[0].patients.n >= fewest and row.term != row.category))
    )


def reactions_table(result: Reactions, fewest: int) -> Table:
    """As the paper's Table 2: patients, reactions and incidence, then the same for the serious ones."""
    columns = (
        say("Reaction"),
        say("Patients, n\u00a0(%)"),
        say("Reactions"),
        _per_years(say("Per 100 patient-years"), result),
        say("Serious: patients, n\u00a0(%)"),
        say("Serious: reactions"),
        _per_years(say("Serious: per 100 patient-years"), result),
    )
    rows = [(_label(row), *_cells(row.cells[0]), *_cells(grave.cells[0])) for row, grave in listed(result, fewest)]
    return _table(result, fewest, columns, rows)


def _per_years(head: str, result: Reactions) -> str:
    """The head of a column of rates, which says whether they have limits."""
    limits = any(cell.rate.lower is not None for row in result.rows for cell in row.cells)
    return say("{head} (95%\u00a0CI)", head=head) if limits else head


def compared_table(result: Reactions, cell: Cell, *, serious: bool, fewest: int) -> Table:
    """One chosen statistic in each column; differences stand against the reference column, which prints n (%)."""
    columns = (say("Serious reaction") if serious else say("Reaction"), *headings(result.columns))
    rows = [
        (_label(row), *(_statistic(one, cell) for one in (grave if serious else row).cells))
        for row, grave in listed(result, fewest)
    ]
    return _table(result, fewest, columns, rows)


def _table(result: Reactions, fewest: int, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Table:
    pairs = listed(result, fewest)
    inner = frozenset(i for i, (row, _) in enumerate(pairs) if row.term)
    return Table(columns, tuple(rows), strong=frozenset({0}), inner=inner)


def _label(row: ReactionRow) -> str:
    return row.label or ANY


def _cells(cell: ReactionCell) -> tuple[str, str, str]:
    return n_percent(cell.patients), count(cell.reactions), with_interval(cell.rate, 1)


def _statistic(cell: ReactionCell, wanted: Cell) -> str:
    if wanted == "reactions":
        return count(cell.reactions)
    if wanted == RATE:
        return with_interval(cell.rate, 1)
    if wanted == "difference" and cell.difference is not None:
        return with_interval(cell.difference, 1)
    return n_percent(cell.patients)


def reactions_note(result: Reactions, fewest: int, cell: Cell | None = None) -> str:
    """Who is counted how."""
    parts = [say("A patient counts once a row, however many such reactions there were, and may stand in several rows.")]
    if fewest > 1:
        parts.append(say("Terms reported in one patient only are counted in their category but not listed."))
    if cell in {None, RATE}:
        parts.append(OVER[result.exposure])
    if cell is not None and not hiding():
        reference = result.columns.labels[result.columns.reference]
        parts.append(
            say(
                "Risk difference: percentage points against {reference}, with Newcombe's 95% limits.",
                reference=reference,
            )
        )
    if result.withholds:
        parts.append(
            say("Terms are left out where fewer than five patients of a group had them, or all but fewer than five.")
        )
    parts.append(say("Reactions on any day after the {day_0}.", day_0=result.analysed.day_0))
    return " ".join(parts)


def reactions_summary(result: Reactions) -> str:
    """The figure in a paragraph."""
    every, grave = result.row().cells[0], result.row(serious=True).cells[0]
    most = [f"{bar.label} {count(bar.n)}" for bar in bars(result, 4)]
    often = (" " + say("Most frequent, patients: {most}.", most=joined(most))) if most else ""
    return say(
        "{n} of {patients} ({percent_of}) had {reactions} adverse reactions; {patients_2} had a serious one.{often}",
        n=count(every.patients.n),
        patients=patients(every.patients.of),
        percent_of=percent_of(every),
        reactions=count(every.reactions),
        patients_2=patients(grave.patients.n),
        often=often,
    )


def percent_of(cell: ReactionCell) -> str:
    """The share of patients as a percentage."""
    return percent(cell.patients.n / cell.patients.of) if cell.patients.of else "0%"


def no_reactions(n: int) -> str:
    """What is said when nothing was reported."""
    return say_counted(
        n,
        "No adverse reaction was reported in this patient.",
        "No adverse reaction was reported in these {patients}.",
        patients=patients(n),
    )


def dot_hover(group: str, category: str, cell: ReactionCell) -> str:
    """What a group's dot says."""
    of = say("{n} of {patients}", n=count(cell.patients.n), patients=patients(cell.patients.of))
    return f"{bold(category)}{LINE}{group}: {of} ({percent_of(cell)})"


def difference_hover(group: str, reference: str, category: str, difference: Estimate) -> str:
    """What a difference says."""
    text = with_interval(difference, 1)
    return say(
        "{category}{line}{group} minus {reference}: {text} percentage points",
        category=bold(category),
        line=LINE,
        group=group,
        reference=reference,
        text=text,
    )


def differences_axis(reference: str) -> str:
    """Under the right part of the comparison."""
    return say("Difference from {reference},{line}percentage points (95% CI)", reference=reference, line=LINE)
