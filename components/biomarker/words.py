"""Words and tables of the biomarker page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from components.biomarker.hazard_by_value import EVENTS_FOR_CUBIC
from components.core.estimate import Reason
from components.core.markup import LINE, bold
from components.core.numbers import (
    EN_DASH,
    bare_p,
    count,
    decimal,
    happened,
    inside,
    interval,
    joined,
    p_value,
    patients,
    percent,
    with_interval,
    with_unit,
)
from components.core.pale_words import pale_of
from components.core.reason_words import LONG
from components.core.table import Table
from components.survival import sensitivity_words as sensitivity
from components.survival.words import when
from data.language import say

if TYPE_CHECKING:
    from components.biomarker.analysis import CutPoint, Direction, Discrimination
    from components.biomarker.hazard_by_value import HazardByValue, Shape
    from components.core.pale import Pale
    from data.entries import Endpoint, Factor, Measure, Number

VALUE, DIRECTION, SHAPE = say("Baseline value"), say("Risk is expected to rise with"), say("Shape")
DIRECTIONS: Mapping[Direction, str] = {"higher": say("higher values"), "lower": say("lower values")}
SHAPES: Mapping[Shape, str] = {"linear": say("Straight line"), "cubic": say("Cubic spline")}
CLINICAL, HAZARD, RANKING, SEARCH = "clinical", "hazard", "ranking", "search"
TABS = {
    CLINICAL: say("Clinical cut-points"),
    HAZARD: say("Hazard by value"),
    RANKING: say("Discrimination"),
    SEARCH: say("Search for a cut-point"),
}
SEARCH_NOW = say("Search all cut-points")
COMPUTING = say("Drawing bootstrap samples")
CHANCE = say("0.5: no better than chance")
TIME, CUT, CUT_LIMITS = say("Time"), say("cut-point"), say("95% limits of the cut-point")
HAD_EVENT, WITH_EVENT, WITHOUT_EVENT = say("Event"), say("with the event"), say("without the event")
AUC, RATIO, STATISTIC = (
    say("Area under the curve"),
    say("Hazard ratio, log scale"),
    say("Standardized log-rank statistic"),
)


def label(entry: Number | Measure) -> str:
    """The value with its unit."""
    return with_unit(entry.label, entry.unit)


def no_factor(entry: Number | Measure) -> str:
    """That there is no clinical cut-point to group by: the dictionary has none, or nobody was measured."""
    return say(
        "No clinical cut-point of {label} can be used: none is listed, or it is not recorded in this "
        "cohort. The other tabs use the value as it is, which loses nothing.",
        label=inside(entry.label),
    )


def factor_sentence(factor: Factor) -> str:
    """Where the cut-points come from."""
    return say(
        "Groups chosen before looking at the outcome: {levels}.",
        levels=", ".join(level.label for level in factor.levels),
    )


def unmeasured(entry: Number | Measure) -> str:
    """That nobody has a value."""
    return say("{label} at the start is not known for any of these patients.", label=entry.label)


def _told(events: int, endpoint: Endpoint) -> str:
    """How many events there were among the patients just counted, and what is remarked of the endpoint."""
    return f"{say('{happened}.', happened=happened(endpoint, events))} {endpoint.remark}".strip()


def too_little(reason: object, entry: Number | Measure, n: int, events: int, endpoint: Endpoint) -> str:
    """Why nothing is estimated, with the counts."""
    return say(
        "{long} {label}: {patients} with a value, {happened}.",
        long=LONG[reason],  # type: ignore[index]
        label=entry.label,
        patients=patients(n),
        happened=happened(endpoint, events),
    )


def ranking_table(result: Discrimination) -> Table:
    """Area under the curve at each day, and the concordance over the whole time."""
    rows = [
        (say("AUC at {when}", when=when(day)), count(cases), count(controls), with_interval(area, 2))
        for day, cases, controls, area in zip(result.days, result.cases, result.controls, result.auc, strict=True)
    ]
    to_tau = count(result.events_to_tau)
    rows.append(
        (
            say("Uno's concordance to {when}", when=when(result.tau)),
            to_tau,
            EN_DASH,
            with_interval(result.concordance, 2),
        )
    )
    events = say("{events} by then", events=result.endpoint.events.capitalize())
    return Table(
        (say("Chance to rank two patients rightly"), events, say("Still free of it"), say("Value (95% CI)")),
        tuple(rows),
    )


def ranking_title(result: Discrimination) -> str:
    """The title of the areas."""
    return say("{label} at the start and later {event}", label=result.entry.label, event=result.endpoint.event)


ASSUMED = {
    "higher": say("Higher risk assumed with higher values; below 0.5 the opposite is true."),
    "lower": say("Higher risk assumed with lower values; below 0.5 the opposite is true."),
}


def ranking_note(result: Discrimination) -> str:
    """Method of the areas."""
    return say(
        "{told} {assumed} Time-dependent area under the ROC curve: patients with the event by the day against those "
        "free of it after that day; Uno's concordance; both weighted for censoring "
        "(scikit-survival). Limits: percentiles of {resamples} bootstrap samples, seed "
        "{seed}.{perfect}",
        told=_told(result.events, result.endpoint),
        assumed=ASSUMED[result.direction],
        resamples=count(result.resamples),
        seed=result.seed,
        perfect=_perfect(result),
    )


def _perfect(result: Discrimination) -> str:
    """What the limits of a perfect ranking are; blank where there is none."""
    areas = any(area.value in (0, 1) for area in result.auc)
    said = []
    if areas:
        said.append(say("an area of 0 or 1 has Newcombe's limits (2006, method 5)"))
    if result.concordance.value in (0, 1):
        said.append(say("a concordance of 0 or 1 no limit on the other side (NE)"))
    return (
        (" " + say("Every bootstrap sample repeats a perfect ranking: therefore {said}.", said=joined(said)))
        if said
        else ""
    )


def ranking_hover(result: Discrimination, i: int) -> str:
    """What an area says under the pointer."""
    known = say(
        "{happened} by then, {controls} patients still free of it",
        happened=happened(result.endpoint, result.cases[i]),
        controls=count(result.controls[i]),
    )
    return (
        f"{bold(say('AUC at {when}', when=when(result.days[i])))}{LINE}{with_interval(result.auc[i], 2)}{LINE}{known}"
    )


def ranking_summary(result: Discrimination) -> str:
    """The areas in a sentence."""
    cells = ", ".join(f"{row[0]} {row[-1]}" for row in ranking_table(result).rows)
    return f"{ranking_title(result)}: {cells}."


def per(result: HazardByValue) -> str:
    """The step of the hazard ratio: ``each doubling`` or ``19.2 % more``."""
    if result.doubling:
        return say("each doubling")
    return say("{step} {unit} more (one SD)", step=decimal(result.step, result.entry.decimals), unit=result.entry.unit)


def hazard_table(result: HazardByValue) -> Table:
    """The hazard ratio a step, and the test of a curve."""
    rows = [(f"{result.entry.label}, {per(result)}", with_interval(result.ratio, 2), bare_p(result.p))]
    tests = say("p (Wald)")
    if result.p_curved is not None:
        rows.append((say("Cubic spline better than the straight line"), "", bare_p(result.p_curved)))
        tests = say("p (Wald; spline: likelihood ratio)")
    return Table((say("Cox model"), say("Hazard ratio (95% CI)"), tests), tuple(rows))


def hazard_second_look(result: HazardByValue) -> Table:
    """The same ratio without Wald's approximation; no rows where nothing was fitted."""
    look = result.sensitivity
    rows = ((f"{result.entry.label}, {per(result)}", look),) if look else ()
    return sensitivity.second_look(say("Cox model"), rows)


def hazard_title(result: HazardByValue) -> str:
    """The title of the hazard curve."""
    return say(
        "Hazard of {event} by {label} at the start", event=result.endpoint.event, label=inside(result.entry.label)
    )


def pale(before: HazardByValue | None, behind: Pale) -> str:
    """What the pale line is; blank without one."""
    if before is None:
        return ""
    return say(
        "Pale: {name}, against their own median; {events} events.",
        name=inside(pale_of(behind, before.n)),
        events=count(before.events),
    )


def hazard_note(result: HazardByValue) -> str:
    """Method of the hazard curve."""
    line = (
        say("straight line")
        if result.shape == "linear"
        else say("restricted cubic spline, knots at the 10th, 50th and 90th percentile")
    )
    who = _told(result.events, result.endpoint)
    model = say("{line} in the logarithm of the value", line=line) if result.doubling else f"{line}"
    if result.reason:
        return say("{who} Cox model ({model}). {ties}", who=who, model=model, ties=sensitivity.TIES)
    return say(
        "{who} Cox model ({model}), Wald limits (lifelines). {ties} Hazard ratios against the "
        "median, {reference} {unit}. Marks: patients, in the upper row those with the event. Drawn "
        "for the middle 95% of the values.",
        who=who,
        model=model,
        ties=sensitivity.TIES,
        reference=decimal(result.reference, result.entry.decimals),
        unit=result.entry.unit,
    )


def straight_only(result: HazardByValue) -> str:
    """Why a straight line is drawn where a spline was asked for; blank elsewhere."""
    if result.unbent is None:
        return ""
    why = {
        Reason.TOO_FEW_EVENTS: say("it needs {events_for_cubic} events", events_for_cubic=EVENTS_FOR_CUBIC),
        Reason.NO_VARIATION: say("too many patients have the same value"),
        Reason.MONOTONE: say("its likelihood keeps rising without end"),
    }.get(result.unbent, inside(LONG[result.unbent]).rstrip("."))
    return say("The cubic spline cannot be fitted, because {why}: a straight line is drawn.", why=why)


def no_ratio(result: HazardByValue) -> str:
    """Why there is no hazard ratio by Wald, and where to look instead; blank where there is one."""
    if result.reason is None:
        return ""
    return say(
        "{long} The table holds the ratio by profile likelihood and by Firth's penalty.", long=LONG[result.reason]
    )


def hazard_summary(result: HazardByValue) -> str:
    """The curve in a sentence."""
    p = "" if result.p is None else f", {p_value(result.p)}"
    return say(
        "{hazard_title}: hazard ratio for {per} {with_interval}{p}.",
        hazard_title=hazard_title(result),
        per=per(result),
        with_interval=with_interval(result.ratio, 2),
        p=p,
    )


def hazard_hover(result: HazardByValue, row: tuple[float, float, float, float]) -> str:
    """What the curve says under the pointer."""
    value, ratio, low, high = row
    return say(
        "{label}{line}HR {ratio} ({interval})",
        label=bold(f"{result.entry.label} {decimal(value, result.entry.decimals)} {result.entry.unit}"),
        line=LINE,
        ratio=decimal(ratio, 2),
        interval=interval(low, high, 2),
    )


def search_caution(n_cuts: int | None = None) -> str:
    """What a searched cut-point is worth."""
    tried = (
        say(
            "A search tries every cut-point ({n_cuts} cuts) and keeps the most striking one, so an ordinary p-value "
            "would mislead: in data without any relation it falls below 0.05 in almost half of all searches.",
            n_cuts=count(n_cuts),
        )
        if n_cuts
        else say(
            "A search tries every cut-point and keeps the most striking one, so an ordinary p-value would mislead: in "
            "data without any relation it falls below 0.05 in almost half of all searches."
        )
    )
    shown = say(
        "Shown is only the p-value that allows for the search, and how far the cut "
        "moves when the patients are drawn again. Use it to plan a study, not to treat a patient."
    )
    return f"{tried} {shown}"


def search_title(result: CutPoint) -> str:
    """The title of the search."""
    return say(
        "Searched cut-point of {label} for {event}", label=inside(result.entry.label), event=result.endpoint.event
    )


def search_table(result: CutPoint) -> Table:
    """The cut with its interval, the corrected p-values, and both sides."""
    unit, places = result.entry.unit, result.entry.decimals
    cut = with_interval(result.cut, places, unit=f" {unit}" if unit else "")
    rows = (
        (say("Best cut-point: at most, against above (95% bootstrap interval)"), cut),
        (say("Patients and {events} at or below", events=result.endpoint.events), _side(result.below)),
        (say("Patients and {events} above", events=result.endpoint.events), _side(result.above)),
        (say("Corrected p (permutation)"), bare_p(result.p_permutation)),
        (say("Corrected p (Lausen and Schumacher)"), bare_p(result.p_lausen)),
    )
    return Table((say("Maximally selected log-rank statistic"), decimal(result.statistic, 2)), rows)


def _side(side: tuple[int, int]) -> str:
    n, events = side
    return f"{count(n)}, {count(events)} ({percent(events / n)})" if n else "0"


def search_note(result: CutPoint) -> str:
    """Method of the search."""
    return say(
        "{patients}, {happened}. Maximally selected log-rank statistic over all cuts that leave a "
        "tenth of the patients on both sides; p from {permutations} permutations of the outcome, "
        "beside it the approximation of Lausen and Schumacher (1992); interval of the cut from "
        "{resamples} bootstrap samples.",
        patients=patients(result.n),
        happened=happened(result.endpoint, result.events),
        permutations=count(result.permutations),
        resamples=count(result.resamples),
    )


def search_summary(result: CutPoint) -> str:
    """The search in a sentence."""
    places = result.entry.decimals
    return say(
        "{search_title}: {with_interval} {unit}, corrected {p_value}.",
        search_title=search_title(result),
        with_interval=with_interval(result.cut, places),
        unit=result.entry.unit,
        p_value=p_value(result.p_permutation),
    )


def search_hover(result: CutPoint, cut: float, statistic: float) -> str:
    """What a tried cut says under the pointer."""
    return say(
        "cut at {cut} {unit}{line}statistic {statistic}",
        cut=decimal(cut, result.entry.decimals),
        unit=result.entry.unit,
        line=LINE,
        statistic=decimal(statistic, 2),
    )
