"""Every control of the dashboard: what it offers and what it holds at first. The widgets are drawn from these."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar, cast
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
from components.links.control_types import (
    OWN,
    IntegerChoice,
    Look,
    MultipleChoice,
    NumericRange,
    Option,
    SingleChoice,
    Switch,
    named,
    short_ids,
    single_choice,
)
from components.links.former import former
from components.safety import first_reaction_words as first_reaction
from components.safety import reactions_words as counted
from components.safety import words as safety
from components.safety.reactions import Reactions
from components.survival.analysis import TWO_YEARS
from components.survival.landmark import earliest_landmark
from components.survival.words import when
from components.treatment import words as treatment
from data.cohort import Cohort
from data.dictionary import Dictionary, Endpoint, Factor, Level, Measure, Number
from data.filters import KEEP_MISSING
from data.variables import DICTIONARY

Value = TypeVar("Value", Number, Measure, Number | Measure)

LAST_LANDMARK = 548
"""A landmark leaves half a year to look at before the two years end."""

TIMES = (91, 183, 365, 548, TWO_YEARS, 1095)
LONGEST_RANGE = 20.0

# The filter


_FILTERS: WeakKeyDictionary[Cohort, dict[str, MultipleChoice | NumericRange | None]] = WeakKeyDictionary()
"""What the filter offers of a cohort, for as long as somebody keeps that cohort: every click asks for all of it."""


def levels(cohort: Cohort, factor: Factor) -> MultipleChoice | None:
    """The levels that somebody has, and last not having one; None where nothing is recorded of anybody."""
    kept = _FILTERS.setdefault(cohort, {})
    if factor.key not in kept:
        codes = cohort.codes(factor)
        there = [level for k, level in enumerate(factor.levels) if (codes == k).any()]
        there += [factor.missing] if (codes < 0).any() else []
        options = tuple(Option(level.id, level.label, level, (level.word,)) for level in there)
        kept[factor.key] = (
            MultipleChoice(
                factor.key,
                options,
                look=Look(factor.label, widget="pills" if factor.always else "usual", where="sidebar"),
            )
            if options
            else None
        )
    return cast("MultipleChoice | None", kept[factor.key])


def span(cohort: Cohort, number: Number) -> NumericRange | None:
    """From the smallest to the largest value, in whole numbers; None where there are no two different values."""
    kept = _FILTERS.setdefault(cohort, {})
    if number.key not in kept:
        values = cohort.patients[number.key].to_numpy(dtype=float)
        known = values[~np.isnan(values)]
        if not len(known) or known.min() == known.max():
            kept[number.key] = None
        else:
            ends = (float(np.floor(known.min())), float(np.ceil(known.max())))
            kept[number.key] = NumericRange(
                number.key, *ends, ends, look=Look(f"{number.label}, {number.unit}", where="sidebar")
            )
    return cast("NumericRange | None", kept[number.key])


def keep_missing(number: Number, missing: int) -> Switch:
    """Whether the ``missing`` patients without the number stay when a range of it is chosen."""
    label = page_words.keep_missing(missing)
    return Switch(f"{number.key}{KEEP_MISSING}", look=Look(label, widget="checkbox", where="sidebar"))


# The conventions

INTERVAL: SingleChoice[Interval] = single_choice(
    "interval", named("interval", controls.INTERVALS), look=Look(controls.INTERVAL, where="sidebar", width=400)
)
TIES: SingleChoice[Ties] = single_choice(
    "ties", named("ties", controls.TIES_OPTIONS), look=Look(controls.TIES, where="sidebar", width=400)
)
AT_RISK: SingleChoice[AtRisk] = single_choice(
    "atrisk", named("atrisk", controls.AT_RISK_OPTIONS), look=Look(controls.AT_RISK, where="sidebar", width=400)
)

# What several pages ask


def endpoint(dictionary: Dictionary, key: str = "endpoint") -> SingleChoice[Endpoint]:
    """The endpoints of the dictionary."""
    look = Look(controls.ENDPOINT, endpoints_missing(dictionary), width=222)
    return single_choice(key, (_entry(key, entry) for entry in dictionary.endpoints), look=look)


def _entry(control: str, entry: Endpoint) -> Option[Endpoint]:
    return Option(entry.key, entry.label, entry, former(control, entry.key))


def endpoints_missing(dictionary: Dictionary) -> str:
    """Which endpoints are not offered, and what would bring them; blank where all are."""
    return each_missing(entry for entry in dictionary.not_recorded if isinstance(entry, Endpoint))


def compared(
    dictionary: Dictionary, key: str = "by", start: str = "subtype", *, known_at_start: bool = False, width: int = 255
) -> SingleChoice[Factor | None]:
    """The factors whose levels may be compared, None for all patients together; at first the factor ``start``."""
    options: list[Option[Factor | None]] = [Option("none", controls.NOTHING, None, former(key, "none"))]
    options += [
        Option(factor.key, factor.label, factor, former(key, factor.key))
        for factor in dictionary.factors
        if not (known_at_start and factor.post_baseline)
    ]
    return single_choice(key, options, start, Look(controls.COMPARE, width=width))


def landmark(cohort: Cohort, factor: Factor) -> IntegerChoice:
    """The landmark days of a factor known only after the start, at first the earliest."""
    first = earliest_landmark(cohort, factor)
    return IntegerChoice(
        "landmark", first, LAST_LANDMARK, first, Look(controls.LANDMARK, controls.LANDMARK_HELP, width=210)
    )


UNTIL = single_choice("until", named("until", controls.UNTIL_OPTIONS), look=Look(controls.UNTIL, widget="segments"))
COUNTED = single_choice(
    "counted", named("counted", controls.COUNTED_OPTIONS), look=Look(controls.COUNTED, widget="segments")
)
COUNTED_TO = single_choice(
    "horizon", named("horizon", controls.COUNTED_TO_OPTIONS), look=Look(controls.COUNTED_TO, widget="segments")
)
BAND = Switch("band", default=True, look=Look(controls.BAND, where="menu"))
COUNTS = Switch("counts", default=True, look=Look(controls.FULL_TABLE, where="menu"))
AT = MultipleChoice(
    "at",
    tuple(Option(str(day), when(day), day, former("at", str(day))) for day in TIMES),
    (str(365), str(TWO_YEARS)),
    Look(controls.AT, where="menu", width=330),
)
SURVIVAL_VIEW = (UNTIL, COUNTED, BAND, COUNTS, AT)

# Single pages


def factors_shown(dictionary: Dictionary) -> SingleChoice[str]:
    """The sections of the forest plot."""
    marked = dict.fromkeys(entry.section for entry in dictionary.factors if entry.prognostic)
    labels = {"all": controls.EVERYTHING} | {section.key: section.label for section in marked}
    return single_choice("factors", named("factors", labels), look=Look(controls.SECTION))


BASELINE_ROWS = single_choice("rows", named("rows", baseline.ROWS_OPTIONS), look=Look(baseline.ROWS, widget="segments"))
NUMBERS_AS: SingleChoice[baseline.Numbers] = single_choice(
    "numbers", named("numbers", baseline.NUMBERS), look=Look(baseline.NUMBERS_AS, widget="segments")
)


def difference(columns: Columns) -> SingleChoice[tuple[Level, Level] | None] | None:
    """Two columns of the baseline table whose distance is printed; None where no two share no patient."""
    options: list[Option[tuple[Level, Level] | None]] = [Option("none", baseline.versus(None), None)]
    for one, other in columns.apart:
        written = (f"{one.word} vs {other.word}",)
        options.append(Option(f"{one.id}~{other.id}", baseline.versus((one, other)), (one, other), written))
    look = Look(baseline.DIFFERENCE, baseline.DIFFERENCE_HELP, width=200)
    return single_choice("difference", options, look=look) if columns.apart else None


TREATMENT_PART = single_choice("part", named("part", treatment.TABS), look=Look(widget="tabs"))
RECEIVING = Switch("receiving", default=True, look=Look(treatment.RECEIVING, treatment.RECEIVING_HELP))
GAP = single_choice(
    "gap",
    (Option(str(days), treatment.gap(days), days, former("gap", str(days))) for days in treatment.GAPS),
    "120",
    Look(treatment.GAP, treatment.GAP_HELP, width=150),
)


def form(*, single: bool, key: str = "form", narrow: bool = False) -> SingleChoice[courses.Form]:
    """Means, medians or, where they may be shown, single patients; a list where the row is ``narrow``."""
    look = Look(courses.FORM, width=160) if narrow else Look(courses.FORM, widget="segments")
    forms = named(key, courses.FORMS)
    return single_choice(key, (option for option in forms if single or option.meaning != "single"), look=look)


def dose_unit(measures: Sequence[Measure]) -> SingleChoice[Measure]:
    """The units a dose is shown in."""
    options = (Option(entry.key, entry.unit, entry, former("unit", entry.key)) for entry in measures)
    return single_choice("unit", options, look=Look(treatment.DOSE_UNIT, width=150))


def target(measure: Measure) -> NumericRange:
    """The target range, at first the one in the dictionary."""
    low, high = measure.normal
    start = (0.0 if low is None else float(low), LONGEST_RANGE if high is None else float(high))
    look = Look(treatment.TARGET, treatment.TARGET_HELP, width=200)
    return NumericRange("target", 0.0, LONGEST_RANGE, start, 0.5, look)


def value(measures: Sequence[Measure]) -> SingleChoice[Measure | None]:
    """One measurement, or None for all of them."""
    everything = Option("all", courses.ALL_VALUES, None, former("value", "all"))
    single = _measured("value", measures, lambda entry: entry.label)
    options: tuple[Option[Any], ...] = (everything, *single)
    return single_choice("value", options, look=Look(courses.SHOWN_VALUE, width=150))


SCALE: SingleChoice[Scale] = single_choice("scale", named("scale", courses.SCALES), look=Look(courses.SCALE, width=130))
LOGARITHMIC = Switch("log", look=Look(courses.LOGARITHMIC, courses.LOG_HELP, where="menu"))
LIMITS = Switch("limits", default=True, look=Look(courses.LIMITS, where="menu"))
PAIRS = Switch("pairs", look=Look(courses.PAIRS, courses.PAIRS_HELP, where="menu"))
APART = Switch("apart", look=Look(courses.APART, courses.APART_HELP, where="menu"))
MODEL = Switch("model", look=Look(courses.MODEL, courses.MODEL_HELP, where="menu"))


def marker(dictionary: Dictionary) -> SingleChoice[Number | Measure]:
    """The baseline values that may predict, at first ferritin."""
    options = _measured("marker", continuous(dictionary), biomarker.label)
    return single_choice("marker", options, "ferritin", Look(biomarker.VALUE))


def _measured(control: str, entries: Sequence[Value], label: Callable[[Value], str]) -> Iterator[Option[Value]]:
    """Each value by its key, or by its number among those that a hospital's file has named."""
    own = [entry.key for entry in entries if not _ours(entry)]
    for entry in entries:
        id_ = entry.key if _ours(entry) else f"{OWN}{own.index(entry.key) + 1}"
        yield Option(id_, label(entry), entry, former(control, id_))


def _ours(entry: Number | Measure) -> bool:
    """Whether an entry is of our own dictionary, not a column that a hospital's file has named."""
    return entry.key in DICTIONARY.measure or entry.key in DICTIONARY.number


def direction(entry: Number | Measure) -> SingleChoice[Direction]:
    """With which values risk may rise, at first as expected; asked of each value of our own dictionary apart."""
    key = f"rise_{entry.key}" if _ours(entry) else "rise"
    return single_choice(
        key, named("rise", biomarker.DIRECTIONS), expected(entry), Look(biomarker.DIRECTION, width=240)
    )


BIOMARKER_LOOK = single_choice("look", named("look", biomarker.TABS), look=Look(widget="tabs"))
SHAPE: SingleChoice[Shape] = single_choice(
    "shape", named("shape", biomarker.SHAPES), look=Look(biomarker.SHAPE, widget="segments")
)

SAFETY_SECTION = single_choice("section", named("section", safety.SECTIONS), look=Look(widget="tabs"))
CELL: SingleChoice[counted.Cell] = single_choice(
    "cell", named("cell", counted.CELLS), look=Look(counted.CELL, width=230)
)
SEVERITY = single_choice(
    "severity", named("severity", counted.SERIOUSNESS), look=Look(counted.SEVERITY, widget="segments")
)
TERM_LIMIT = single_choice("terms", named("terms", counted.TERM_LIMITS), look=Look(counted.TERMS, width=230))
SERIOUS = Switch("serious", look=Look(first_reaction.SERIOUS))


def category(reported: Reactions, cohort: Cohort) -> SingleChoice[str]:
    """The categories somebody in ``cohort`` had a reaction of; blank for any."""
    names = dict.fromkeys(row.category for row in reported.rows if row.category)
    options = _reported("category", first_reaction.ANY_CATEGORY, names, cohort)
    return single_choice("category", options, look=Look(first_reaction.CATEGORY, width=300))


def term(reported: Reactions, category_: str, cohort: Cohort) -> SingleChoice[str] | None:
    """The terms of a category in ``cohort``, blank for any; None where the category has none."""
    names = dict.fromkeys(row.term for row in reported.rows if row.term and row.category == category_)
    of_all = dict.fromkeys(row.term for row in reported.rows if row.term)
    options = [
        option
        for option in _reported("term", first_reaction.ANY_TERM, of_all, cohort)
        if option.meaning in names or not option.meaning
    ]
    return single_choice("term", options, look=Look(first_reaction.TERM, width=230)) if names else None


def _reported(control: str, any_: str, names: Iterable[str], cohort: Cohort) -> tuple[Option[str], ...]:
    """What was reported by its ``names``, blank for any; where a hospital's file gave the names, by their numbers.

    ``names`` are all there are, so that an id means one name whatever else is chosen.
    """
    listed = tuple(names)
    own = cohort.provenance.kind == "imported"
    ids = tuple(f"{OWN}{i}" for i in range(1, len(listed) + 1)) if own else short_ids(listed)
    found = (Option(id_, name, name, (name,)) for id_, name in zip(ids, listed, strict=True))
    return (Option("any", any_, "", former(control, "any")), *found)


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


def place(names: Iterable[str]) -> SingleChoice[str]:
    """The places of the paper by name; blank for the whole paper."""
    listed = tuple(names)
    options = [Option("all", evidence.EVERYWHERE, "", former("place", "all"))]
    for id_, name in zip(short_ids(listed), listed, strict=True):
        label = evidence.place_name(name)
        options.append(Option(id_, label, name, (label,)))
    return single_choice("place", options, look=Look(evidence.PLACE, width=240))


CAME_FROM = "from"


def came_from(pages: Iterable[str]) -> SingleChoice[str]:
    """Which of the pages, by address, the methods are told of; blank for none. The way there says it, no widget."""
    return single_choice(CAME_FROM, (Option(page, page, page) for page in ("", *pages)))
