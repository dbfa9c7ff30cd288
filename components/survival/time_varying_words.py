"""Words of the model whose covariate changes during follow-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.core.numbers import bare_p, count, decimal, happened, inside, patients, with_interval
from components.core.reason_words import LONG
from components.core.table import Table
from components.survival import sensitivity_words as sensitivity
from data.language import say

if TYPE_CHECKING:
    from components.survival.time_varying import TimeVarying

OPEN = say("The other correct answer: the value as it changes (time-varying Cox model)")
TITLE = say("Hazard by the value last known")
YEAR = 365.25


def table(result: TimeVarying) -> Table:
    """One row a level: who was ever there, for how long, with how many events, and the hazard ratio."""
    events = result.endpoint.events.capitalize()
    columns = (say("{of}, last value", of=_of(result)), say("Patients ever there"), say("Years of follow-up there"),
               events, say("Hazard ratio (95% CI)"), say("p (Wald)"))  # fmt: skip
    rows = tuple(
        (
            level.label,
            count(level.patients),
            decimal(level.days / YEAR, 1),
            count(level.events),
            say("reference") if level.reference else with_interval(level.ratio, 2),
            bare_p(level.p),
        )
        for level in result.levels
    )
    return Table(columns, rows)


def _of(result: TimeVarying) -> str:
    return result.factor.label.removesuffix(f" at {inside(result.factor.visit)}")


def why_not(result: TimeVarying) -> str:
    """Why there are no ratios, or which of them there are not and why; blank where there are all."""
    if result.reason:
        return LONG[result.reason]
    missing = [(level.label, level.ratio.reason) for level in result.levels if level.ratio.reason]
    return " ".join(f"{label}: {inside(LONG[reason])}" for label, reason in missing)


def second_look(result: TimeVarying) -> Table:
    """Every level against the reference without Wald's approximation."""
    rows = (
        (say("{label} against {reference}", label=level.label, reference=_reference(result)), level)
        for level in result.sensitivity
    )
    return sensitivity.second_look(say("{of}, last value", of=_of(result)), rows)


def note(result: TimeVarying) -> str:
    """What the model counts, and when."""
    before = (
        (
            " "
            + say(
                "{events_before} of the {events} happened before a first value and count for no level.",
                events_before=count(result.events_before),
                events=result.endpoint.events,
            )
        )
        if result.events_before
        else ""
    )
    absent = say(
        "{patients} without a value before the end of follow-up left out.", patients=patients(result.unmeasured)
    )
    lost = f" {absent}" if result.unmeasured else ""
    remark = f" {result.endpoint.remark}" if result.endpoint.remark else ""
    return say(
        "{patients}, {happened}.{lost}{before}{remark} Every day of follow-up counts for the level "
        "of the last value taken before it; a value is carried until the next one, or to the event "
        "or the end of follow-up, however long that takes. A patient enters at the first value, on "
        "day 0 at the earliest. Cox model with a time-varying covariate, Wald limits (lifelines). "
        "{ties} Unlike the landmark it uses all events after a first value, but a value can be low "
        "because a patient is dying: the ratio is not the effect of changing it.",
        patients=patients(result.n),
        happened=happened(result.endpoint, result.events),
        lost=lost,
        before=before,
        remark=remark,
        ties=sensitivity.TIES,
    )


def summary(result: TimeVarying) -> str:
    """The model in a sentence."""
    told = [f"{level.label} {with_interval(level.ratio, 2)}" for level in result.levels if not level.reference]
    return say(
        "{title}, {of}, hazard ratios against {reference}: {told}.",
        title=TITLE,
        of=_of(result),
        reference=_reference(result),
        told="; ".join(told) or say("none"),
    )


def _reference(result: TimeVarying) -> str:
    return result.factor.level(result.factor.reference).label
