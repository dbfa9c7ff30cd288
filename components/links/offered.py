"""Every control of the dashboard: what it offers and what it holds at first. The widgets are drawn from these."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import cast
from weakref import WeakKeyDictionary

import numpy as np

from components.baseline import words as baseline
from components.biomarker import words as biomarker
from components.biomarker.analysis import Direction, continuous, expected
from components.biomarker.hazard_by_value import Shape
from components.core import control_words as controls
from components.core import page_words
from components.core.columns import Columns
from components.core.method import AtRisk, Interval, Ties
from components.core.missing_words import each_missing
from components.courses import words as courses
from components.courses.analysis import Scale
from components.evidence import words as evidence
from components.links.control import Look, OneOf, Several, Span, Switch, Whole, one_of
from components.safety import first_reaction_words as first_reaction
from components.safety import reactions_words as counted
from components.safety import words as safety
from components.safety.reactions import Reactions
from components.survival.analysis import TWO_YEARS
from components.survival.landmark import earliest_landmark
from components.survival.words import when
from components.treatment import words as treatment
from data.cohort import Cohort
from data.dictionary import Dictionary, Endpoint, Factor, Measure, Number
from data.filters import KEEP_MISSING
from data.variables import DICTIONARY

LAST_LANDMARK = 548
"""A landmark leaves half a year to look at before the two years end."""

TIMES = (91, 183, 365, 548, TWO_YEARS, 1095)
LONGEST_RANGE = 20.0

# The filter


_FILTERS: WeakKeyDictionary[Cohort, dict[str, Several | Span | None]] = WeakKeyDictionary()
"""What the filter offers of a cohort, for as long as somebody keeps that cohort: every click asks for all of it."""


def levels(cohort: Cohort, factor: Factor) -> Several | None:
    """The levels that somebody has, and last not having one; None where nothing is recorded of anybody."""
    kept = _FILTERS.setdefault(cohort, {})
    if factor.key not in kept:
        codes = cohort.codes(factor)
        options = [level for k, level in enumerate(factor.levels) if (codes == k).any()]
        options += [factor.missing] if (codes < 0).any() else []
        kept[factor.key] = (
            Several(
                factor.key,
                tuple(options),
                look=Look(factor.label, widget="pills" if factor.always else "usual", where="sidebar"),
            )
            if options
            else None
        )
    return cast("Several | None", kept[factor.key])


def span(cohort: Cohort, number: Number) -> Span | None:
    """From the smallest to the largest value, in whole numbers; None where there are no two different values."""
    kept = _FILTERS.setdefault(cohort, {})
    if number.key not in kept:
        values = cohort.patients[number.key].to_numpy(dtype=float)
        known = values[~np.isnan(values)]
        if not len(known) or known.min() == known.max():
            kept[number.key] = None
        else:
            ends = (float(np.floor(known.min())), float(np.ceil(known.max())))
            kept[number.key] = Span(
                number.key, *ends, ends, look=Look(f"{number.label}, {number.unit}", where="sidebar")
            )
    return cast("Span | None", kept[number.key])


def keep_missing(number: Number, missing: int) -> Switch:
    """Whether the ``missing`` patients without the number stay when a range of it is chosen."""
    label = page_words.keep_missing(missing)
    return Switch(f"{number.key}{KEEP_MISSING}", look=Look(label, widget="checkbox", where="sidebar"))


# The conventions

INTERVAL: OneOf[tuple[Interval, str]] = one_of(
    "interval", controls.INTERVALS, lambda pair: pair[1], look=Look(controls.INTERVAL, where="sidebar", width=400)
)
TIES: OneOf[tuple[Ties, str]] = one_of(
    "ties", controls.TIES_OPTIONS, lambda pair: pair[1], look=Look(controls.TIES, where="sidebar", width=400)
)
AT_RISK: OneOf[tuple[AtRisk, str]] = one_of(
    "atrisk", controls.AT_RISK_OPTIONS, lambda pair: pair[1], look=Look(controls.AT_RISK, where="sidebar", width=400)
)

# What several pages ask


def endpoint(dictionary: Dictionary, key: str = "endpoint") -> OneOf[Endpoint]:
    """The endpoints of the dictionary."""
    look = Look(controls.ENDPOINT, endpoints_missing(dictionary), width=222)
    return one_of(key, dictionary.endpoints, lambda entry: entry.label, look=look)


def endpoints_missing(dictionary: Dictionary) -> str:
    """Which endpoints are not offered, and what would bring them; blank where all are."""
    return each_missing(entry for entry in dictionary.not_recorded if isinstance(entry, Endpoint))


def compared(
    dictionary: Dictionary, key: str = "by", start: str = "subtype", *, known_at_start: bool = False, width: int = 255
) -> OneOf[Factor | None]:
    """The factors whose levels may be compared, None for all patients together; at first the factor ``start``."""
    options: list[Factor | None] = [None]
    options += [factor for factor in dictionary.factors if not (known_at_start and factor.post_baseline)]
    first = next((i for i, entry in enumerate(options) if entry is not None and entry.key == start), 0)
    look = Look(controls.COMPARE, width=width)
    return one_of(key, options, lambda factor: factor.label if factor else controls.NOTHING, first, look)


def landmark(cohort: Cohort, factor: Factor) -> Whole:
    """The landmark days of a factor known only after the start, at first the earliest."""
    first = earliest_landmark(cohort, factor)
    return Whole("landmark", first, LAST_LANDMARK, first, Look(controls.LANDMARK, controls.LANDMARK_HELP, width=210))


UNTIL = one_of("until", controls.UNTIL_OPTIONS, str, look=Look(controls.UNTIL, widget="segments"))
COUNTED: OneOf[bool] = OneOf(
    "counted",
    tuple(zip(controls.COUNTED_OPTIONS, (False, True), strict=True)),
    look=Look(controls.COUNTED, widget="segments"),
)
COUNTED_TO: OneOf[int | None] = OneOf(
    "horizon",
    tuple(zip(controls.COUNTED_TO_OPTIONS, (None, TWO_YEARS), strict=True)),
    look=Look(controls.COUNTED_TO, widget="segments"),
)
BAND = Switch("band", default=True, look=Look(controls.BAND, where="menu"))
COUNTS = Switch("counts", default=True, look=Look(controls.FULL_TABLE, where="menu"))
AT = Several(
    "at",
    tuple(when(day) for day in TIMES),
    (when(365), when(TWO_YEARS)),
    Look(controls.AT, where="menu", width=330),
)
SURVIVAL_VIEW = (UNTIL, COUNTED, BAND, COUNTS, AT)

# Single pages


def factors_shown(dictionary: Dictionary) -> OneOf[str]:
    """The sections of the forest plot."""
    marked = (entry.section for entry in dictionary.factors if entry.prognostic)
    return one_of("factors", (controls.EVERYTHING, *dict.fromkeys(marked)), str, look=Look(controls.SECTION))


BASELINE_ROWS = one_of(
    "rows", (baseline.PAPER_ROWS, baseline.ALL_ROWS), str, look=Look(baseline.ROWS, widget="segments")
)
NUMBERS_AS: OneOf[baseline.Numbers] = one_of(
    "numbers", baseline.NUMBERS, str, look=Look(baseline.NUMBERS_AS, widget="segments")
)


def difference(columns: Columns) -> OneOf[tuple[str, str] | None] | None:
    """Two columns of the baseline table whose distance is printed; None where no two share no patient."""
    options: tuple[tuple[str, str] | None, ...] = (None, *columns.apart)
    look = Look(baseline.DIFFERENCE, baseline.DIFFERENCE_HELP, width=200)
    return one_of("difference", options, baseline.versus, look=look) if columns.apart else None


TREATMENT_PART = one_of("part", treatment.TABS, str, look=Look(widget="tabs"))
RECEIVING = Switch("receiving", default=True, look=Look(treatment.RECEIVING, treatment.RECEIVING_HELP))
GAP = one_of("gap", treatment.GAPS, treatment.gap, 1, Look(treatment.GAP, treatment.GAP_HELP, width=150))


def form(*, single: bool, key: str = "form", narrow: bool = False) -> OneOf[courses.Form]:
    """Means, medians or, where they may be shown, single patients; a list where the row is ``narrow``."""
    look = Look(courses.FORM, width=160) if narrow else Look(courses.FORM, widget="segments")
    return one_of(key, courses.FORMS if single else courses.FORMS[:2], str, look=look)


def dose_unit(measures: Sequence[Measure]) -> OneOf[Measure]:
    """The units a dose is shown in."""
    return one_of("unit", measures, lambda entry: entry.unit, look=Look(treatment.DOSE_UNIT, width=150))


def target(measure: Measure) -> Span:
    """The target range, at first the one in the dictionary."""
    low, high = measure.normal
    start = (0.0 if low is None else float(low), LONGEST_RANGE if high is None else float(high))
    look = Look(treatment.TARGET, treatment.TARGET_HELP, width=200)
    return Span("target", 0.0, LONGEST_RANGE, start, 0.5, look)


def value(measures: Sequence[Measure]) -> OneOf[Measure | None]:
    """One measurement, or None for all of them."""
    look = Look(courses.SHOWN_VALUE, width=150)
    control = one_of("value", (None, *measures), lambda entry: entry.label if entry else courses.ALL_VALUES, look=look)
    return replace(control, private=tuple(entry.label for entry in measures if not _ours(entry)))


SCALE: OneOf[Scale] = OneOf("scale", tuple(courses.SCALES.items()), look=Look(courses.SCALE, width=130))
LOGARITHMIC = Switch("log", look=Look(courses.LOGARITHMIC, courses.LOG_HELP, where="menu"))
LIMITS = Switch("limits", default=True, look=Look(courses.LIMITS, where="menu"))
PAIRS = Switch("pairs", look=Look(courses.PAIRS, courses.PAIRS_HELP, where="menu"))
APART = Switch("apart", look=Look(courses.APART, courses.APART_HELP, where="menu"))
MODEL = Switch("model", look=Look(courses.MODEL, courses.MODEL_HELP, where="menu"))


def marker(dictionary: Dictionary) -> OneOf[Number | Measure]:
    """The baseline values that may predict, at first ferritin."""
    entries = continuous(dictionary)
    start = next((i for i, entry in enumerate(entries) if entry.key == "ferritin"), 0)
    control = one_of("marker", entries, biomarker.label, start, Look(biomarker.VALUE))
    return replace(control, private=tuple(biomarker.label(entry) for entry in entries if not _ours(entry)))


def _ours(entry: Number | Measure) -> bool:
    """Whether an entry is of our own dictionary, not a column that a hospital's file has named."""
    return entry.key in DICTIONARY.measure or entry.key in DICTIONARY.number


def direction(entry: Number | Measure) -> OneOf[Direction]:
    """With which values risk may rise, at first as expected; asked of each value of our own dictionary apart."""
    start = list(biomarker.DIRECTIONS.values()).index(expected(entry))
    return OneOf(
        f"rise_{entry.key}" if _ours(entry) else "rise",
        tuple(biomarker.DIRECTIONS.items()),
        start,
        Look(biomarker.DIRECTION, width=240),
    )


BIOMARKER_LOOK = one_of("look", biomarker.TABS, str, look=Look(widget="tabs"))
SHAPE: OneOf[Shape] = OneOf("shape", tuple(biomarker.SHAPES.items()), look=Look(biomarker.SHAPE, widget="segments"))

SAFETY_SECTION = one_of("section", safety.SECTIONS, str, look=Look(widget="tabs"))
CELL: OneOf[counted.Cell] = one_of("cell", counted.CELLS, str, look=Look(counted.CELL, width=230))
SEVERITY: OneOf[bool] = OneOf(
    "severity",
    tuple(zip(counted.SERIOUSNESS, (False, True), strict=True)),
    look=Look(counted.SEVERITY, widget="segments"),
)
TERM_LIMIT: OneOf[int] = OneOf("terms", tuple(counted.TERM_LIMITS.items()), look=Look(counted.TERMS, width=230))
SERIOUS = Switch("serious", look=Look(first_reaction.SERIOUS))


def category(reported: Reactions, cohort: Cohort) -> OneOf[str]:
    """The categories somebody in ``cohort`` had a reaction of; blank for any."""
    names = dict.fromkeys(row.category for row in reported.rows if row.category)
    options = ((first_reaction.ANY_CATEGORY, ""), *((name, name) for name in names))
    return OneOf("category", options, look=Look(first_reaction.CATEGORY, width=300), private=_named(names, cohort))


def term(reported: Reactions, category_: str, cohort: Cohort) -> OneOf[str] | None:
    """The terms of a category in ``cohort``, blank for any; None where the category has none."""
    names = dict.fromkeys(row.term for row in reported.rows if row.term and row.category == category_)
    options = ((first_reaction.ANY_TERM, ""), *((name, name) for name in names))
    of_all = dict.fromkeys(row.term for row in reported.rows if row.term)
    control = OneOf("term", options, look=Look(first_reaction.TERM, width=230), private=_named(of_all, cohort))
    return control if names else None


def _named(names: Iterable[str], cohort: Cohort) -> tuple[str, ...]:
    """Those of ``names`` that a hospital's file has given."""
    return tuple(names) if cohort.provenance.kind == "imported" else ()


NEEDED: Mapping[str, tuple[str, ...]] = {
    treatment.DOSE: ("tacrolimus_per_kg", "tacrolimus"),
    treatment.TROUGH: ("trough",),
    treatment.STEROIDS: ("prednisolone",),
    treatment.PERSISTENCE: ("persistence",),
    safety.COUNTS: ("reactions",),
    safety.HISTORY: ("reactions",),
    safety.STOPS: ("persistence",),
}
"""The data of which a tab needs at least one; without any it asks nothing and says what would bring it."""

MISMATCHES = Switch("mismatches", look=Look(evidence.MISMATCHES))


def place(names: Iterable[str]) -> OneOf[str]:
    """The places of the paper by name; blank for the whole paper."""
    options = ((evidence.EVERYWHERE, ""), *((evidence.place_name(name), name) for name in names))
    return OneOf("place", options, look=Look(evidence.PLACE, width=240))


CAME_FROM = "from"


def came_from(pages: Iterable[str]) -> OneOf[str]:
    """Which of the pages, by address, the methods are told of; blank for none. The way there says it, no widget."""
    return OneOf(CAME_FROM, (("", ""), *((page, page) for page in pages)))
