"""Words of the page about one patient."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.core.markup import LINE, bold
from components.core.numbers import count, decimal, inside, joined, months
from components.core.share_words import joined_labels
from data.language import say

if TYPE_CHECKING:
    from components.patient.history import Change, History
    from components.safety.reported import Report
    from data.cohort import Provenance
    from data.entries import Measure

CHOOSE, CHOOSE_HINT = say("Patient"), say("Choose a patient")
CHOOSE_HELP = say(
    "The patient chosen here is highlighted on the Treatment and Laboratory pages until you clear this field."
)
ROSTER = say("Patients to choose from")
COLUMNS = (
    say("Patient"),
    say("Age"),
    say("Sex"),
    say("Subtype"),
    say("Followed, days"),
    say("Progression, day"),
    say("Death, day"),
)
PROGRESSION, DEATH, LAST = say("progression"), say("death"), say("last seen")
LANES, TARGET = say("Records"), say("Target range")
REACTION, SERIOUS = say("adverse reaction"), say("serious adverse reaction")
HEADER = ("subtype", "sex", "ct_pattern", "onset", "anti_mda5", "anti_ars", "anti_jo1")
"""The characteristics of the header line, after the age."""


def axis(result: History) -> str:
    """The title of the axis of time."""
    return say("Months since {day_0}", day_0=result.analysed.day_0)


def stopped(result: History) -> str:
    """That the drug studied was stopped, beside the line of its day."""
    return say("{drug} stopped", drug=result.analysed.drug)


def none_chosen() -> str:
    """What the page says before a patient is chosen."""
    return say(
        "Choose a patient above, in the list below, or by a click on a single course on Treatment or Laboratory."
    )


def filtered_away(patient: str) -> str:
    """That the patient followed is not among those shown."""
    return say("{patient} does not meet the conditions of the filter, or is not in this population.", patient=patient)


def hidden() -> str:
    """Why an imported cohort's patients are not shown."""
    return say(
        "Single patients of an imported cohort stay hidden until you decide otherwise: anybody who "
        "sees your screen could recognise a person by a rare course."
    )


def header(result: History) -> str:
    """The patient in a line: ``62 years, female, CADM, anti-MDA5 antibody positive``."""
    age = result.number("age")
    parts = [say("{age} years", age=decimal(age))] if age is not None else []
    for factor, level in result.levels:
        if factor.key in HEADER:
            told = f"{inside(factor.label)} {inside(level.label)}" if factor.tested else level.label
            parts.append(told if factor.tested or level.label[1:2].isupper() else inside(level.label))
    return ", ".join(parts) if parts else say("Nothing is recorded about the start of treatment")


def title(result: History) -> str:
    """The title of the figure."""
    return say("Patient {patient}", patient=result.patient)


def ending(result: History) -> str:
    """How follow-up ended."""
    if result.death_day is not None:
        day = count(result.death_day)
        if not result.causes:
            return say("Died on day {death_day}.", death_day=day)
        return say(
            "Died on day {death_day} of {causes}.",
            death_day=day,
            causes=inside(joined_labels(result.causes)),
        )
    return say(
        "Alive when last seen on day {last_day} (month {months}).",
        last_day=count(result.last_day),
        months=months(result.last_day),
    )


def caveat(patient: str, provenance: Provenance) -> str:
    """What the row stands for."""
    if provenance.kind == "reconstructed":
        return say(
            "{patient} is not a person: the row was made so that the whole cohort gives the "
            "published numbers back, and no single course was ever observed.",
            patient=patient,
        )
    return say("Data of a single patient: treat them as such.")


def note() -> str:
    """How to read the figure."""
    return say(
        "All values by day, joined by straight lines. Grey dashes: reference limits; tinted: the "
        "target range of the trough. Axes hold the middle 95% of all patients' values and whatever "
        "this patient adds. Diamonds: serious adverse reactions; circles: others. Triangle: start of "
        "a drug; cross: stop; star: pulse. Squares: findings, filled where present."
    )


def course_name(measure: Measure) -> str:
    """The name of a row of the figure, its unit under it unless the name begins with it."""
    name = bold(measure.label)
    return name if measure.label.startswith(measure.unit) else f"{name}{LINE}{measure.unit}"


def value_hover(measure: Measure, day: int, value: float) -> str:
    """What a value says under the pointer."""
    unit = f" {measure.unit}" if measure.unit else ""
    return f"{bold(measure.label)}{LINE}{when(day)}: {decimal(value, measure.decimals)}{unit}"


def when(day: int) -> str:
    """``day 91 (month 3.0)``."""
    return say("day {day} (month {months})", day=count(day), months=months(day))


def report_hover(report: Report) -> str:
    """What a reaction says under the pointer."""
    kind = SERIOUS if report.serious else REACTION
    ended = f", {inside(report.outcome)}" if report.outcome else ""
    return f"{bold(report.term)} ({report.category}){LINE}{when(report.day or 0)}: {kind}{ended}"


def change_hover(change: Change) -> str:
    """What a change of treatment says under the pointer."""
    why = f"{LINE}{joined_labels(change.reasons)}" if change.reasons else ""
    return f"{bold(change.drug.label.capitalize())}: {change.action.label}{LINE}{when(change.day)}{why}"


def change_row(change: Change) -> str:
    """The name of a drug's line."""
    return change.drug.label.capitalize()


def finding_hover(measure: Measure, day: int, value: float) -> str:
    """What a finding says under the pointer."""
    return (
        say("{label}{line}{when}: yes", label=bold(measure.label), line=LINE, when=when(day))
        if value
        else say("{label}{line}{when}: no", label=bold(measure.label), line=LINE, when=when(day))
    )


def undated(result: History) -> str:
    """Reactions that cannot be drawn; blank when all can."""
    lost = [report.term for report in result.reports if report.day is None]
    return say("Without a recorded day: {lost}.", lost=joined(lost)) if lost else ""


def summary(result: History) -> str:
    """The figure in a paragraph."""
    told = [
        say(
            "{label} {values} on day {days}, {values_2} on day {days_2} ({days_3} values)",
            label=course.measure.label,
            values=decimal(float(course.values[0]), course.measure.decimals),
            days=count(int(course.days[0])),
            values_2=decimal(float(course.values[-1]), course.measure.decimals),
            days_2=count(int(course.days[-1])),
            days_3=count(len(course.days)),
        )
        for course in result.courses
        if course.measure.kind != "finding"
    ]
    reactions = joined(
        [
            say("{term} on day {day}", term=report.term, day=report.day)
            for report in result.reports
            if report.day is not None
        ]
    )
    progressed = (
        ""
        if result.progression_day is None
        else (" " + say("Progression on day {progression_day}.", progression_day=count(result.progression_day)))
    )
    return say(
        "{title}: {header}. {told}. Adverse reactions: {reactions}.{progressed} {ending}",
        title=title(result),
        header=header(result),
        told="; ".join(told),
        reactions=reactions or say("none"),
        progressed=progressed,
        ending=ending(result),
    )
