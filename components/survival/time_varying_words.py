"""Words of the model whose covariate changes during follow-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.core.numbers import bare_p, count, decimal, happened, inside, patients, with_interval
from components.core.reason_words import LONG
from components.core.table import Table
from components.survival import sensitivity_words as sensitivity

if TYPE_CHECKING:
    from components.survival.time_varying import TimeVarying

OPEN = "The other correct answer: the value as it changes (time-varying Cox model)"
TITLE = "Hazard by the value last known"
YEAR = 365.25


def table(result: TimeVarying) -> Table:
    """One row a level: who was ever there, for how long, with how many events, and the hazard ratio."""
    events = result.endpoint.events.capitalize()
    columns = (f"{_of(result)}, last value", "Patients ever there", "Years of follow-up there", events,
               "Hazard ratio (95% CI)", "p (Wald)")  # fmt: skip
    rows = tuple(
        (
            level.label,
            count(level.patients),
            decimal(level.days / YEAR, 1),
            count(level.events),
            "reference" if level.reference else with_interval(level.ratio, 2),
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
    rows = ((f"{level.label} against {result.factor.reference}", level) for level in result.sensitivity)
    return sensitivity.second_look(f"{_of(result)}, last value", rows)


def note(result: TimeVarying) -> str:
    """What the model counts, and when."""
    before = (
        f" {count(result.events_before)} of the {result.endpoint.events} happened before a first value and count for "
        "no level."
        if result.events_before
        else ""
    )
    absent = f"{patients(result.unmeasured)} without a value before the end of follow-up left out."
    lost = f" {absent}" if result.unmeasured else ""
    remark = f" {result.endpoint.remark}" if result.endpoint.remark else ""
    return (
        f"{patients(result.n)}, {happened(result.endpoint, result.events)}.{lost}{before}{remark} Every day of "
        "follow-up counts for the level of the last value taken before it; a value is carried until the next one, or "
        "to the event or the end of follow-up, however long that takes. A patient enters at the first value, on day 0 "
        f"at the earliest. Cox model with a time-varying covariate, Wald limits (lifelines). {sensitivity.TIES} Unlike "
        "the landmark it uses all events after a first value, but a value can be low because a patient is dying: the "
        "ratio is not the effect of changing it."
    )


def summary(result: TimeVarying) -> str:
    """The model in a sentence."""
    told = [f"{level.label} {with_interval(level.ratio, 2)}" for level in result.levels if not level.reference]
    return f"{TITLE}, {_of(result)}, hazard ratios against {result.factor.reference}: {'; '.join(told) or 'none'}."
