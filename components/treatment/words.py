"""Words and tables of the treatment page: dose, trough, corticosteroids, persistence, what else was given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.core.markup import LINE, bold
from components.core.numbers import EN_DASH, count, decimal, inside, patients
from components.core.share_words import headings, n_percent
from components.core.table import Table
from components.courses.words import mean_sd, measured_visits, median_iqr

if TYPE_CHECKING:
    from components.core.columns import Columns, Share
    from components.courses.analysis import Course
    from components.treatment.concomitant import Concomitant, Given
    from components.treatment.taper import Shares, Threshold
    from components.treatment.time_in_range import PatientTime, TimeInRange

DOSE, TROUGH, STEROIDS, PERSISTENCE, OTHER = (
    "Tacrolimus dose",
    "Trough",
    "Corticosteroids",
    "Persistence",
    "Other immunosuppressants",
)
TABS = (DOSE, TROUGH, STEROIDS, PERSISTENCE, OTHER)
TARGET, TARGET_HELP = (
    "Target range, ng/mL",
    "The labelling suggests troughs of 5 to 10 ng/mL; both limits belong to it.",
)
GAP = "Longest gap bridged"
GAP_HELP = (
    "Between two measurements further apart nobody knows what happened: such intervals do not count as time in range, "
    "and single patients' lines break there."
)
GAPS = (60, 120, 200, 400)
DOSE_UNIT = "Dose in"
BELOW, WITHIN, ABOVE = "below", "within", "above"
PATIENT, SHARE = "Patient", "Patients measured"
RECEIVING = "Only patients on the drug"
RECEIVING_HELP = (
    "The paper gives the mean dose of those who take corticosteroids; otherwise 0 mg counts for the others."
)
TIME_TITLE = "Time within the target range, patient by patient"
CLICK_BAR = "Click a bar to see everything about this patient."
TIME_AXIS = "Days observed, %"


def gap(days: int) -> str:
    """A choice of the longest gap."""
    return f"{count(days)} days"


def target_text(low: float, high: float, unit: str) -> str:
    """``5–10 ng/mL``."""
    return f"{low:g}{EN_DASH}{high:g} {unit}"


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
        rows.append((f"{series.label}, measured", *(count(point.measured) for point in points)))
        parts = ((f"below {low:g}", "below"), (f"{low:g} to {high:g}", "within"), (f"above {high:g}", "above"))
        rows += [(label, *(_share(getattr(point, name)) for point in points)) for label, name in parts]
    strong = frozenset(range(0, len(rows), 4))
    caption = f"{result.measure.label} against the target {low:g} to {high:g} {result.measure.unit}: patients (%)"
    return Table(
        ("Group", *(v.label for v in visits)), tuple(rows), caption, strong, frozenset(range(len(rows))) - strong
    )


def _share(share: Share | None) -> str:
    return n_percent(share) if share is not None and share.of else EN_DASH


def time_table(result: TimeInRange) -> Table:
    """One row a group: patients with an interval, days, percentage of time within the range."""
    columns = ("Group", "Patients", "With time in range", "Intervals too long", "Days observed",
               "Time within, mean ± SD, %", "median (IQR), %", "All days together, %")  # fmt: skip
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
    return (
        f"Time in range (Rosendaal): between two consecutive measurements of a patient the "
        f"{inside(result.measure.label)} is taken to move in a straight line, and the days on which this line lies "
        f"within {result.low:g} to "
        f"{result.high:g} {result.measure.unit} count. Intervals of more than {count(result.longest_gap)} days are not "
        "bridged and do not count. "
        "Each bar is a patient with at least one such interval."
    )


def time_hover(patient: PatientTime) -> str:
    """What a patient's bar says under the pointer."""
    parts = ((WITHIN, patient.within), (BELOW, patient.below), (ABOVE, patient.above))
    shares = ", ".join(f"{decimal(100 * days / patient.days)}% {name}" for name, days in parts)
    return f"{bold(patient.patient)}, {patient.label}{LINE}{shares}{LINE}of {count(round(patient.days))} days"


def time_summary(result: TimeInRange) -> str:
    """The bars in a paragraph."""
    groups = [
        f"{g.label}: {patients(g.percent.n)} with time in range, median {median_iqr(g.percent, 1)}% within"
        for g in result.series
    ]
    return (
        f"{result.measure.label} within {result.low:g} to {result.high:g} {result.measure.unit}. {'; '.join(groups)}."
    )


def no_time(result: TimeInRange) -> str:
    """Why there are no bars."""
    return (
        f"No patient has two measurements of the {inside(result.measure.label)} within "
        f"{count(result.longest_gap)} days, so that no time in range can be given."
    )


def threshold(entry: Threshold, unit: str) -> str:
    """``≤ 7.5 mg/day``."""
    return f"{entry.comparison} {entry.value:g} {unit}"


def taper_table(result: Shares) -> Table:
    """One block a group; at each visit the patients beyond each threshold, out of those with a dose."""
    rows: list[tuple[str, ...]] = []
    for k, label in enumerate(result.groups.labels):
        of = result.rows[0][k] if result.rows else ()
        rows.append((f"{label}, with a dose", *(count(share.of) for share in of)))
        rows += [
            (threshold(entry, result.measure.unit), *(_share(share) for share in result.rows[t][k]))
            for t, entry in enumerate(result.thresholds)
        ]
    each = len(result.thresholds) + 1
    strong = frozenset(range(0, len(rows), each))
    visits = (visit.label for visit in result.visits)
    caption = f"{result.measure.label}: patients (%) at or beyond a dose"
    return Table(("Group", *visits), tuple(rows), caption, strong, frozenset(range(len(rows))) - strong)


def taper_title(group_title: str) -> str:
    """``Taper of corticosteroids by subtype``."""
    return "Taper of corticosteroids" + (f" by {inside(group_title)}" if group_title else "")


def no_doses() -> str:
    """That nobody has a dose."""
    return "No dose of corticosteroids is recorded for these patients."


def taper_note(result: Shares) -> str:
    """Whom the shares are out of."""
    of = "patients on corticosteroids" if result.receiving_only else "patients with a recorded dose, 0 mg included"
    return f"Percent of {of} at the visit; nothing is carried forward. Under each plot: the patients it is out of."


def share_hover(label: str, visit: str, text: str, share: Share) -> str:
    """What a share's point says under the pointer."""
    return f"{bold(label)}, {visit}{LINE}{text}: {n_percent(share)} of {patients(share.of)}"


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
            parts.append(f"{label} {threshold(entry, result.measure.unit)}: {', '.join(known) or 'not measured'}")
    return f"{result.measure.label}, patients (%) by visit. {'; '.join(parts)}."


def concomitant_table(result: Concomitant) -> Table:
    """Treatment at the start and drugs given later, patients (%) by column."""
    rows: list[tuple[str, ...]] = [("At the start of tacrolimus", *_blank(result.columns))]
    for entry in result.at_start:
        label = entry.factor.label if len(entry.factor.levels) == 2 else f"{entry.factor.label}: {entry.level}"
        rows.append((label, *map(n_percent, entry.shares)))
    later = len(rows)
    rows.append(("Given on any day", *_blank(result.columns)))
    for given in result.given:
        what = _given(given)
        rows.append((what, *map(n_percent, given.shares)))
        if any(times > share.n for times, share in zip(given.times, given.shares, strict=True)):
            rows.append((f"{what}, times in all", *map(count, given.times)))
    if not result.given:
        rows.append(("No other drug is recorded by day", *_blank(result.columns)))
    inner = frozenset(range(len(rows))) - {0, later}
    return Table(("Patients (%)", *headings(result.columns)), tuple(rows), "", frozenset({0, later}), inner)


def _given(given: Given) -> str:
    """``Cyclophosphamide started``; the pulse of a drug that is called one already: ``Methylprednisolone pulse``."""
    drug = given.drug[0].upper() + given.drug[1:]
    if given.action == "start":
        return f"{drug} started"
    return drug if given.action in given.drug.lower() else f"{drug} {given.action}"


def _blank(columns: Columns) -> tuple[str, ...]:
    return ("",) * len(columns.labels)


def breaks(gap_: int) -> str:
    """Where single patients' lines of troughs end."""
    return f"A patient's line breaks where two values lie more than {count(gap_)} days apart."


def concomitant_note() -> str:
    """Where the counts come from."""
    return (
        "At the start: as recorded for the patient, out of those for whom it is recorded. On any day: from the "
        "treatment changes, where a day is known; a drug begun before tacrolimus may stand only in the first part. How "
        "often something was given is told where anybody had it more than once."
    )
