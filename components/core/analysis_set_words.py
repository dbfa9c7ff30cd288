"""Who stands in a result, who is left out and why, and until when events count: the same words wherever it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from components.core.analysis_set import Why
from components.core.numbers import DAYS_PER_MONTH, count, decimal, inside, joined, patients
from components.core.reason_words import LONG, NO_EVENT
from components.core.small_counts import hidden
from data.language import say

if TYPE_CHECKING:
    from components.core.analysis_set import AnalysisSet, Exclusion, FollowUp, LeftOut
    from components.core.estimate import Reason
    from data.counted import Bands


FEW_STAY = say("Otherwise counts of fewer than five patients would leave the database.")


def who(analysed: AnalysisSet) -> str:
    """``49 of 169 patients of the clinical outcome population; left out: 120 not tested (anti-MDA5)``."""
    with hidden(hides=analysed.rounded):
        return _who(analysed)


def _who(analysed: AnalysisSet) -> str:
    if not analysed.left_out:
        return _counted(analysed)
    left = joined([_left(one) for one in analysed.left_out])
    return say("{counted}; left out: {left_out}", counted=_counted(analysed), left_out=left)


def _counted(analysed: AnalysisSet) -> str:
    label, one, n, of = analysed.population.label, analysed.population.one, analysed.n, analysed.of
    everybody = (
        f"{count(of)} {one if of == 1 else label}"
        if one
        else say("{patients} of the {label}", patients=patients(of), label=label)
    )
    return say("{n} of {patients}", n=count(n), patients=everybody) if n != of else everybody


def _left(one: LeftOut) -> str:
    return f"{count(one.n)} {why(one.exclusion)}"


def why(exclusion: Exclusion) -> str:
    """A reason to be left out, to stand behind the number of patients: ``not tested (anti-MDA5)``."""
    of = f" ({inside(exclusion.of)})" if exclusion.of else ""
    return {
        Why.LEVEL_UNKNOWN: f"{(inside(exclusion.level) if exclusion.level else say('not known'))}{of}",
        Why.EVENT_BY_LANDMARK: say("with the event by day {day}", day=exclusion.day),
        Why.NOT_FOLLOWED_TO_LANDMARK: say("not followed beyond day {day}", day=exclusion.day),
        Why.NOT_MEASURED: say("not measured{of}", of=of),
        Why.NO_INTERVAL: say("without two values close enough{of}", of=of),
        Why.NOT_CHOSEN: say("not chosen"),
        Why.OTHER_GROUP: say("in another group{of}", of=of),
    }[exclusion.why]


def ungrouped(one: LeftOut) -> str:
    """Who has no level of what a table is divided by, and where they are counted all the same."""
    return say(
        "{patients} {why}: counted only among all patients, in no group.",
        patients=patients(one.n),
        why=why(one.exclusion),
    )


def month(days: int) -> str:
    """Days as a month: ``month 47``."""
    return say("month {days}", days=decimal(days / DAYS_PER_MONTH))


def until(follow_up: FollowUp) -> str:
    """Until when events count, on the clock of the axis: ``to month 47``, ``to month 43 after the landmark``."""
    return (
        say("to {month} after the landmark", month=month(follow_up.length))
        if follow_up.start
        else say("to {month}", month=month(follow_up.length))
    )


def events_until(analysed: AnalysisSet) -> str:
    """Until when the events of these patients happened: ``to month 37``, also where measurements are shown."""
    if analysed.follow_up.counts == "events":
        return until(analysed.follow_up)
    return say("to {month}", month=month(analysed.last_day))


def by_then(follow_up: FollowUp) -> str:
    """Until when an event did not happen: ``by month 24``; blank where no follow-up is cut."""
    if follow_up.whole:
        return ""
    if follow_up.start:
        return say("by {month} after the landmark", month=month(follow_up.length))
    return say("by {month}", month=month(follow_up.length))


def because(reason: Reason, follow_up: FollowUp) -> str:
    """Why a number is not given, as a sentence that denies no event which happened after the follow-up counted."""
    by = by_then(follow_up)
    return NO_EVENT[reason].format(by=by) if by and reason in NO_EVENT else LONG[reason]


def unbroken(text: str) -> str:
    """The words kept on one line, for the head of a narrow column."""
    return text.replace(" ", "\u00a0", 2)


def counted(follow_up: FollowUp) -> str:
    """The follow-up that counts: ``all follow-up, to month 47``, ``events counted to month 24``.

    Where no events count ``measured to month 24``; blank where nothing was followed.
    """
    if follow_up.counts != "events":
        return say("measured {until}", until=until(follow_up)) if follow_up.counts == "measurements" else ""
    return (
        say("all follow-up, {until}", until=until(follow_up))
        if follow_up.whole
        else say("events counted {until}", until=until(follow_up))
    )


def analysed_sentence(analysed: AnalysisSet) -> str:
    """Who stands in a result, and over which follow-up, in one or two sentences."""
    with hidden(hides=analysed.rounded):
        return _analysed_sentence(analysed)


def _analysed_sentence(analysed: AnalysisSet) -> str:
    if not analysed.n:
        return f"{who(analysed)}."
    words = counted(analysed.follow_up)
    apart = f" {ungrouped(analysed.ungrouped)}" if analysed.ungrouped else ""
    bands = f" {in_bands(analysed.bands)}" if analysed.bands.changed and analysed.follow_up.counts == "events" else ""
    return f"{who(analysed)}{words and f'; {words}'}.{apart}{bands}"


def in_bands(bands: Bands) -> str:
    """How a database has counted days together, so that no small count left it."""
    found = []
    if bands.width > 1:
        found.append(say("Events are counted in bands of {n} days, each at its middle.", n=decimal(bands.width)))
    if bands.cut is not None:
        found.append(say("Follow-up is ended on day {day}.", day=decimal(bands.cut)))
    return f"{' '.join(found)} {FEW_STAY}"


def left_out_as_small(labels: Sequence[str]) -> str:
    """What is left out because a count in it would be small."""
    return say(
        "Not shown, because counts of fewer than five patients do not leave the database: {labels}.",
        labels=joined(list(labels)),
    )
