"""Tables and sentences of what equally faithful reconstructions give on the treatment page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.core.envelope import Ranged
from components.core.envelope_words import (
    RangeRow,
    Ranges,
    RangesSaid,
    explained,
    heading,
    patients_row,
    row_of_shares,
    said_rows,
    spread,
    verdict,
)
from components.core.numbers import inside
from components.core.table import Table
from components.treatment.reconstructions import concomitant_across, stops_across, taper_across, time_across
from components.treatment.words import given_label, start_label, threshold
from data.language import say

if TYPE_CHECKING:
    from components.treatment.concomitant import Concomitant
    from components.treatment.discontinuation import Discontinuation
    from components.treatment.reconstructions import (
        ConcomitantAcross,
        GroupTimeAcross,
        StopsAcross,
        TaperAcross,
        TimeAcross,
    )
    from components.treatment.taper import Shares
    from components.treatment.time_in_range import TimeInRange


def _time(group: GroupTimeAcross, shown: TimeInRange) -> tuple[Ranged, ...]:
    of = f", {group.label}" if shown.groups.title else ""
    return (
        Ranged(say("patients with time in range{of}", of=of), group.known),
        Ranged(say("mean time within{of}", of=of), group.mean, 1, unit="%"),
        Ranged(say("median time within{of}", of=of), group.median, 1, unit="%"),
        Ranged(say("time within of all days{of}", of=of), group.pooled, 1, unit="%"),
    )


def time_said(found: TimeAcross, shown: TimeInRange) -> RangesSaid:
    """One row a group: patients with a time in range, their mean and median, and all days together."""
    columns = (say("With time in range"), say("Mean"), say("Median"), say("All days together"))
    numbers = [_time(group, shown) for group in found.series]
    rows = tuple((group.label, *map(spread, own)) for group, own in zip(found.series, numbers, strict=True))
    table = Table((heading(found.members), *columns), rows, explained(found.members), light=True)
    return (table,), verdict([one for own in numbers for one in own], found.members)


def taper_said(found: TaperAcross, shown: Shares) -> RangesSaid:
    """The thresholds of each group in which cohorts differ, visit by visit."""
    visits = [visit.label for visit in shown.visits]
    rows = []
    for k, group in enumerate(shown.groups.labels):
        for t, entry in enumerate(shown.thresholds):
            text = threshold(entry, shown.measure.unit)
            label = f"{group}, {text}" if shown.groups.title else text
            rows.append(row_of_shares(label, found.rows[t][k], [inside(visit) for visit in visits]))
    return said_rows(visits, rows, found.members)


def stops_said(found: StopsAcross, shown: Discontinuation) -> RangesSaid:
    """Who stopped, after how long, and why, where cohorts differ in it."""
    labels = shown.columns.labels
    days = say("Days until then, median")
    medians = [Ranged(f"{inside(days)}, {label}", one, 1) for label, one in zip(labels, found.medians, strict=True)]
    rows = [
        patients_row(found.n, labels),
        RangeRow(days, tuple(map(spread, medians)), tuple(medians)),
        row_of_shares(say("Stopped, n (%)"), found.stopped, labels),
        *(row_of_shares(level.label, shares, labels, inner=True) for level, shares in found.reasons),
    ]
    return said_rows(labels, rows, found.members)


def concomitant_said(found: ConcomitantAcross, shown: Concomitant) -> RangesSaid:
    """What was given, where cohorts differ in it."""
    labels = shown.columns.labels
    names = [*map(start_label, shown.at_start), *map(given_label, shown.given)]
    pairs = zip(names, (*found.at_start, *found.given), strict=True)
    rows = [patients_row(found.n, labels), *(row_of_shares(name, shares, labels) for name, shares in pairs)]
    return said_rows(labels, rows, found.members)


TIME_RANGES = Ranges(time_across, time_said)
TAPER_RANGES = Ranges(taper_across, taper_said)
STOPS_RANGES = Ranges(stops_across, stops_said)
CONCOMITANT_RANGES = Ranges(concomitant_across, concomitant_said)
