"""How long patients were followed: Kaplan-Meier with events and censoring exchanged."""

from __future__ import annotations

from typing import Literal

from components.engine.event_table import EventTable
from components.engine.kaplan_meier import KaplanMeier, SurvivalInterval, product_limit

FollowUpTies = Literal["R", "prodlim"]


def follow_up(
    table: EventTable, ties: FollowUpTies = "R", interval: SurvivalInterval = "log-log", level: float = 0.95
) -> KaplanMeier:
    """Reverse Kaplan-Meier of each level: the share still followed, were nobody to have the event.

    In the result ``events`` are the ends of follow-up and ``censored`` the deaths; ``median(follow_up(table))`` is the
    median follow-up, nan when fewer than half would have left.

    A death and an end of follow-up on one day: by "R" the patient who died counts as still followed that day (the
    usual rule with the roles exchanged, the default here); by "prodlim" the death came first, so the patient is no
    longer at risk of ending follow-up.
    Source: Schemper and Smith 1996.
    R: ``survfit(Surv(day, 1 - event) ~ level)``; ``prodlim(Hist(day, event) ~ level, reverse = TRUE)``.
    Raises ValueError for another convention.
    """
    if ties not in ("R", "prodlim"):
        raise ValueError(f"unknown convention {ties!r}")
    reverse = EventTable(table.times, table.censored, table.events)
    at_risk = table.at_risk if ties == "R" else table.at_risk - table.events
    return product_limit(reverse, at_risk, interval, level)
