"""Words and tables of the treatment page: dose, trough, corticosteroids, persistence, what else was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.core.markup import LINE, bold
from components.core.numbers import EN_DASH, count, decimal, inside, patients
from components.core.share_words import headings, n_percent
from components.core.table import Table
from components.courses.words import FEWEST_JOINED, NOT_JOINED, mean_sd, measured_visits, median_iqr
from data.language import say

if TYPE_CHECKING:
    from components.core.columns import Columns, Share
    from components.courses.analysis import Course
    from components.treatment.concomitant import AtStart, Concomitant, Given
    from components.treatment.taper import Shares, Threshold
    from components.treatment.time_in_range import PatientTime, TimeInRange
    from data.entries import Measure
    from data.levels import Level

DOSE, TROUGH, STEROIDS, PERSISTENCE, OTHER = "dose", "trough", "steroids", "persistence", "other"
TABS = {
    DOSE: say("Dose"),
    TROUGH: say("Trough"),
    STEROIDS: say("Corticosteroids"),
    PERSISTENCE: say("Persistence"),
    OTHER: say("Other immunosuppressants"),
}
GAP = say("Longest gap bridged")
GAP_HELP = say(
    "Between two measurements further apart nobody knows what happened: such intervals do not count "
    "as time in range, and single patients' lines break there."
)
GAPS = (60, 120, 200, 400)
DOSE_UNIT = say("Dose in")
BELOW, WITHIN, ABOVE = say("below"), say("within"), say("above")
PATIENT, SHARE = say("Patient"), say("Patients measured")
RECEIVING = say("Only patients on the drug")
RECEIVING_HELP = say(
    "The paper gives the mean dose of those who take corticosteroids; otherwise 0 mg counts for the others."
)
TIME_TITLE = say("Time within the target range, patient by patient")
CLICK_BAR = say("Click a bar to see everything about this patient.")
TIME_AXIS = say("Days observed, %")


def target(measure: Measure) -> tuple[str, str]:
    """The name of the choice of a target range, and what the labelling says of it where the dictionary does."""
    low, high = measure.normal
    name = say("Target range, {unit}", unit=measure.unit)
    if low is None or high is None:
        return name, say("Both limits belong to it.")
    return name, say(
        "The labelling suggests troughs of {low} to {high} {unit}; both limits belong to it.",
        low=f"{low:g}",
        high=f"{high:g}",
        unit=measure.unit,
    )


def not_listed(drug: Level, measured: Measure | None) -> str:
    """Why a study has no dose and no persistence of a drug of its own."""
    if measured is not None:
        return say("The dose of {drug} is shown as “{measured}”.", drug=drug.label, measured=measured.label)
    return say(
        "No drug is named as the one studied, so neither its dose nor how long it was taken can be shown. Rows of "
        "treatments.csv would name it."
    )


def gap(days: int) -> str:
    """A choice of the longest gap."""
    return say("{days} days", days=decimal(days))


def share_table(result: Course) -> Table:
    """One block a group; at each visit the patients below, within and above the target, out of those measured."""
    if not result.band or not result.series:
        return Table((), ())
    low, high = result.band
    at = measured_visits(result)
    visits = [result.series[0].points[v].visit for v in at]
    rows: list[tuple[str, ...]] = []
    for series in result.series:
        points = [series.points[v] for v in at]
        rows.append((say("{label}, measured", label=series.label), *(count(point.measured) for point in points)))
        parts = (
            (say("below {low}", low=f"{low:g}"), [point.below for point in points]),
            (say("{low} to {high}", low=f"{low:g}", high=f"{high:g}"), [point.within for point in points]),
            (say("above {high}", high=f"{high:g}"), [point.above for point in points]),
        )
        rows += [(label, *map(_share, shares)) for label, shares in parts]
    strong = frozenset(range(0, len(rows), 4))
    caption = say(
        "{label} against the target {low} to {high} {unit}: patients (%)",
        label=result.measure.label,
        low=f"{low:g}",
        high=f"{high:g}",
        unit=result.measure.unit,
    )
    return Table(
        (say("Group"), *(v.label for v in visits)), tuple(rows), caption, strong, frozenset(range(len(rows))) - strong
    )


def _share(share: Share | None) -> str:
    return n_percent(share) if share is not None and share.of else EN_DASH


def time_table(result: TimeInRange) -> Table:
    """One row a group: patients with an interval, days, percentage of time within the range."""
    columns = (
        say("Group"),
        say("Patients"),
        say("With time in range"),
        say("Intervals too long"),
        say("Days observed"),
        say("Time within, mean ± SD, %"),
        say("median (IQR), %"),
        say("All days together, %"),
    )
    rows = tuple(
        (
            group.label,
            count(group.n),
            count(group.percent.n),
            count(group.gaps),
            count(round(group.days)),
            mean_sd(group.percent, 1),
            median_iqr(group.percent, 1),
            EN_DASH if group.pooled.value is None else decimal(group.pooled.value, 1),
        )
        for group in result.series
    )
    return Table(columns, rows)


def time_note(result: TimeInRange) -> str:
    """What time in range means here."""
    return say(
        "Time in range (Rosendaal): between two consecutive measurements of a patient the {label} is "
        "taken to move in a straight line, and the days on which this line lies within {low} to "
        "{high} {unit} count. Intervals of more than {longest_gap} days are not bridged and do not "
        "count. Each bar is a patient with at least one such interval.",
        label=inside(result.measure.label),
        low=f"{result.low:g}",
        high=f"{result.high:g}",
        unit=result.measure.unit,
        longest_gap=decimal(result.longest_gap),
    )


def time_hover(patient: PatientTime) -> str:
    """What a patient's bar says under the pointer."""
    parts = ((WITHIN, patient.within), (BELOW, patient.below), (ABOVE, patient.above))
    shares = ", ".join(f"{decimal(100 * days / patient.days)}% {name}" for name, days in parts)
    return say(
        "{patient}, {label}{line}{shares}{line}of {days} days",
        patient=bold(patient.patient),
        label=patient.label,
        line=LINE,
        shares=shares,
        days=decimal(round(patient.days)),
    )


def time_summary(result: TimeInRange) -> str:
    """The bars in a paragraph."""
    groups = [
        say(
            "{label}: {patients} with time in range, median {median_iqr}% within",
            label=g.label,
            patients=patients(g.percent.n),
            median_iqr=median_iqr(g.percent, 1),
        )
        for g in result.series
    ]
    return say(
        "{label} within {low} to {high} {unit}. {groups}.",
        label=result.measure.label,
        low=f"{result.low:g}",
        high=f"{result.high:g}",
        unit=result.measure.unit,
        groups="; ".join(groups),
    )


def no_time(result: TimeInRange) -> str:
    """Why there are no bars."""
    return say(
        "No patient has two measurements of the {label} within {longest_gap} days, so that no time "
        "in range can be given.",
        label=inside(result.measure.label),
        longest_gap=decimal(result.longest_gap),
    )


def threshold(entry: Threshold, unit: str) -> str:
    """``≤ 7.5 mg/day``."""
    return f"{entry.comparison} {entry.value:g} {unit}"


def taper_table(result: Shares) -> Table:
    """One block a group; at each visit the patients beyond each threshold, out of those with a dose."""
    rows: list[tuple[str, ...]] = []
    for k, label in enumerate(result.groups.labels):
        of = result.rows[0][k] if result.rows else ()
        rows.append((say("{label}, with a dose", label=label), *(count(share.of) for share in of)))
        rows += [
            (threshold(entry, result.measure.unit), *(_share(share) for share in result.rows[t][k]))
            for t, entry in enumerate(result.thresholds)
        ]
    each = len(result.thresholds) + 1
    strong = frozenset(range(0, len(rows), each))
    visits = (visit.label for visit in result.visits)
    caption = say("{label}: patients (%) at or beyond a dose", label=result.measure.label)
    return Table((say("Group"), *visits), tuple(rows), caption, strong, frozenset(range(len(rows))) - strong)


def taper_title(group_title: str) -> str:
    """``Taper of corticosteroids by subtype``."""
    if group_title:
        return say("Taper of corticosteroids by {group_title}", group_title=inside(group_title))
    return say("Taper of corticosteroids")


def no_doses() -> str:
    """That nobody has a dose."""
    return say("No dose of corticosteroids is recorded for these patients.")


def taper_note(result: Shares) -> str:
    """Whom the shares are out of."""
    of = (
        say("patients on corticosteroids")
        if result.receiving_only
        else say("patients with a recorded dose, 0 mg included")
    )
    few = any(0 < share.of < FEWEST_JOINED for threshold in result.rows for group in threshold for share in group)
    said = say(
        "Percent of {of} at the visit; nothing is carried forward. Under each plot: the patients it is out of.", of=of
    )
    return f"{said} {NOT_JOINED}" if few else said


def share_hover(label: str, visit: str, text: str, share: Share) -> str:
    """What a share's point says under the pointer."""
    return say(
        "{label}, {visit}{line}{text}: {n_percent} of {patients}",
        label=bold(label),
        visit=visit,
        line=LINE,
        text=text,
        n_percent=n_percent(share),
        patients=patients(share.of),
    )


def taper_summary(result: Shares) -> str:
    """The shares in a paragraph."""
    parts = []
    for t, entry in enumerate(result.thresholds):
        for k, label in enumerate(result.groups.labels):
            known = [
                f"{visit.label} {n_percent(share)}"
                for visit, share in zip(result.visits, result.rows[t][k], strict=True)
                if share.of
            ]
            parts.append(f"{label} {threshold(entry, result.measure.unit)}: {', '.join(known) or say('not measured')}")
    return say("{label}, patients (%) by visit. {parts}.", label=result.measure.label, parts="; ".join(parts))


def concomitant_table(result: Concomitant) -> Table:
    """Treatment at the start and drugs given later, patients (%) by column."""
    rows: list[tuple[str, ...]] = [(say("At the {day_0}", day_0=result.analysed.day_0), *_blank(result.columns))]
    rows += [(start_label(entry), *map(n_percent, entry.shares)) for entry in result.at_start]
    later = len(rows)
    rows.append((say("Given on any day"), *_blank(result.columns)))
    for given in result.given:
        what = given_label(given)
        rows.append((what, *map(n_percent, given.shares)))
        if any(times > share.n for times, share in zip(given.times, given.shares, strict=True)):
            rows.append((say("{what}, times in all", what=what), *map(count, given.times)))
    if not result.given:
        rows.append((say("No other drug is recorded by day"), *_blank(result.columns)))
    inner = frozenset(range(len(rows))) - {0, later}
    return Table((say("Patients (%)"), *headings(result.columns)), tuple(rows), "", frozenset({0, later}), inner)


def start_label(entry: AtStart) -> str:
    """``Corticosteroids``; of a factor with several levels also which it is."""
    return entry.factor.label if len(entry.factor.levels) == 2 else f"{entry.factor.label}: {entry.level.label}"


def given_label(given: Given) -> str:
    """``Cyclophosphamide started``; the pulse of a drug that is called one already: ``Methylprednisolone pulse``."""
    drug = given.drug.label[0].upper() + given.drug.label[1:]
    if given.action.word in given.drug.word.lower():
        return drug
    return say("{drug} {action}", drug=drug, action=given.action.label)


def _blank(columns: Columns) -> tuple[str, ...]:
    return ("",) * len(columns.labels)


def breaks(gap_: int) -> str:
    """Where single patients' lines of troughs end."""
    return say("A patient's line breaks where two values lie more than {gap} days apart.", gap=decimal(gap_))


def concomitant_note() -> str:
    """Where the counts come from."""
    return say(
        "At the start: as recorded for the patient, out of those for whom it is recorded. On any "
        "day: from the treatment changes, where a day is known; a drug begun before that may "
        "stand only in the first part. How often something was given is shown where anybody had it "
        "more than once."
    )
