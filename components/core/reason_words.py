"""Why a number is not given: in a table cell (short) and as a sentence (long)."""

from __future__ import annotations

from components.core.estimate import Limits, Reason
from data.language import say

NA = say("NA")
"""Stands for a hazard ratio that has no finite value."""

LIMITS: dict[Limits, str] = {
    "": "",
    "beta product": say("beta product"),
    "beta product and log-log": say("beta product and log-log"),
    "Firth": say("Firth"),
}
"""How limits are named beside a number where they are not the usual ones."""

SHORT: dict[Reason, str] = {
    Reason.NO_PATIENTS: say("no patients"),
    Reason.NO_EVENTS: say("no events"),
    Reason.NO_EVENTS_IN_LEVEL: NA,
    Reason.NO_EVENTS_IN_REFERENCE: NA,
    Reason.ALL_EVENTS_IN_ONE_LEVEL: NA,
    Reason.ONE_LEVEL: say("one group only"),
    Reason.NOTHING_TO_COMPARE: say("nothing to compare"),
    Reason.MONOTONE: NA,
    Reason.NO_EVENT_BEFORE: say("no event before then"),
    Reason.NO_EVENT_BY_THEN: say("no event by then"),
    Reason.NOBODY_EVENT_FREE: say("nobody left to compare"),
    Reason.NO_PAIR: say("no pair to rank"),
    Reason.NO_CUT: say("no cut-point"),
    Reason.NOT_REACHED: say("NR"),
    Reason.NOT_REACHED_ALIVE: say("NR"),
    Reason.ENDS_ON_HALF: say("not estimable"),
    Reason.ENDS_ON_QUARTILE: say("not estimable"),
    Reason.BEYOND_FOLLOW_UP: say("not estimable"),
    Reason.BEYOND_HORIZON: say("not counted"),
    Reason.NO_FOLLOW_UP: say("no follow-up"),
    Reason.ONE_PATIENT: say("one patient"),
    Reason.NOT_MEASURED: say("not measured"),
    Reason.TOO_FEW_EVENTS: say("too few events"),
    Reason.TOO_FEW_PER_COEFFICIENT: say("too few events"),
    Reason.COLLINEAR: say("not separable"),
    Reason.NO_VARIATION: say("no variation"),
    Reason.TOO_FEW_PATIENTS: say("too few patients"),
    Reason.NOT_CONVERGED: say("did not converge"),
    Reason.TOO_FEW_REPEATED: say("too few measured repeatedly"),
    Reason.ROWS_ELSEWHERE: say("not available"),
    Reason.WITHHELD: say("withheld"),
}

NO_EVENT: dict[Reason, str] = {
    Reason.NO_EVENTS: say("Not estimable, because there was no event among these patients {by}."),
    Reason.NO_EVENTS_IN_LEVEL: say("Not estimable (NA), because there was no event in this group {by}."),
    Reason.NO_EVENTS_IN_REFERENCE: say("Not estimable (NA), because there was no event in the reference group {by}."),
}
"""Reasons that deny an event: true of the events that count, not of those after the time until which they count."""

LONG: dict[Reason, str] = {
    Reason.NO_PATIENTS: say("Not estimable, because no patient is left."),
    Reason.NO_EVENTS: say("Not estimable, because there was no event among these patients."),
    Reason.NO_EVENTS_IN_LEVEL: say("Not estimable (NA), because there was no event in this group."),
    Reason.NO_EVENTS_IN_REFERENCE: say("Not estimable (NA), because there was no event in the reference group."),
    Reason.ALL_EVENTS_IN_ONE_LEVEL: say("Not estimable (NA), because all events fell into one group."),
    Reason.ONE_LEVEL: say("Nothing to compare, because only one group has patients."),
    Reason.NOTHING_TO_COMPARE: (
        say("Nothing to compare: on no day with an event were patients of both groups at risk and some of them spared.")
    ),
    Reason.MONOTONE: (
        say(
            "Not estimable (NA), because the events are perfectly separated: the likelihood keeps rising "
            "as the hazard ratio goes to 0 or to infinity."
        )
    ),
    Reason.NO_EVENT_BEFORE: say("Not estimable, because no event had happened before that time."),
    Reason.NO_EVENT_BY_THEN: say("Not estimable, because no event had happened by then."),
    Reason.NOBODY_EVENT_FREE: say("Not estimable, because nobody was known to be free of the event after that day."),
    Reason.NO_PAIR: say("Not estimable, because of no two patients is it known who had the event first."),
    Reason.NO_CUT: say("Not estimable, because every cut-point leaves fewer than a tenth of the patients on one side."),
    Reason.NOT_REACHED: say("Not reached (NR): fewer than half of the patients had the event."),
    Reason.NOT_REACHED_ALIVE: (
        say("Not reached (NR): the patients followed longest died, and too few of the others had left alive.")
    ),
    Reason.ENDS_ON_HALF: say("Not estimable, because the curve ends at exactly one half, without a further event."),
    Reason.ENDS_ON_QUARTILE: say(
        "Not estimable, because the curve ends at exactly that quarter, without a further event."
    ),
    Reason.BEYOND_FOLLOW_UP: say("Not estimable, because no patient of the group was followed that long."),
    Reason.BEYOND_HORIZON: say("Not estimable, because events are counted only up to an earlier time."),
    Reason.NO_FOLLOW_UP: say("Not estimable, because nobody was followed for even a day."),
    Reason.ONE_PATIENT: say("Not estimable from a single patient."),
    Reason.NOT_MEASURED: say("Not measured in these patients."),
    Reason.TOO_FEW_EVENTS: say("Not estimable, because there were too few events."),
    Reason.TOO_FEW_PER_COEFFICIENT: say("Not estimable, because there were too few events for each coefficient."),
    Reason.COLLINEAR: say("Not estimable, because what is adjusted for follows from the rest of the model."),
    Reason.NO_VARIATION: say("Not estimable, because all values are the same."),
    Reason.TOO_FEW_PATIENTS: say("Not estimable, because there were too few patients."),
    Reason.NOT_CONVERGED: say("Not estimable, because the model's search for an answer ended without one."),
    Reason.TOO_FEW_REPEATED: say("Not estimable, because too few patients were measured more than once."),
    Reason.ROWS_ELSEWHERE: say("Not available, because the patients' rows stay in the database."),
    Reason.WITHHELD: say("Withheld, because fewer than five patients or events stand behind it."),
}
