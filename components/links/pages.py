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
from components.links import offered
from components.links.control import Control, OneOf, Value
from components.safety import words as safety
from components.safety.reactions import reactions
from components.treatment import words as treatment
from data.cohort import Cohort
from data.dictionary import Factor
from data.filters import Choice, Filter, Range, filter_from_query
from data.paper.published import published_numbers

Asked = Generator[Control, Value, None]


@dataclass(frozen=True, eq=False)
class Ground:
    """What a page stands on: everybody who can be filtered, the page's population, and whether rows may be shown.

    ``others`` are the populations of the pages that give back panels, by their address, for a page that tells of them.
    """

    everybody: Cohort
    whole: Cohort
    single: bool
    others: Mapping[str, Cohort] = field(default_factory=dict)


def conversation(page: str, ground: Ground) -> Asked:
    """The filter, the conventions, then the controls of the page; a page that is not listed has none of its own."""
    chosen = yield from _filter(ground.everybody)
    yield from _each(offered.INTERVAL, offered.TIES, offered.AT_RISK)
    yield from of_page(page, ground, chosen)


def of_page(page: str, ground: Ground, chosen: Filter) -> Asked:
    """The controls of the page alone, where ``chosen`` filters its patients."""
    if page in PAGES:
        yield from PAGES[page](ground, chosen)


def _filter(cohort: Cohort) -> Generator[Control, Value, Filter]:
    parts: list[Choice | Range] = []
    known = [factor for factor in cohort.dictionary.factors if not factor.post_baseline]
    for control in (offered.levels(cohort, factor) for factor in known):
        if control and (names := (yield control)):
            asked = {control.key: control.texts(names)}
            parts += filter_from_query(asked, cohort.dictionary).filter.parts
    for number in cohort.dictionary.numbers:
        span = offered.span(cohort, number)
        if span and (bounds := (yield span)) != span.default:
            missing = int(cohort.patients[number.key].isna().sum())
            keep = bool(missing) and bool((yield offered.keep_missing(number, missing)))
            low, high = (float(text) for text in span.texts(bounds))
            parts.append(Range(number, low, high, keep_missing=keep))
    return Filter(tuple(parts))


def _each(*controls: Control) -> Asked:
    """Controls on whose answers nothing depends."""
    for control in controls:  # noqa: UP028 - a tuple takes no answers
        yield control


def _one(control: OneOf[Any]) -> Generator[Control, Value, Any]:
    """What the chosen option stands for."""
    return control.meaning(str((yield control)))


def _survival(ground: Ground, _chosen: Filter) -> Asked:
    dictionary = ground.whole.dictionary
    yield offered.endpoint(dictionary)
    factor: Factor | None = yield from _one(offered.compared(dictionary))
    if factor is not None and factor.post_baseline:
        yield offered.landmark(ground.whole, factor)
    yield from _each(*offered.SURVIVAL_VIEW)


def _prognosis(ground: Ground, _chosen: Filter) -> Asked:
    yield offered.endpoint(ground.whole.dictionary)
    yield offered.factors_shown(ground.whole.dictionary)
    yield offered.COUNTED_TO


def _baseline(ground: Ground, chosen: Filter) -> Asked:
    by = yield from _one(offered.compared(ground.whole.dictionary, "columns"))
    yield offered.BASELINE_ROWS
    yield offered.NUMBERS_AS
    difference = offered.difference(columns(chosen.of(ground.whole), by))
    if difference:
        yield difference


def _treatment(ground: Ground, _chosen: Filter) -> Asked:
    measure = ground.whole.dictionary.measure
    part = yield offered.TREATMENT_PART
    if ground.whole.dictionary.none_recorded(*offered.NEEDED.get(str(part), ())):
        return
    yield offered.compared(ground.whole.dictionary, "split", "", known_at_start=True)
    if part in {treatment.DOSE, treatment.TROUGH, treatment.STEROIDS}:
        yield offered.form(single=ground.single, narrow=part == treatment.TROUGH)
    if part == treatment.DOSE:
        yield offered.dose_unit((measure["tacrolimus_per_kg"], measure["tacrolimus"]))
    if part == treatment.TROUGH:
        yield offered.target(measure["trough"])
        yield offered.GAP
    if part == treatment.STEROIDS:
        yield offered.RECEIVING
    if part == treatment.PERSISTENCE:
        yield from _each(*offered.SURVIVAL_VIEW)


def _laboratory(ground: Ground, _chosen: Filter) -> Asked:
    dictionary = ground.whole.dictionary
    measures = dictionary.of_kind("laboratory")
    if not measures:
        return
    yield offered.value(measures)
    yield offered.compared(dictionary, "group", "", known_at_start=True)
    scale = yield from _one(offered.SCALE)
    yield offered.form(single=ground.single, key="drawn", narrow=True)
    if scale == "absolute":
        yield offered.LOGARITHMIC
    yield from _each(offered.LIMITS, offered.PAIRS, offered.APART, offered.MODEL)


def _biomarker(ground: Ground, _chosen: Filter) -> Asked:
    dictionary = ground.whole.dictionary
    if not continuous(dictionary):
        return
    entry = yield from _one(offered.marker(dictionary))
    yield offered.endpoint(dictionary, "of")
    look = yield offered.BIOMARKER_LOOK
    if look == biomarker.CLINICAL and clinical_factor(dictionary, entry):
        yield from _each(*offered.SURVIVAL_VIEW)
    if look == biomarker.HAZARD:
        yield offered.SHAPE
    if look == biomarker.RANKING:
        yield offered.direction(entry)


def _safety(ground: Ground, chosen: Filter) -> Asked:
    dictionary = ground.whole.dictionary
    section = yield offered.SAFETY_SECTION
    if dictionary.none_recorded(*offered.NEEDED.get(str(section), ())):
        return
    if section == safety.COUNTS:
        by = yield from _one(offered.compared(dictionary, "groups", "", known_at_start=True))
        compared = by and columns(chosen.of(ground.whole), by).apart
        yield from _each(*(offered.CELL, offered.SEVERITY) if compared else ())
        yield offered.TERM_LIMIT
    elif section == safety.HISTORY:
        reported = reactions(ground.whole)
        category = yield from _one(offered.category(reported, ground.whole))
        term = offered.term(reported, category, ground.whole)
        if term:
            yield term
        yield offered.SERIOUS
        yield offered.compared(dictionary, "curves", "", known_at_start=True)
    else:
        yield offered.compared(dictionary, "ends", known_at_start=True)


def _evidence(ground: Ground, _chosen: Filter) -> Asked:
    if ground.whole.provenance.kind == "reconstructed":
        yield offered.place(_answerable_places())
        yield offered.MISMATCHES


def _methods(ground: Ground, chosen: Filter) -> Asked:
    """The page that the visitor came from, and what that one asks: its methods follow from nothing else."""
    if not ground.others:
        return
    before = yield offered.came_from(ground.others)
    if before:
        yield from of_page(str(before), replace(ground, whole=ground.others[str(before)]), chosen)


@cache
def _answerable_places() -> tuple[str, ...]:
    return tuple(dict.fromkeys(number.place for number in published_numbers() if not number.reason))


PAGES: Mapping[str, Callable[[Ground, Filter], Asked]] = {
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
