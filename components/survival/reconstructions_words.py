"""The table and the sentence of what equally faithful reconstructions give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.core.envelope_words import explained, spread, spread_of_p, verdict
from components.core.numbers import count
from components.core.table import Table
from components.survival.words import when
from data.language import say

if TYPE_CHECKING:
    from components.survival.analysis import Survival
    from components.survival.reconstructions import Across, GroupAcross


def across_table(found: Across, shown: Survival) -> Table:
    """One row a group: the range of each estimate, and of its hazard ratio where there are several groups."""
    month = 12 / 365.25
    several = len(found.groups) > 1
    columns = (
        say("Across {n} reconstructions", n=count(found.members)),
        say("Patients"),
        say("Median, months"),
        *(say("At {when}", when=when(day)) for day in shown.at_days),
        say("Restricted mean, months"),
        *((say("Hazard ratio"),) if several else ()),
    )

    def ratio(group: GroupAcross) -> str:
        return spread(group.ratio, 2) if group.ratio else say("reference")

    rows = tuple(
        (
            group.label,
            spread(group.n, 0),
            spread(group.median, 1, month),
            *(spread(one, 1, 100, "%") for one in group.at),
            spread(group.restricted_mean, 1, month),
            *((ratio(group),) if several else ()),
        )
        for group in found.groups
    )
    told = explained(found.members)
    if found.p is not None and found.p.known:
        tested = spread_of_p(found.p)
        told = say("Log-rank p: {p}. {told}", p=tested, told=told)
    return Table(columns, rows, told, light=True)


def across_sentence(found: Across) -> str:
    """Whether the paper fixes what is shown."""
    return verdict(found.openness, found.members)
