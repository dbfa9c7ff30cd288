"""The controls that several pages ask: what each offers and what it holds at first. Widgets are drawn from these."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from typing import TypeVar, cast
from weakref import WeakKeyDictionary

import numpy as np

from components.core import control_words as controls
from components.core import envelope_words as envelopes
from components.core import made_factors_words as made_words
from components.core import page_words
from components.core.method import AtRisk, Interval, Ties
from components.core.missing_words import each_missing
from components.courses import words as courses
from components.links.control_types import (
    OWN,
    Control,
    IntegerChoice,
    Look,
    MultipleChoice,
    NumericRange,
    Option,
    SingleChoice,
    Switch,
    named,
    single_choice,
)
from components.links.former import former
from components.survival import before_after_words
from components.survival.analysis import TWO_YEARS
from components.survival.ticks import Unit
from components.survival.words import when
from data.cohort import Cohort
from data.dictionary import Dictionary
from data.ensemble import has_ensemble
from data.entries import Endpoint, Factor, Measure, Number
from data.filters import KEEP_MISSING
from data.variables import DICTIONARY

Value = TypeVar("Value", Number, Measure, Number | Measure)

MONTH = 365.25 / 12

TIMES = (91, 183, 365, 548, TWO_YEARS, 1095)

# The filter


_FILTERS: WeakKeyDictionary[Cohort, dict[str, MultipleChoice | NumericRange | None]] = WeakKeyDictionary()
"""What the filter offers of a cohort, for as long as somebody keeps that cohort: every click asks for all of it."""


def levels(cohort: Cohort, factor: Factor) -> MultipleChoice | None:
    """The levels that somebody has, and last not having one; None where nothing is recorded of anybody."""
    kept = _FILTERS.setdefault(cohort, {})
    if factor.key not in kept:
        *known, unknown = cohort.level_counts(factor).tolist()
        there = [level for level, n in zip(factor.levels, known, strict=True) if n]
        there += [factor.missing] if unknown else []
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
        low, high, _ = cohort.number_range(number)
        if np.isnan(low) or low == high:
            kept[number.key] = None
        else:
            ends = (float(np.floor(low)), float(np.ceil(high)))
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
    look = Look(controls.ENDPOINT, endpoints_missing(dictionary), width=190)
    return single_choice(key, (_entry(key, entry) for entry in dictionary.endpoints), look=look)


def _entry(control: str, entry: Endpoint) -> Option[Endpoint]:
    return Option(entry.key, entry.label, entry, former(control, entry.key))


def endpoints_missing(dictionary: Dictionary) -> str:
    """Which endpoints are not offered, and what would bring them; blank where all are."""
    return each_missing(entry for entry in dictionary.not_recorded if isinstance(entry, Endpoint))


BY = "by"
"""Under this key every page asks what it compares by, so that the choice follows from page to page."""


INFECTIONS = "Infections"
"""The word of the category of reactions of which the serious ones divide patients."""


class Made(Enum):
    """What is compared beside factors, by its id: kept cohorts, the patients shown and the rest, what was recorded."""

    KEPT = "kept"
    REST = "rest"
    PROGRESSED = "event-progressed"
    INFECTION = "event-infection"

    @property
    def label(self) -> str:
        """How it is offered."""
        return {
            Made.KEPT: made_words.KEPT,
            Made.REST: made_words.REST,
            Made.PROGRESSED: made_words.PROGRESSED,
            Made.INFECTION: made_words.INFECTION,
        }[self]

    def needs(self, dictionary: Dictionary) -> bool:
        """Whether the study records what it is made of."""
        if self is Made.PROGRESSED:
            return dictionary.in_role("progression") is not None
        return self is not Made.INFECTION or (
            not dictionary.missing("reactions")
            and any(category.word == INFECTIONS for category in dictionary.reaction_categories)
        )


RECORDED = (Made.PROGRESSED, Made.INFECTION)
"""What is recorded during treatment."""


def compared(
    dictionary: Dictionary,
    start: str = "subtype",
    *,
    known_at_start: bool = False,
    made: Sequence[Made] = tuple(Made),
) -> SingleChoice[Factor | Made | None]:
    """The factors whose levels may be compared, None for all patients together; at first the factor ``start``.

    Of what a visitor has made, that of ``made`` is offered. What is chosen on another page and cannot be compared on
    this one is read as all patients together.
    """
    late = [factor for factor in dictionary.factors if known_at_start and factor.post_baseline]
    not_here = tuple(text for factor in late for text in (factor.key, *former(BY, factor.key)))
    not_here += tuple(one.value for one in Made if one not in made)
    options: list[Option[Factor | Made | None]] = [
        Option("none", controls.NOTHING, None, (*former(BY, "none"), *not_here))
    ]
    options += [Option(one.value, one.label, one) for one in made]
    options += [
        Option(factor.key, factor.label, factor, former(BY, factor.key))
        for factor in dictionary.factors
        if factor not in late
    ]
    tip = controls.compare_help(late[0].label) if late else ""
    return single_choice(BY, options, start, Look(controls.COMPARE, tip, width=200))


UNTIL = single_choice(
    "until", named("until", controls.UNTIL_OPTIONS), look=Look(controls.UNTIL, widget="segments", where="menu")
)
COUNTED = single_choice(
    "counted", named("counted", controls.COUNTED_OPTIONS), look=Look(controls.COUNTED, widget="segments", where="menu")
)
BAND = Switch("band", default=True, look=Look(controls.BAND, where="menu"))
COUNTS = Switch("counts", default=True, look=Look(controls.FULL_TABLE, where="menu"))
AT = MultipleChoice(
    "at",
    tuple(Option(str(day), when(day), day, former("at", str(day))) for day in TIMES),
    (str(365), str(TWO_YEARS)),
    Look(controls.AT, where="menu", width=330),
)
ACROSS = Switch("reconstructions", default=True, look=Look(envelopes.SWITCH, envelopes.SWITCH_HELP, where="menu"))
GHOST = Switch("ghost", look=Look(before_after_words.GHOST, before_after_words.GHOST_HELP, where="filter"))


def across(cohort: Cohort) -> tuple[Control, ...]:
    """Whether the range over other reconstructions is shown; not asked where there are none."""
    return (ACROSS,) if has_ensemble(cohort) else ()


UNIT: SingleChoice[Unit] = single_choice(
    "axis", named("axis", controls.UNITS), look=Look(controls.UNIT, widget="segments", where="menu")
)
INCIDENCE = Switch("incidence", look=Look(controls.INCIDENCE, where="menu"))
QUARTILES = Switch("quartiles", look=Look(controls.QUARTILES, where="menu"))
SHARES = NumericRange("share", 0.0, 100.0, (0.0, 100.0), 5.0, Look(controls.SHARE_RANGE, where="menu", width=330))


def months_shown(cohort: Cohort) -> NumericRange:
    """From which month to which the curves are drawn, at first all that the time shown allows."""
    last = float(max(np.ceil(cohort.last_day / MONTH), 1))
    look = Look(controls.TIME_RANGE, controls.TIME_RANGE_HELP, where="menu", width=330)
    return NumericRange("months", 0.0, last, (0.0, last), 1.0, look)


def own_day(cohort: Cohort) -> IntegerChoice:
    """A day on which survival is printed beside the usual ones; 0 for none."""
    last = int(max(cohort.last_day, 1))
    return IntegerChoice("day", 0, last, 0, Look(controls.AT_DAY, controls.AT_DAY_HELP, where="menu", width=160))


def survival_view(cohort: Cohort) -> tuple[Control, ...]:
    """How survival curves are drawn and which times are printed."""
    drawn = (UNTIL, months_shown(cohort), UNIT, COUNTED, INCIDENCE, SHARES, BAND, COUNTS)
    return (*drawn, AT, own_day(cohort), QUARTILES)


# Where several pages ask alike


def form(*, single: bool, key: str = "form", narrow: bool = False) -> SingleChoice[courses.Form]:
    """Means, medians or, where they may be shown, single patients; a list where the row is ``narrow``."""
    look = Look(courses.FORM, width=160) if narrow else Look(courses.FORM, widget="segments")
    forms = named(key, courses.FORMS)
    return single_choice(key, (option for option in forms if single or option.meaning != "single"), look=look)


def measured(control: str, entries: Sequence[Value], label: Callable[[Value], str]) -> Iterator[Option[Value]]:
    """Each value by its key, or by its number among those that a hospital's file has named."""
    own = [entry.key for entry in entries if not is_ours(entry)]
    for entry in entries:
        id_ = entry.key if is_ours(entry) else f"{OWN}{own.index(entry.key) + 1}"
        yield Option(id_, label(entry), entry, former(control, id_))


def is_ours(entry: Number | Measure) -> bool:
    """Whether an entry is of our own dictionary, not a column that a hospital's file has named."""
    return entry.key in DICTIONARY.measure or entry.key in DICTIONARY.number


CAME_FROM = "from"


def came_from(pages: Iterable[str]) -> SingleChoice[str]:
    """The page, by address, whose methods are described; blank for none. The way there says it, no widget."""
    return single_choice(CAME_FROM, (Option(page, page, page) for page in ("", *pages)))
