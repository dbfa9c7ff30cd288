"""What each page asks, in the order in which it asks: a later control may depend on what an earlier one was told.

A page is a generator that yields its controls and is sent, for each, what it holds. Whoever drives it decides where the
answers come from: a link, or a test that answers at random.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from components.biomarker import words as biomarker
from components.biomarker.analysis import clinical_factor, continuous
from components.core.columns import columns
from components.links import page_controls
from components.links.control_types import Control, SingleChoice, Value
from components.safety import words as safety
from components.safety.reactions import reactions
from components.treatment import words as treatment
from data.cohort import Cohort
from data.dictionary import Factor
from data.filters import Choice, Filter, Range, filter_from_query
from data.paper.published import published_numbers

Asked = Generator[Control, Value, None]


@dataclass(frozen=True, eq=False)
class PageContext:
    """What a page stands on: everybody who can be filtered, the page's population, and whether rows may be shown.

    ``others`` are the populations of the pages that give back panels, by their address, for a page that tells of them.
    """

    everybody: Cohort
    whole: Cohort
    single: bool
    others: Mapping[str, Cohort] = field(default_factory=dict)


def controls_in_order(page: str, ground: PageContext) -> Asked:
    """The filter, the conventions, then the controls of the page; a page that is not listed has none of its own."""
    chosen = yield from _filter(ground.everybody)
    yield from _each(page_controls.INTERVAL, page_controls.TIES, page_controls.AT_RISK)
    yield from of_page(page, ground, chosen)


def of_page(page: str, ground: PageContext, chosen: Filter) -> Asked:
    """The controls of the page alone, where ``chosen`` filters its patients."""
    if page in PAGES:
        yield from PAGES[page](ground, chosen)


def _filter(cohort: Cohort) -> Generator[Control, Value, Filter]:
    parts: list[Choice | Range] = []
    known = [factor for factor in cohort.dictionary.factors if not factor.post_baseline]
    for control in (page_controls.levels(cohort, factor) for factor in known):
        if control and (names := (yield control)):
            asked = {control.key: control.texts(names)}
            parts += filter_from_query(asked, cohort.dictionary).filter.parts
    for number in cohort.dictionary.numbers:
        span = page_controls.span(cohort, number)
        if span and (bounds := (yield span)) != span.default:
            missing = int(cohort.patients[number.key].isna().sum())
            keep = bool(missing) and bool((yield page_controls.keep_missing(number, missing)))
            low, high = (float(text) for text in span.texts(bounds))
            parts.append(Range(number, low, high, keep_missing=keep))
    return Filter(tuple(parts))


def _each(*controls: Control) -> Asked:
    """Controls on whose answers nothing depends."""
    for control in controls:  # noqa: UP028 - a tuple takes no answers
        yield control


def _one(control: SingleChoice[Any]) -> Generator[Control, Value, Any]:
    """What the chosen option stands for."""
    return control.meaning(str((yield control)))


def _survival(ground: PageContext, _chosen: Filter) -> Asked:
    dictionary = ground.whole.dictionary
    yield page_controls.endpoint(dictionary)
    factor: Factor | None = yield from _one(page_controls.compared(dictionary))
    if factor is not None and factor.post_baseline:
        yield page_controls.landmark(ground.whole, factor)
    yield from _each(*page_controls.SURVIVAL_VIEW)


def _prognosis(ground: PageContext, _chosen: Filter) -> Asked:
    yield page_controls.endpoint(ground.whole.dictionary)
    yield page_controls.factors_shown(ground.whole.dictionary)
    yield page_controls.COUNTED_TO


def _baseline(ground: PageContext, chosen: Filter) -> Asked:
    by = yield from _one(page_controls.compared(ground.whole.dictionary, "columns"))
    yield page_controls.BASELINE_ROWS
    yield page_controls.NUMBERS_AS
    difference = page_controls.difference(columns(chosen.of(ground.whole), by))
    if difference:
        yield difference


def _treatment(ground: PageContext, _chosen: Filter) -> Asked:
    measure = ground.whole.dictionary.measure
    part = yield page_controls.TREATMENT_PART
    if ground.whole.dictionary.none_recorded(*page_controls.NEEDED.get(str(part), ())):
        return
    yield page_controls.compared(ground.whole.dictionary, "split", "", known_at_start=True)
    if part in {treatment.DOSE, treatment.TROUGH, treatment.STEROIDS}:
        yield page_controls.form(single=ground.single, narrow=part == treatment.TROUGH)
    if part == treatment.DOSE:
        yield page_controls.dose_unit((measure["tacrolimus_per_kg"], measure["tacrolimus"]))
    if part == treatment.TROUGH:
        yield page_controls.target(measure["trough"])
        yield page_controls.GAP
    if part == treatment.STEROIDS:
        yield page_controls.RECEIVING
    if part == treatment.PERSISTENCE:
        yield from _each(*page_controls.SURVIVAL_VIEW)


def _laboratory(ground: PageContext, _chosen: Filter) -> Asked:
    dictionary = ground.whole.dictionary
    measures = dictionary.of_kind("laboratory")
    if not measures:
        return
    yield page_controls.value(measures)
    yield page_controls.compared(dictionary, "group", "", known_at_start=True)
    scale = yield from _one(page_controls.SCALE)
    yield page_controls.form(single=ground.single, key="drawn", narrow=True)
    if scale == "absolute":
        yield page_controls.LOGARITHMIC
    yield from _each(page_controls.LIMITS, page_controls.PAIRS, page_controls.APART, page_controls.MODEL)


def _biomarker(ground: PageContext, _chosen: Filter) -> Asked:
    dictionary = ground.whole.dictionary
    if not continuous(dictionary):
        return
    entry = yield from _one(page_controls.marker(dictionary))
    yield page_controls.endpoint(dictionary, "of")
    look = yield page_controls.BIOMARKER_LOOK
    if look == biomarker.CLINICAL and clinical_factor(dictionary, entry):
        yield from _each(*page_controls.SURVIVAL_VIEW)
    if look == biomarker.HAZARD:
        yield page_controls.SHAPE
    if look == biomarker.RANKING:
        yield page_controls.direction(entry)


def _safety(ground: PageContext, chosen: Filter) -> Asked:
    dictionary = ground.whole.dictionary
    section = yield page_controls.SAFETY_SECTION
    if dictionary.none_recorded(*page_controls.NEEDED.get(str(section), ())):
        return
    if section == safety.COUNTS:
        by = yield from _one(page_controls.compared(dictionary, "groups", "", known_at_start=True))
        compared = by and columns(chosen.of(ground.whole), by).apart
        yield from _each(*(page_controls.CELL, page_controls.SEVERITY) if compared else ())
        yield page_controls.TERM_LIMIT
    elif section == safety.HISTORY:
        reported = reactions(ground.whole)
        category = yield from _one(page_controls.category(reported, ground.whole))
        term = page_controls.term(reported, category, ground.whole)
        if term:
            yield term
        yield page_controls.SERIOUS
        yield page_controls.compared(dictionary, "curves", "", known_at_start=True)
    else:
        yield page_controls.compared(dictionary, "ends", known_at_start=True)


def _evidence(ground: PageContext, _chosen: Filter) -> Asked:
    if ground.whole.provenance.kind == "reconstructed":
        yield page_controls.place(_answerable_places())
        yield page_controls.MISMATCHES


def _methods(ground: PageContext, chosen: Filter) -> Asked:
    """The page that the visitor came from, and what that one asks: its methods follow from nothing else."""
    if not ground.others:
        return
    before = yield page_controls.came_from(ground.others)
    if before:
        yield from of_page(str(before), replace(ground, whole=ground.others[str(before)]), chosen)


@cache
def _answerable_places() -> tuple[str, ...]:
    return tuple(dict.fromkeys(number.place for number in published_numbers() if not number.reason))


PAGES: Mapping[str, Callable[[PageContext, Filter], Asked]] = {
    "survival": _survival,
    "prognosis": _prognosis,
    "baseline": _baseline,
    "treatment": _treatment,
    "laboratory": _laboratory,
    "biomarker": _biomarker,
    "safety": _safety,
    "evidence": _evidence,
    "methods": _methods,
}
"""The pages that have controls of their own, by their address."""
