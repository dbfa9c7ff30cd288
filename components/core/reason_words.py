"""Why a number is not given: in a table cell (short) and as a sentence (long)."""

from __future__ import annotations

from components.core.estimate import Reason

NA = "NA"
"""Stands for a hazard ratio that has no finite value."""

SHORT: dict[Reason, str] = {
    Reason.NO_PATIENTS: "no patients",
    Reason.NO_EVENTS: "no events",
    Reason.NO_EVENTS_IN_LEVEL: NA,
    Reason.NO_EVENTS_IN_REFERENCE: NA,
    Reason.ALL_EVENTS_IN_ONE_LEVEL: NA,
    Reason.ONE_LEVEL: "one group only",
    Reason.NOTHING_TO_COMPARE: "nothing to compare",
    Reason.MONOTONE: NA,
    Reason.NO_EVENT_BEFORE: "no event before then",
    Reason.NO_EVENT_BY_THEN: "no event by then",
    Reason.NOBODY_EVENT_FREE: "nobody left to compare",
    Reason.NO_PAIR: "no pair to rank",
    Reason.NO_CUT: "no cut-point",
    Reason.NOT_REACHED: "NR",
    Reason.BEYOND_FOLLOW_UP: "not estimable",
    Reason.BEYOND_HORIZON: "not counted",
    Reason.NO_FOLLOW_UP: "no follow-up",
    Reason.ONE_PATIENT: "one patient",
    Reason.NOT_MEASURED: "not measured",
    Reason.TOO_FEW_EVENTS: "too few events",
    Reason.NO_VARIATION: "no variation",
    Reason.TOO_FEW_PATIENTS: "too few patients",
    Reason.NOT_CONVERGED: "did not converge",
    Reason.TOO_FEW_REPEATED: "too few measured repeatedly",
}

NO_EVENT = frozenset({Reason.NO_EVENTS, Reason.NO_EVENTS_IN_LEVEL, Reason.NO_EVENTS_IN_REFERENCE})
"""Reasons that deny an event: true of the events that count, not of those after the time until which they count."""

LONG: dict[Reason, str] = {
    Reason.NO_PATIENTS: "Not estimable, because no patient is left.",
    Reason.NO_EVENTS: "Not estimable, because there was no event among these patients.",
    Reason.NO_EVENTS_IN_LEVEL: "Not estimable (NA), because there was no event in this group.",
    Reason.NO_EVENTS_IN_REFERENCE: "Not estimable (NA), because there was no event in the reference group.",
    Reason.ALL_EVENTS_IN_ONE_LEVEL: "Not estimable (NA), because all events fell into one group.",
    Reason.ONE_LEVEL: "Nothing to compare, because only one group has patients.",
    Reason.NOTHING_TO_COMPARE: (
        "Nothing to compare: on no day with an event were patients of both groups at risk and some of them spared."
    ),
    Reason.MONOTONE: (
        "Not estimable (NA), because the events are perfectly separated: the likelihood keeps rising as the hazard "
        "ratio goes to 0 or to infinity."
    ),
    Reason.NO_EVENT_BEFORE: "Not estimable, because no event had happened before that time.",
    Reason.NO_EVENT_BY_THEN: "Not estimable, because no event had happened by then.",
    Reason.NOBODY_EVENT_FREE: "Not estimable, because nobody was known to be free of the event after that day.",
    Reason.NO_PAIR: "Not estimable, because of no two patients is it known who had the event first.",
    Reason.NO_CUT: "Not estimable, because every cut-point leaves fewer than a tenth of the patients on one side.",
    Reason.NOT_REACHED: "Not reached (NR): fewer than half of the patients had the event.",
    Reason.BEYOND_FOLLOW_UP: "Not estimable, because no patient of the group was followed that long.",
    Reason.BEYOND_HORIZON: "Not estimable, because events are counted only up to an earlier time.",
    Reason.NO_FOLLOW_UP: "Not estimable, because nobody was followed for even a day.",
    Reason.ONE_PATIENT: "Not estimable from a single patient.",
    Reason.NOT_MEASURED: "Not measured in these patients.",
    Reason.TOO_FEW_EVENTS: "Not estimable, because there were too few events.",
    Reason.NO_VARIATION: "Not estimable, because all values are the same.",
    Reason.TOO_FEW_PATIENTS: "Not estimable, because there were too few patients.",
    Reason.NOT_CONVERGED: "Not estimable, because the model's search for an answer ended without one.",
    Reason.TOO_FEW_REPEATED: "Not estimable, because too few patients were measured more than once.",
}
