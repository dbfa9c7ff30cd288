"""Words and tables of the biomarker page."""

from __future__ import annotations

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
from components.core.reason_words import LONG
from components.core.table import Table
from components.survival import sensitivity_words as sensitivity
from components.survival.words import when

if TYPE_CHECKING:
    from components.biomarker.analysis import CutPoint, Direction, Discrimination
    from components.biomarker.hazard_by_value import HazardByValue, Shape
    from data.dictionary import Endpoint, Factor, Measure, Number

VALUE, DIRECTION, SHAPE = "Baseline value", "Risk is expected to rise with", "Shape"
DIRECTIONS: dict[str, Direction] = {"higher values": "higher", "lower values": "lower"}
SHAPES: dict[str, Shape] = {"Straight line": "linear", "Cubic spline": "cubic"}
CLINICAL, HAZARD, RANKING, SEARCH = "Clinical cut-points", "Hazard by value", "Discrimination", "Search for a cut-point"
TABS = (CLINICAL, HAZARD, RANKING, SEARCH)
SEARCH_NOW = "Search all cut-points"
COMPUTING = "Drawing bootstrap samples"
CHANCE = "0.5: no better than chance"
TIME, CUT_LIMITS = "Time", "95% limits of the cut-point"
HAD_EVENT, WITH_EVENT, WITHOUT_EVENT = "Event", "with the event", "without the event"
AUC, RATIO, STATISTIC = "Area under the curve", "Hazard ratio, log scale", "Standardized log-rank statistic"


def label(entry: Number | Measure) -> str:
    """The value with its unit."""
    return with_unit(entry.label, entry.unit)


def no_factor(entry: Number | Measure) -> str:
    """That there is no clinical cut-point to group by: the dictionary has none, or nobody was measured."""
    return (
        f"No clinical cut-point of {inside(entry.label)} can be used: none is listed, or it is not recorded in this "
        "cohort. The other tabs use the value as it is, which loses nothing."
    )


def factor_sentence(factor: Factor) -> str:
    """Where the cut-points come from."""
    return f"Groups chosen before looking at the outcome: {', '.join(factor.levels)}."


def unmeasured(entry: Number | Measure) -> str:
    """That nobody has a value."""
    return f"{entry.label} at the start is not known for any of these patients."


def of_whom(n: int, events: int, unknown: int, endpoint: Endpoint) -> str:
    """Patients, events, and those without a value."""
    missing = f"; {patients(unknown)} without a value left out" if unknown else ""
    return f"{patients(n)}, {happened(endpoint, events)}{missing}. {endpoint.remark}".strip()


def too_little(reason: object, entry: Number | Measure, n: int, events: int, endpoint: Endpoint) -> str:
    """Why nothing is estimated, with the counts."""
    return f"{LONG[reason]} {entry.label}: {patients(n)} with a value, {happened(endpoint, events)}."  # type: ignore[index]


def ranking_table(result: Discrimination) -> Table:
    """Area under the curve at each day, and the concordance over the whole time."""
    rows = [
        (f"AUC at {when(day)}", count(cases), count(controls), with_interval(area, 2))
        for day, cases, controls, area in zip(result.days, result.cases, result.controls, result.auc, strict=True)
    ]
    to_tau = count(result.events_to_tau)
    rows.append((f"Uno's concordance to {when(result.tau)}", to_tau, EN_DASH, with_interval(result.concordance, 2)))
    events = f"{result.endpoint.events.capitalize()} by then"
    return Table(("Chance to rank two patients rightly", events, "Still free of it", "Value (95% CI)"), tuple(rows))


def ranking_title(result: Discrimination) -> str:
    """The title of the areas."""
    return f"{result.entry.label} at the start and later {result.endpoint.event}"


def ranking_note(result: Discrimination) -> str:
    """Method of the areas."""
    return (
        f"{of_whom(result.n, result.events, result.unknown, result.endpoint)} "
        f"Higher risk assumed with {result.direction} values; below 0.5 the opposite is true. Time-dependent area "
        "under the ROC curve: patients with the event by the day against those free of it after that day; Uno's "
        "concordance; both weighted for censoring (scikit-survival). Limits: percentiles of "
        f"{count(result.resamples)} bootstrap samples, seed {result.seed}.{_perfect(result)}"
    )


def _perfect(result: Discrimination) -> str:
    """What the limits of a perfect ranking are; blank where there is none."""
    areas = any(area.value in (0, 1) for area in result.auc)
    said = []
    if areas:
        said.append("an area of 0 or 1 has Newcombe's limits (2006, method 5)")
    if result.concordance.value in (0, 1):
        said.append("a concordance of 0 or 1 no limit on the other side (NE)")
    return f" Every bootstrap sample repeats a perfect ranking: therefore {joined(said)}." if said else ""


def ranking_hover(result: Discrimination, i: int) -> str:
    """What an area says under the pointer."""
    known = (
        f"{happened(result.endpoint, result.cases[i])} by then, {count(result.controls[i])} patients still free of it"
    )
    return f"{bold(f'AUC at {when(result.days[i])}')}{LINE}{with_interval(result.auc[i], 2)}{LINE}{known}"


def ranking_summary(result: Discrimination) -> str:
    """The areas in a sentence."""
    cells = ", ".join(f"{row[0]} {row[-1]}" for row in ranking_table(result).rows)
    return f"{ranking_title(result)}: {cells}."


def per(result: HazardByValue) -> str:
    """The step of the hazard ratio: ``each doubling`` or ``19.2 % more``."""
    if result.doubling:
        return "each doubling"
    return f"{decimal(result.step, result.entry.decimals)} {result.entry.unit} more (one SD)"


def hazard_table(result: HazardByValue) -> Table:
    """The hazard ratio a step, and the test of a curve."""
    rows = [(f"{result.entry.label}, {per(result)}", with_interval(result.ratio, 2), bare_p(result.p))]
    tests = "p (Wald)"
    if result.p_curved is not None:
        rows.append(("Cubic spline better than the straight line", "", bare_p(result.p_curved)))
        tests = "p (Wald; spline: likelihood ratio)"
    return Table(("Cox model", "Hazard ratio (95% CI)", tests), tuple(rows))


def hazard_second_look(result: HazardByValue) -> Table:
    """The same ratio without Wald's approximation; no rows where nothing was fitted."""
    look = result.sensitivity
    rows = ((f"{result.entry.label}, {per(result)}", look),) if look else ()
    return sensitivity.second_look("Cox model", rows)


def hazard_title(result: HazardByValue) -> str:
    """The title of the hazard curve."""
    return f"Hazard of {result.endpoint.event} by {inside(result.entry.label)} at the start"


def hazard_note(result: HazardByValue) -> str:
    """Method of the hazard curve."""
    line = (
        "straight line"
        if result.shape == "linear"
        else "restricted cubic spline, knots at the 10th, 50th and 90th percentile"
    )
    who = of_whom(result.n, result.events, result.unknown, result.endpoint)
    model = f"{line}{' in the logarithm of the value' if result.doubling else ''}"
    if result.reason:
        return f"{who} Cox model ({model}). {sensitivity.TIES}"
    return (
        f"{who} Cox model ({model}), Wald limits (lifelines). {sensitivity.TIES} "
        f"Hazard ratios against the median, {decimal(result.reference, result.entry.decimals)} "
        f"{result.entry.unit}. Marks: patients, in the upper row those with the event. Drawn for the middle 95% of "
        "the values."
    )


def straight_only(result: HazardByValue) -> str:
    """Why a straight line is drawn where a spline was asked for; blank elsewhere."""
    if result.unbent is None:
        return ""
    why = {
        Reason.TOO_FEW_EVENTS: f"it needs {EVENTS_FOR_CUBIC} events",
        Reason.NO_VARIATION: "too many patients have the same value",
        Reason.MONOTONE: "its likelihood keeps rising without end",
    }.get(result.unbent, inside(LONG[result.unbent]).rstrip("."))
    return f"The cubic spline cannot be fitted, because {why}: a straight line is drawn."


def no_ratio(result: HazardByValue) -> str:
    """Why there is no hazard ratio by Wald, and where to look instead; blank where there is one."""
    if result.reason is None:
        return ""
    return f"{LONG[result.reason]} The table holds the ratio by profile likelihood and by Firth's penalty."


def hazard_summary(result: HazardByValue) -> str:
    """The curve in a sentence."""
    p = "" if result.p is None else f", {p_value(result.p)}"
    return f"{hazard_title(result)}: hazard ratio for {per(result)} {with_interval(result.ratio, 2)}{p}."


def hazard_hover(result: HazardByValue, row: tuple[float, float, float, float]) -> str:
    """What the curve says under the pointer."""
    value, ratio, low, high = row
    return (
        f"{bold(f'{result.entry.label} {decimal(value, result.entry.decimals)} {result.entry.unit}')}{LINE}"
        f"HR {decimal(ratio, 2)} ({interval(low, high, 2)})"
    )


def search_caution(n_cuts: int | None = None) -> str:
    """What a searched cut-point is worth."""
    tried = f" ({count(n_cuts)} cuts)" if n_cuts else ""
    return (
        f"A search tries every cut-point{tried} and keeps the most striking one, so an ordinary p-value would mislead: "
        "in data without any relation it falls below 0.05 in almost half of all searches. Shown is only the p-value "
        "that allows for the search, and how far the cut moves when the patients are drawn again. Use it to plan a "
        "study, not to treat a patient."
    )


def search_title(result: CutPoint) -> str:
    """The title of the search."""
    return f"Searched cut-point of {inside(result.entry.label)} for {result.endpoint.event}"


def search_table(result: CutPoint) -> Table:
    """The cut with its interval, the corrected p-values, and both sides."""
    unit, places = result.entry.unit, result.entry.decimals
    cut = with_interval(result.cut, places, unit=f" {unit}" if unit else "")
    rows = (
        ("Best cut-point: at most, against above (95% bootstrap interval)", cut),
        (f"Patients and {result.endpoint.events} at or below", _side(result.below)),
        (f"Patients and {result.endpoint.events} above", _side(result.above)),
        ("Corrected p (permutation)", bare_p(result.p_permutation)),
        ("Corrected p (Lausen and Schumacher)", bare_p(result.p_lausen)),
    )
    return Table(("Maximally selected log-rank statistic", decimal(result.statistic, 2)), rows)


def _side(side: tuple[int, int]) -> str:
    n, events = side
    return f"{count(n)}, {count(events)} ({percent(events / n)})" if n else "0"


def search_note(result: CutPoint) -> str:
    """Method of the search."""
    return (
        f"{patients(result.n)}, {happened(result.endpoint, result.events)}. Maximally selected log-rank statistic "
        "over all cuts that leave a tenth of the patients on both sides; p from "
        f"{count(result.permutations)} permutations of the outcome, beside it the approximation of Lausen and "
        f"Schumacher (1992); interval of the cut from {count(result.resamples)} bootstrap samples."
    )


def search_summary(result: CutPoint) -> str:
    """The search in a sentence."""
    places = result.entry.decimals
    return (
        f"{search_title(result)}: {with_interval(result.cut, places)} {result.entry.unit}, corrected "
        f"{p_value(result.p_permutation)}."
    )


def search_hover(result: CutPoint, cut: float, statistic: float) -> str:
    """What a tried cut says under the pointer."""
    return f"cut at {decimal(cut, result.entry.decimals)} {result.entry.unit}{LINE}statistic {decimal(statistic, 2)}"
