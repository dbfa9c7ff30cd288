"""Tables and sentences of what equally faithful reconstructions give on the safety page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.core.envelope import Ranged
from components.core.envelope_words import (
    RangeRow,
    Ranges,
    RangesSaid,
    explained,
    heading,
    n_percent_spread,
    patients_row,
    row_of_shares,
    said_rows,
    spread,
    verdict,
)
from components.core.numbers import EN_DASH, inside
from components.core.table import Table
from components.safety.reactions_words import ANY, RATE, Cell, listed
from components.safety.reconstructions import deaths_across, reactions_across
from components.survival.words import when
from data.language import say

if TYPE_CHECKING:
    from components.core.envelope import Envelope
    from components.safety.deaths import Deaths
    from components.safety.first_reaction import CumulativeIncidence
    from components.safety.reactions import ReactionRow, Reactions
    from components.safety.reconstructions import DeathsAcross, IncidenceAcross, ReactionAcross, ReactionsAcross

TABLE_2 = (
    say("Patients, n\u00a0(%)"),
    say("Reactions"),
    say("Per 100 patient-years"),
    say("Serious: patients, n\u00a0(%)"),
    say("Serious: reactions"),
    say("Serious: per 100 patient-years"),
)
"""The columns of the ranges of Table 2."""


def deaths_said(found: DeathsAcross, shown: Deaths) -> RangesSaid:
    """Who died, and of what, where cohorts differ in it."""
    labels = shown.columns.labels
    rows = [
        patients_row(found.n, labels),
        row_of_shares(say("Died, n (%)"), found.died, labels),
        *(row_of_shares(level.label, shares, labels, inner=True) for level, shares in found.causes),
    ]
    return said_rows(labels, rows, found.members)


DEATHS_RANGES = Ranges(deaths_across, deaths_said)


def reactions_ranges(cell: Cell | None, *, serious: bool, fewest: int) -> Ranges[Reactions, ReactionsAcross]:
    """The ranges of the rows of Table 2; where groups are compared, of the ``cell`` that is printed of each."""

    def said(found: ReactionsAcross, shown: Reactions) -> RangesSaid:
        ranges = {(row.category, row.term, row.serious): one for row, one in zip(shown.rows, found.rows, strict=True)}
        pairs = listed(shown, fewest)
        if cell is None:
            rows = [_as_table_2(row, *(ranges[one.category, one.term, one.serious] for one in (row, grave)))
                    for row, grave in pairs]  # fmt: skip
            return said_rows(TABLE_2, rows, found.members)
        labels = shown.columns.labels
        rows = [patients_row(found.n, labels)]
        for row, grave in pairs:
            own = grave if serious else row
            rows.append(_compared(own, ranges[own.category, own.term, own.serious], cell, labels))
        return said_rows(labels, rows, found.members)

    return Ranges(reactions_across, said)


def _as_table_2(row: ReactionRow, every: ReactionAcross, grave: ReactionAcross) -> RangeRow:
    label = row.label or ANY
    cells: list[str] = []
    numbers: list[Ranged] = []
    beside: list[Ranged] = []
    names = (inside(label), say("{reaction} (serious)", reaction=inside(label)))
    for one, name in zip((every, grave), names, strict=True):
        n, percent, events, rate = (
            Ranged(say("patients with {reaction}", reaction=name), one.patients.n[0], percent=one.patients.percent[0]),
            Ranged("", one.patients.percent[0], 1),
            Ranged(say("number of reactions: {reaction}", reaction=name), one.reactions[0]),
            Ranged(say("{reaction} per 100 patient-years", reaction=name), one.rates[0], 1),
        )
        cells += [n_percent_spread(n, percent), spread(events), spread(rate)]
        numbers += [n, events, rate]
        beside.append(percent)
    return RangeRow(label, tuple(cells), tuple(numbers), bool(row.term), tuple(beside))


def _compared(row: ReactionRow, found: ReactionAcross, cell: Cell, columns: tuple[str, ...]) -> RangeRow:
    label = row.label or ANY
    of = [f"{inside(label)}, {column}" for column in columns]
    by_patients = row_of_shares(label, found.patients, columns, inner=bool(row.term))
    if cell == "patients":
        return by_patients
    if cell == "difference":
        numbers = tuple(
            Ranged(what, one, 1) if one is not None else n
            for what, one, n in zip(of, found.differences, by_patients.numbers, strict=True)
        )
        texts = tuple(
            spread(number) if one is not None else text
            for number, one, text in zip(numbers, found.differences, by_patients.cells, strict=True)
        )
        return RangeRow(label, texts, numbers, bool(row.term))
    chosen, places = (found.rates, 1) if cell == RATE else (found.reactions, 0)
    numbers = tuple(Ranged(what, one, places) for what, one in zip(of, chosen, strict=True))
    return RangeRow(label, tuple(map(spread, numbers)), numbers, bool(row.term))


def incidence_said(found: IncidenceAcross, shown: CumulativeIncidence) -> RangesSaid:
    """One row a group: patients, with the reaction, dead without it, and the incidence at the chosen days."""
    columns = (
        say("Patients"),
        say("With a reaction"),
        say("Died without one"),
        *(say("At {when}", when=when(day)) for day in shown.at_days),
    )
    rows, judged = [], []
    for group in found.groups:
        of = f", {group.label}" if shown.groups.title else ""
        counted: tuple[Envelope, ...] = (group.n, group.events, group.deaths)
        numbers = [
            *(Ranged(f"{inside(name)}{of}", one) for name, one in zip(columns, counted, strict=False)),
            *(
                Ranged(say("share with a reaction at {when}{of}", when=when(day), of=of), one, 1, 100, "%")
                for day, one in zip(shown.at_days, group.at, strict=True)
            ),
        ]
        rows.append((group.label, *(spread(one) if one.found.known else EN_DASH for one in numbers)))
        judged += numbers
    table = Table((heading(found.members), *columns), tuple(rows), explained(found.members), light=True)
    return ((table,) if rows else ()), verdict(judged, found.members)
