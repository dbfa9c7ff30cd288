"""Words and tables of courses: doses, troughs and laboratory values over the visits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from components.core.estimate import Reason
from components.core.markup import LINE, bold
from components.core.numbers import (
    EN_DASH,
    MINUS,
    any_of,
    count,
    decimal,
    inside,
    joined,
    patients,
    with_interval,
    with_unit,
)
from components.core.reason_words import SHORT
from components.core.table import Table
from data.language import say

if TYPE_CHECKING:
    from components.core.summary import Summary
    from components.courses.analysis import Course, Point, Scale, Series
    from components.courses.mixed_course import MixedCourse
    from data.entries import Measure, Number, Visit

Form = Literal["mean", "median", "single"]
FORMS: Mapping[Form, str] = {
    "mean": say("Mean ± SD"),
    "median": say("Median (IQR)"),
    "single": say("Single patients"),
}
FORM = say("Shown as")
SCALES: Mapping[Scale, str] = {
    "absolute": say("Value"),
    "change": say("Change"),
    "percent change": say("Change in %"),
}
SCALE = say("Scale")
SHOWN_VALUE, ALL_VALUES = say("Value"), say("All values")
LOGARITHMIC, LIMITS, PAIRS, APART, MODEL = (
    say("Logarithmic axis"),
    say("Reference limits"),
    say("Only patients measured on day 0 and at the visit"),
    say("Those who died or left drawn apart"),
    say("Mean course of a mixed model"),
)
LOG_HELP = say("Only for values themselves: changes may be negative.")
PAIRS_HELP = say("At each visit the patients who also have a value on day 0, so that the same people are compared.")
APART_HELP = say(
    "Splits each group into patients followed into the last visit's window and those who died or left before."
)
MODEL_HELP = say(
    "Uses every patient's own level to allow for those who are no longer measured. Offered where at "
    "least 20 patients of a group were measured twice or more."
)
DEPARTED, STAYED = say("died or left"), say("stayed")
FEWEST_JOINED = 4
"""Means of fewer patients than this are points, not a course: they are not joined."""
NOT_JOINED = say("Points of fewer than four patients are not joined.")
CLICK_LINE = say("Click a point of a single patient's line to see everything about this patient.")
MEASURED = say("measured")
VISIT = say("Visit")
TARGET = say("Target range")
MODEL_LIMITS = say("95% limits of the model")
MODELLING = say("Fitting the mixed model")
LOWER_LIMIT, UPPER_LIMIT = say("lower limit of normal"), say("upper limit of normal")


FIRST_BY_MONTHS = 14
"""The day from which narrow axes count in months; before it they count in weeks."""


def ticks(visits: Sequence[Visit]) -> tuple[str, ...]:
    """Visits as ticks of a wide axis, the unit where it begins: ``Week 1``, ``Month 1``, ``3``, ``6``."""
    heads = [visit.label.rpartition(" ")[0] for visit in visits]
    return tuple(
        visit.label.removeprefix(f"{head} ") if head and i and head == heads[i - 1] else visit.label
        for i, (visit, head) in enumerate(zip(visits, heads, strict=True))
    )


def short_tick(visit: Visit) -> str:
    """A visit as a tick of a narrow axis: ``1w`` for a week, ``3m`` for months."""
    if visit.day < FIRST_BY_MONTHS:
        return "0" if not visit.day else say("{day}w", day=round(visit.day / 7))
    return say("{day}m", day=decimal(visit.day * 12 / 365.25))


def measure_title(measure: Measure, scale: Scale = "absolute") -> str:
    """The measure with its unit on the chosen scale: ``KL-6, change from day 0, %``."""
    what = quantity(measure, scale)
    unit = "%" if scale == "percent change" else measure.unit
    return with_unit(what, unit) if scale == "absolute" else f"{what}, {unit}"


def with_limits(title: str, limits: Sequence[str]) -> str:
    """The title of an axis with what its dashed lines are, named there because bars would hide a name on the line."""
    return say("{title}{line}dashed: {list}", title=title, line=LINE, list=joined(list(limits))) if limits else title


def places_of(measure: Measure, scale: Scale) -> int:
    """Decimals in print: those of the measure, one for percentages."""
    return 1 if scale == "percent change" else measure.decimals


def absent(values: Summary) -> str:
    """What stands where values have no numbers: a dash for none, or that they are withheld."""
    return SHORT[Reason.WITHHELD] if values.n else EN_DASH


def mean_sd(values: Summary, places: int) -> str:
    """``78.0 ± 19.2``; the mean alone from a single value, a dash from none."""
    found = values.distribution
    if not values.median.known:
        return absent(values)
    mean = decimal(found.mean, places)
    return mean if found.n == 1 else f"{mean} ± {decimal(found.sd, places)}"


def median_iqr(values: Summary, places: int) -> str:
    """``781 (444–1640)``; a dash from no value."""
    found = values.distribution
    if not values.median.known:
        return absent(values)
    ends = decimal(found.q1, places), decimal(found.q3, places)
    return f"{decimal(found.median, places)} ({(say(' to ') if '−' in ''.join(ends) else EN_DASH).join(ends)})"


def described(values: Summary, form: Form, places: int) -> str:
    """Mean ± SD or median (IQR), as the form asks; medians beside single patients."""
    return mean_sd(values, places) if form == "mean" else median_iqr(values, places)


def spread_name(form: Form) -> str:
    """What the bars of the points are."""
    return say("SD") if form == "mean" else say("quartiles")


def quantity(measure: Measure, scale: Scale) -> str:
    """What is measured, without its unit: ``KL-6, change from day 0``."""
    return measure.label if scale == "absolute" else say("{label}, change from day 0", label=measure.label)


def unit(measure: Measure, scale: Scale) -> str:
    """The unit of what is drawn."""
    return "%" if scale == "percent change" else measure.unit


def point_hover(series: Series, point: Point, form: Form, places: int) -> str:
    """What a point says under the pointer: the numbers, and everybody who is not in them."""
    missed = point.followed - point.measured
    absent = [
        f"{count(n)} {why}"
        for n, why in (
            (missed, say("followed but not measured")),
            (point.died, say("died before")),
            (point.left, say("left before")),
        )
        if n
    ]
    return say(
        "{label}, {label_2}{line}{described}{line}{patients} of {n} measured",
        label=bold(series.label),
        label_2=point.visit.label,
        line=LINE,
        described=described(point.values, form, places),
        patients=patients(point.measured),
        n=count(series.n),
    ) + (f"{LINE}{joined(absent)}" if absent else "")


def kept_or_left(series: Series, *, departed: bool, alone: bool) -> str:
    """Whose line it is where those who died or left are drawn apart: ``CADM, stayed``; without groups ``Stayed``."""
    what = DEPARTED if departed else STAYED
    return what.capitalize() if alone else f"{series.label}, {what}"


def measured_row(*, departed: bool) -> str:
    """The row of numbers under a plot, where those who died or left are drawn apart."""
    return DEPARTED if departed else STAYED


def line_hover(patient: str, day: int, value: float, places: int, unit: str) -> str:
    """What a single patient's value says under the pointer."""
    number = f"{value:.{places}f}".replace("-", MINUS)  # thousands of points: the quick way, and nothing is printed
    return say(
        "{patient}{line}day {day}: {number} {unit}", patient=bold(patient), line=LINE, day=day, number=number, unit=unit
    ).rstrip()


def course_table(result: Course) -> Table:
    """One block a group; at each visit the patients measured, mean ± SD and median (IQR)."""
    at = measured_visits(result)
    places = places_of(result.measure, result.scale)
    rows: list[tuple[str, ...]] = []
    for series in result.series:
        points = [series.points[v] for v in at]
        rows.append((f"{series.label}, {patients(series.n)}", *("" for _ in at)))
        rows.append((say("{measured} (of those followed)", measured=MEASURED), *(_of(point) for point in points)))
        if result.only_pairs:
            rows.append((say("day 0 of the same, mean ± SD"),
                         *(mean_sd(p.before, places_of(result.measure, "absolute")) if p.before else EN_DASH
                           for p in points)))  # fmt: skip
        rows.append((say("mean ± SD"), *(mean_sd(point.values, places) for point in points)))
        rows.append((say("median (IQR)"), *(median_iqr(point.values, places) for point in points)))
        rows.append((say("range"), *(spanned(point.values, places) for point in points)))
    each = 6 if result.only_pairs else 5
    strong = frozenset(range(0, len(rows), each))
    inner = frozenset(range(len(rows))) - strong
    caption = measure_title(result.measure, result.scale)
    visits = [result.series[0].points[v].visit.label for v in at]
    return Table((say("Group"), *visits), tuple(rows), caption, strong, inner)


def courses_table(results: Sequence[Course]) -> Table:
    """The tables of several measurements under each other, with the visits that any of them has."""
    tables = [course_table(result) for result in results if measured_visits(result)]
    return under_each_other(tables, results, say("Measurement and group"))


def under_each_other(tables: Sequence[Table], results: Sequence[Course], heading: str) -> Table:
    """The ``tables`` of several measurements as one, with the visits that any of them has; captions head the blocks."""
    planned = dict.fromkeys(point.visit.label for result in results for point in result.series[0].points)
    visits = [label for label in planned if any(label in table.columns for table in tables)]
    rows: list[tuple[str, ...]] = []
    strong: set[int] = set()
    for table in tables:
        at = [table.columns.index(label) if label in table.columns else None for label in visits]
        for i, row in enumerate(table.rows):
            head = i in table.strong
            strong |= {len(rows)} if head else set()
            blank = "" if head else EN_DASH
            name = f"{table.caption}: {row[0]}" if head else row[0]
            rows.append((name, *(blank if place is None else row[place] for place in at)))
    inner = frozenset(range(len(rows))) - strong
    return Table((heading, *visits), tuple(rows), "", frozenset(strong), inner)


def measured_visits(result: Course) -> list[int]:
    """The positions of the visits at which anyone has a value."""
    found = [{v for v, point in enumerate(series.points) if point.measured} for series in result.series]
    return sorted(set().union(*found))


def _of(point: Point) -> str:
    return say("{measured} of {followed}", measured=count(point.measured), followed=count(point.followed))


def spanned(values: Summary, places: int) -> str:
    """Smallest to largest value; a dash from none, or where they are withheld."""
    low, high = values.minimum.value, values.maximum.value
    if low is None or high is None:
        return EN_DASH
    ends = decimal(low, places), decimal(high, places)
    return (say(" to ") if "−" in "".join(ends) else EN_DASH).join(ends)


def model_table(result: MixedCourse) -> Table:
    """The modelled means with their limits, one row a group."""
    visits = result.series[0].visits if result.series else ()
    places = places_of(result.measure, result.scale)
    rows = tuple(
        (series.label, count(series.patients), *(with_interval(value, places) for value in series.means))
        if not series.reason
        else (series.label, count(series.patients), *(SHORT[series.reason] for _ in visits))
        for series in result.series
    )
    kind = say("geometric mean") if result.logarithmic else say("mean")
    return Table(
        (say("Group"), say("Patients"), *(v.label for v in visits)),
        rows,
        say("Modelled {kind} (95% limits)", kind=kind),
    )


def unmeasured_notice(measure: Measure, n: int) -> str:
    """That nobody has a value."""
    return say("{label} was not measured in {n}.", label=measure.label, n=any_of(n))


def course_summary(result: Course) -> str:
    """The figure in one paragraph, for readers who cannot see it."""
    places = places_of(result.measure, result.scale)
    groups = []
    for series in result.series:
        known = [point for point in series.points if point.described]
        values = [
            say(
                "{label} {mean_sd} (n = {measured})",
                label=p.visit.label,
                mean_sd=mean_sd(p.values, places),
                measured=count(p.measured),
            )
            for p in known
        ]
        groups.append(f"{series.label}: {', '.join(values) or say('not measured')}")
    return say(
        "{measure_title}, mean ± SD by visit. {groups}.",
        measure_title=measure_title(result.measure, result.scale),
        groups="; ".join(groups),
    )


def _marks(form: Form, *, modelled: bool, crowded: bool) -> str:
    if form == "single":
        return say("Thin lines: single patients; thick line: median.")
    if modelled:
        return say("Points: means of those measured.") if form == "mean" else say("Points: medians of those measured.")
    bars = say("one standard deviation") if form == "mean" else say("quartiles (SAS definition 5)")
    return (
        say("Bars: {bars}, left out where more than three lines share a small plot.", bars=bars)
        if crowded
        else say("Bars: {bars}.", bars=bars)
    )


def _departed(how: str) -> str:
    return say(
        "{how}: patients who died or left before the last visit's window; the others stayed until then.", how=how
    )


def _any_few(result: Course, *, apart: bool) -> bool:
    shown = (*result.stayed, *result.departed) if apart else result.series
    return any(0 < point.measured < FEWEST_JOINED for series in shown for point in series.points)


def course_note(
    result: Course, form: Form, *, apart: bool, model: MixedCourse | None = None, small: bool = False
) -> str:
    """How the numbers came about."""
    crowded = small and len(result.groups.labels) * (1 + apart) > 3
    parts = [
        say("Visits stand at equal distances; at each, the value nearest the nominal day within its window counts."),
        say("Among those measured; nothing is carried forward."),
        _marks(form, modelled=model is not None, crowded=crowded),
        *((NOT_JOINED,) if _any_few(result, apart=apart) else ()),
    ]
    if result.scale != "absolute":
        parts.append(say("Change from the patient's own value on day 0; without one a patient is left out."))
    if result.only_pairs:
        parts.append(say("Only patients who also have a value on day 0."))
    if result.receiving_only:
        parts.append(say("Only patients who receive the drug (dose above 0)."))
    if small:
        parts.append(say("Under each plot: the patients measured."))
    if apart:
        parts.append(_departed(say("Open circles") if model and form != "single" else say("Dotted with open circles")))
    if model:
        parts.append(model_sentence(model))
    return " ".join(parts)


def model_sentence(result: MixedCourse) -> str:
    """What the mixed model assumes."""
    of = say("the logarithm of the value") if result.logarithmic else say("the value")
    return say(
        "Band: linear mixed model of {of} with a mean for each visit and a random intercept for each "
        "patient, one model a group, fitted by restricted maximum likelihood (statsmodels); 95% "
        "limits of the mean. It allows for patients who stop being measured only as far as their "
        "earlier values foretell it.",
        of=of,
    )


def unknown_level(title: str, n: int) -> str:
    """That no patient's group is known."""
    return say("{title} is not known for {n}.", title=title, n=any_of(n))


def nothing_measured() -> str:
    """That the study holds no value of any measurement of the page."""
    return say("No laboratory value is recorded in this cohort.")


def multiples_title(group_title: str) -> str:
    """``Laboratory values by subtype``."""
    if not group_title:
        return say("Laboratory values")
    return say("Laboratory values by {group_title}", group_title=inside(group_title))


def course_title(measure: Measure, scale: Scale, group_title: str) -> str:
    """``KL-6 by subtype``."""
    label, group = measure.label, inside(group_title)
    if scale == "absolute":
        return say("{measure} by {group_title}", measure=label, group_title=group) if group_title else label
    if not group_title:
        return say("{measure} from day 0, change", measure=label)
    return say("{measure} from day 0, change by {group_title}", measure=label, group_title=group)


def not_measured_here(missing: Sequence[Measure | Number]) -> str:
    """The values that nobody in the study has, and where a file would bring them."""
    names = joined([entry.label for entry in missing])
    return say("Nothing is recorded of {names}; rows of measurements.csv would bring it.", names=names)
