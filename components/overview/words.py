"""Words of the overview: who the patients are and what happened to them, in one screen."""

from __future__ import annotations

from components.baseline.analysis import Baseline, FactorRows
from components.baseline.rounded import rounded_baseline
from components.core.columns import Share
from components.core.estimate import Estimate, Reason
from components.core.groups import ALL
from components.core.markup import LINE, bold, coloured
from components.core.numbers import (
    DAYS_PER_MONTH,
    count,
    decimal,
    inside,
    joined,
    patients,
    percent,
    share_percent,
    with_unit,
)
from components.core.pale import Pale
from components.core.reason_words import SHORT
from components.core.rounded import rounded_share
from components.core.share_words import FEWEST_FOR_PERCENT, joined_labels
from components.core.small_counts import hiding
from components.courses.analysis import Course, Point
from components.courses.words import FIRST_BY_MONTHS
from components.overview.flow import Flow, PopulationStep, VisitStep
from components.safety.reactions import Reactions
from components.survival.analysis import Survival
from components.survival.rounded import rounded_survival
from data.cohort import Provenance
from data.entries import Visit
from data.language import say
from data.levels import NOT_PERFORMED, Level

COMPOSITION, FLOW, REACTIONS = (
    say("Subtype and antibodies"),
    say("From enrolment to two years"),
    say("Most frequent adverse reactions"),
)
TO_BASELINE, TO_SURVIVAL, TO_TREATMENT, TO_SAFETY = (
    say("All characteristics at the start"),
    say("Curves, numbers at risk, comparisons"),
    say("Doses, troughs, reasons to stop"),
    say("All reactions, deaths, discontinuations"),
)
INVENTED = say(
    "{value} The cohort was rebuilt so that it gives back the numbers published of the "
    "post-marketing surveillance; see Evidence for how well it does.",
    value=bold(say("No row is a real patient.")),
)
FOLLOWED, LEFT, DIED = say("followed"), say("left"), say("died")
TAKING = say("taking it")
IN_POPULATION, SHARE = say("in the population"), say("Patients")
NOT_TESTED, NOT_RECORDED = say("Not tested"), say("not recorded")
COMPOSITION_NOTE = say("Bars: shares of the patients shown; antibodies with those not tested.")
FLOW_NOTE = say(
    "Followed: into the window of the visit; left: follow-up ended alive before it. Deaths and losses add up."
)
TAPER_NOTE = say("Mean of the patients taking it at each visit; nothing is carried forward.")
FREQUENT_NOTE = say("A patient counts once in each category; filled: with a serious reaction of it.")
NO_COMPOSITION = say("Neither subtype nor antibodies are recorded in this cohort.")
PATIENTS, WOMEN, AGE, ALIVE, UNPROGRESSED, REACTED = (
    say("Patients"),
    say("Women"),
    say("Age, years"),
    say("Alive at 2 years"),
    say("Progression-free at 2 years"),
    say("With an adverse reaction"),
)


def pale(behind: Pale) -> str:
    """What is drawn pale."""
    return say("Pale: {name}.", name=inside(behind.name))


def composition_title(table: Baseline) -> str:
    """The title of the first card: subtype and antibodies, or, where it has neither, that it describes the start."""
    factors = [row.variable for row in table.rows if isinstance(row, FactorRows)]
    known = not factors or any(factor.tested or factor.key == "subtype" for factor in factors)
    return COMPOSITION if known else say("Characteristics at the start")


def introduction(provenance: Provenance, drug: Level) -> str:
    """Who these patients are, whom ``drug`` was given, and whether they exist."""
    if provenance.kind == "imported":
        if provenance.installed:
            return say("These are the patients of this installation’s cohort, “{name}”.", name=provenance.name)
        name = provenance.name  # of what disease they are, the files do not say
        return say("These are the patients of your own cohort, “{name}”. They stay in this session.", name=name)
    disease = say(
        "Interstitial pneumonia in polymyositis (PM), clinically amyopathic dermatomyositis (CADM) and "
        "classic dermatomyositis (DM), treated with {drug} and followed for two years.",
        drug=drug.label,
    )
    return f"{disease} {INVENTED}"


def figures_in_short(
    table: Baseline, survivals: tuple[Survival, ...], reacted: Share | None
) -> tuple[tuple[str, str, str], ...]:
    """The numbers at the top: label, number, and out of what, or that nothing is recorded."""
    if hiding():
        table, survivals = rounded_baseline(table), tuple(map(rounded_survival, survivals))
        reacted = None if reacted is None else rounded_share(reacted)
    by_role = {result.endpoint.role: result for result in survivals}
    told = any(row.variable.key == "sex" for row in table.rows)
    women = table.share("sex", "female", ALL) if told else None
    age = table.summary("age", ALL)
    number = SHORT[age.mean.reason] if age.mean.reason else decimal(age.mean.value or 0, 1)
    spread = say("± {value} SD", value=decimal(age.sd.value, 1)) if age.sd.value is not None else ""
    return (
        (PATIENTS, count(table.columns.n[0]), say("safety population")),
        (WOMEN, _share(women), _of(women)) if women else (WOMEN, NOT_RECORDED, ""),
        (AGE, number, spread),
        _outcome(ALIVE, by_role.get("death"), say("died on any day")),
        _outcome(UNPROGRESSED, by_role.get("progression"), say("had an event")),
        (REACTED, _share(reacted), _of(reacted)) if reacted else (REACTED, NOT_RECORDED, ""),
    )


def _outcome(label: str, result: Survival | None, what: str) -> tuple[str, str, str]:
    if result is None:
        return label, NOT_RECORDED, ""
    number = _estimate(result.curves[0].at[-1]) if result.curves else SHORT[Reason.NO_PATIENTS]
    return label, number, say("{events} of {n} {what}", events=count(result.events), n=count(result.n), what=what)


def _share(share: Share) -> str:
    if hiding():
        share = rounded_share(share)
        return percent(share.n / share.of, 0) if share.n and share.of >= FEWEST_FOR_PERCENT else count(share.n)
    return percent(share.n / share.of) if share.of else SHORT[share.percent.reason] if share.percent.reason else ""


def _of(share: Share) -> str:
    return say("{n} of {of}", n=count(share.n), of=count(share.of))


def _estimate(found: Estimate) -> str:
    return share_percent(found, alone=True)


def part_inside(level: Level, share: Share) -> str:
    """What stands in a part of a bar, if it is wide enough for it."""
    name = part_name(level)
    room = share.n / share.of if share.of else 0
    full = f"{name} {count(share.n)}"
    return full if room > 0.0225 * len(full) + 0.03 else count(share.n) if room > 0.06 else ""


def part_name(level: Level) -> str:
    """Whose part of a bar it is."""
    return NOT_TESTED if level == NOT_PERFORMED else level.label


def part_hover(variable: str, level: Level, share: Share) -> str:
    """What a part of a bar says."""
    name = part_name(level)
    return f"{bold(variable)}{LINE}{name}: {_of(share)} ({_share(share)})"


def known(tested: Share, level: Level, n: int) -> str:
    """At the right of a bar: how many were tested, and how many of them had the first level."""
    return say("{n} of {n_2} tested {level}", n=count(n), n_2=count(tested.n), level=inside(level.label))


def composition_summary(table: Baseline) -> str:
    """The bars in a paragraph."""
    parts = []
    for row in table.rows:
        shares = [(line.level.label, line.shares[0]) for line in getattr(row, "levels", ()) if line.role != "performed"]
        listed = joined([f"{level} {count(share.n)}" for level, share in shares])
        parts.append(f"{row.variable.label}: {listed}.")
    return " ".join(parts)


def population_name(step: PopulationStep) -> str:
    """The name of a step before treatment."""
    return f"{step.population.label[0].upper()}{step.population.label[1:]}"


def population_number(step: PopulationStep) -> str:
    """How many remain, and how many do not; that is not said where small counts are hidden."""
    gone = 0 if hiding() else len(step.left_out)
    return f"{count(step.n)} ({decimal(-gone)})" if gone else count(step.n)


def visit_number(step: VisitStep, died: int, left: int, colours: tuple[str, str]) -> str:
    """Still followed, and in the colours of the bar how many ``died`` and ``left`` until then."""
    gone = [
        coloured(f"{count(n)} {word}", shade)
        for n, word, shade in zip((left, died), (LEFT, DIED), colours, strict=True)
        if n
    ]
    return ", ".join([f"{count(step.followed)} {FOLLOWED}", *gone])


def visit_hover(step: VisitStep) -> str:
    """Why those who left did so."""
    reasons = [f"{joined_labels(names) or say('reason not recorded')}: {count(n)}" for names, n in step.reasons]
    head = say(
        "{label}{line}{patients} followed, {seen} seen",
        label=bold(step.visit.label),
        line=LINE,
        patients=patients(step.followed),
        seen=count(step.seen),
    )
    if hiding():
        return head
    return LINE.join(
        [head, *([say("Died since the visit before: {died}", died=count(step.died))] if step.died else []), *reasons]
    )


def flow_summary(result: Flow) -> str:
    """The flow in a paragraph."""
    steps = [f"{step.population.label}: {count(step.n)}" for step in result.populations]
    visits = [f"{inside(step.visit.label)}: {count(step.followed)}" for step in result.visits]
    return say("{steps}. Still followed at {visits}.", steps=joined(steps), visits=joined(visits))


def survival_note(result: Survival) -> str:
    """How a small set of curves was computed, and where they stand at two years."""
    at = "; ".join(f"{curve.label} {_estimate(curve.at[-1])}" for curve in result.curves)
    return say("Kaplan-Meier estimate, without its limits. At 2 years: {at}.", at=at)


def survival_title(result: Survival) -> str:
    """The title of a small set of curves."""
    return result.endpoint.label


def taper_title(result: Course) -> str:
    """The title of the steroid course."""
    return with_unit(result.measure.label, result.measure.unit)


def taper_hover(point: Point) -> str:
    """What a visit of the steroid course says."""
    found = point.values
    mean = mean_of(point)
    if found.sd.value is not None:
        mean = say("{mean} ± {value} (SD)", mean=mean, value=decimal(found.sd.value, 1))
    return f"{bold(point.visit.label)}{LINE}{mean}, {patients(found.n)}"


def mean_of(point: Point) -> str:
    """The mean at a visit, blank where nobody was measured."""
    return "" if point.values.mean.value is None else decimal(point.values.mean.value, 1)


def taper_axis() -> str:
    """The title of the time axis."""
    return say("Mean by month of the visit; below it, patients")


def visit_tick(visit: Visit) -> str:
    """A visit under a small axis of months: ``0``, ``1 wk``, ``12``."""
    if 0 < visit.day < FIRST_BY_MONTHS:
        return say("{number} wk", number=decimal(visit.day / 7))
    return months_of(visit)


def months_of(visit: Visit) -> str:
    """The visit's nominal day in whole months."""
    return decimal(visit.day / DAYS_PER_MONTH)


def taper_counts(point: Point) -> str:
    """How many a mean speaks of."""
    return say("n {n}", n=count(point.values.n))


def taper_summary(result: Course) -> str:
    """The course in a sentence."""
    points = result.series[0].points if result.series else ()
    parts = [f"{p.visit.label} {mean_of(p)} ({taper_counts(p)})" for p in points if p.values.n]
    return say("{taper_title}, mean: {parts}.", taper_title=taper_title(result), parts=joined(parts))


def not_measured(result: Course) -> str:
    """What is said when no dose is recorded."""
    return say("{label} was not recorded in these patients.", label=result.measure.label)


def reactions_title(result: Reactions) -> str:
    """The title of the small bars of reactions."""
    return REACTIONS if result.columns.n[0] else say("Adverse reactions")
