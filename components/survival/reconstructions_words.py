"""The table and the sentence of what equally faithful reconstructions give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.core.envelope import Ranged
from components.core.envelope_words import Verdict, explained, heading, spread, verdict
from components.core.numbers import inside
from components.core.table import Table
from components.survival.unit_words import TIME_UNITS
from components.survival.words import when
from data.language import say

if TYPE_CHECKING:
    from components.core.envelope import Envelope
    from components.survival.analysis import Survival
    from components.survival.reconstructions import Across, GroupAcross
    from components.survival.ticks import Unit

RATIO = say("Hazard ratio")


def ranged(group: GroupAcross, shown: Survival, unit: Unit = "months") -> tuple[Ranged, ...]:
    """The numbers of one group as they are printed, its hazard ratio last, which the reference has none of."""

    def of(what: str) -> str:
        return say("{what}, {group}", what=what, group=group.label) if shown.groups.title else what

    times = TIME_UNITS[unit]
    at = [say("{curve} at {when}", curve=inside(shown.endpoint.curve), when=when(day)) for day in shown.at_days]
    ratio = (Ranged(of(say("hazard ratio")), group.ratio, 2),) if group.ratio else ()
    return (
        Ranged(of(say("patients")), group.n),
        Ranged(of(say("median in {units}", units=times.name)), group.median, times.places, times.per_day),
        *(Ranged(of(what), found, 1, 100, "%") for what, found in zip(at, group.at, strict=True)),
        Ranged(
            of(say("restricted mean in {units}", units=times.name)), group.restricted_mean, times.places, times.per_day
        ),
        *ratio,
    )


def across_table(found: Across, shown: Survival, unit: Unit = "months") -> Table:
    """One row a group: the range of each estimate, and of its hazard ratio where there are several groups."""
    several = len(found.groups) > 1
    units = TIME_UNITS[unit].name
    middle, mean = say("Median, {units}", units=units), say("Restricted mean, {units}", units=units)
    at = (say("At {when}", when=when(day)) for day in shown.at_days)
    columns = (heading(found.members), say("Patients"), middle, *at, mean, *((RATIO,) if several else ()))
    rows = []
    for group in found.groups:
        cells = [spread(one) for one in ranged(group, shown, unit)]
        rows.append((group.label, *cells, *((say("reference"),) if several and group.ratio is None else ())))
    told = explained(found.members)
    if found.p is not None and found.p.known:
        told = say("Log-rank p: {p}. {told}", p=spread(_p(found.p)), told=told)
    return Table(columns, tuple(rows), told, light=True)


def _p(found: Envelope) -> Ranged:
    return Ranged(say("log-rank p"), found, 3, p=True)


def across_verdict(found: Across | None, shown: Survival) -> Verdict:
    """Whether the paper fixes what is shown; nothing where there are no ranges."""
    if found is None:
        return verdict((), 0)
    numbers = [one for group in found.groups for one in ranged(group, shown)]
    return verdict([*numbers, *((_p(found.p),) if found.p else ())], found.members)
