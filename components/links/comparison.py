"""What a page compares: the choice of "Compare by", what it asks in turn, and the factor and the patients it comes to.

A page counts a cohort and divides it by a factor. Whatever a visitor compares is brought to these two: kept cohorts,
the patients shown and the rest, a group of those not tested, and what was recorded up to a day.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from components.core import made_factors_words as words
from components.core.analysis_set_words import month
from components.core.made_factors import (
    Shared,
    by_kept_cohorts,
    by_recorded,
    by_shown,
    can_leave_out,
    overlaps,
    with_untested,
)
from components.core.pale import NO_FILTER, Pale
from components.links import page_controls
from components.links.control_types import (
    Control,
    IntegerChoice,
    Look,
    Option,
    SingleChoice,
    Switch,
    Value,
    named,
    single_choice,
)
from components.links.page_controls import Made
from components.safety.reported import first_days
from components.survival import before_after_words
from data.cohort import Cohort
from data.entries import Factor
from data.filters import Choice, Filter
from data.kept_cohorts import AnyOf, Around, KeptCohort
from data.language import say
from data.levels import Level

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from components.links.view import View

FIRST_DAY, LAST_DAY, MONTH_6 = 30, 548, 182
"""The days up to which something may have been recorded, and the one at first."""

INFECTIONS = page_controls.INFECTIONS


@dataclass(frozen=True)
class Chosen:
    """What was chosen of the patients: the filter, and the cohorts kept."""

    filter: Filter = field(default_factory=Filter)
    kept: tuple[KeptCohort, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """Patients ``among`` whom groups by ``factor`` are made (None: one group), and what must be read first."""

    factor: Factor | None
    among: Filter
    notices: tuple[str, ...] = ()


Comparing = Generator[Control, Value, Comparison]


def comparison(
    whole: Cohort, chosen: Chosen, start: str = "subtype", *, known_at_start: bool = False, recorded: bool = True
) -> Comparing:
    """Asks what the patients of ``whole`` are compared by, and what follows from it; gives the comparison back.

    ``known_at_start`` leaves out factors that become known later, and without ``recorded`` what happened up to a day is
    left out: where a page has no clock that could start on that day.
    """
    control = offered(whole, chosen, start, known_at_start=known_at_start, recorded=recorded)
    meaning = control.meaning(str((yield control)))
    match meaning:
        case Made.KEPT:
            return (yield from _kept(whole, chosen))
        case Made.REST:
            return (yield from _rest(whole, chosen))
        case Made():
            return (yield from _recorded(whole, chosen, meaning))
        case Factor() if not meaning.post_baseline and whole.level_counts(meaning)[-1]:
            if whole.rows_at_hand and (yield untested(meaning)):
                n = int(chosen.filter.of(whole).level_counts(meaning)[-1])
                said = (words.untested_notice(meaning, n),) if n else ()
                return Comparison(with_untested(meaning), chosen.filter, said)
    return Comparison(meaning, chosen.filter)


def offered(
    whole: Cohort, chosen: Chosen, start: str = "subtype", *, known_at_start: bool = False, recorded: bool = True
) -> SingleChoice[Factor | Made | None]:
    """What the patients of ``whole`` can be compared by."""
    there = {Made.KEPT: len(chosen.kept) > 1, Made.REST: bool(chosen.filter.parts)}
    there |= {made: recorded and made.needs(whole.dictionary) for made in page_controls.RECORDED}
    there = {made: offer and whole.rows_at_hand for made, offer in there.items()}  # a made factor is a rule over rows
    return page_controls.compared(
        whole.dictionary, start, known_at_start=known_at_start, made=tuple(made for made in Made if there[made])
    )


def untested(factor: Factor) -> Switch:
    """Whether those whose level is not known are a group of their own."""
    return Switch("untested", look=Look(words.untested(factor)))


SHARED: SingleChoice[Shared] = single_choice(
    "shared", named("shared", words.SHARED_OPTIONS), look=Look(words.SHARED, words.SHARED_HELP, widget="segments")
)
BY_DAY = IntegerChoice("landmark", FIRST_DAY, LAST_DAY, MONTH_6, Look(words.BY_DAY, words.BY_DAY_HELP, width=150))


def before_and_after(chosen: Chosen, made: Comparison | None = None) -> Generator[Control, Value, None]:
    """Asks whether the patients without the filter stand behind those shown, where a filter is set and is what counts.

    What is known only later has no before; without ``made`` the page compares nobody.
    """
    among, late = (made.among, made.factor and made.factor.post_baseline) if made else (chosen.filter, False)
    offers = chosen.filter.parts and among == chosen.filter and not late
    if offers and (yield page_controls.GHOST) and chosen.kept:
        yield pale_choice(chosen)


def pale_choice(chosen: Chosen) -> SingleChoice[Pale]:
    """Whom those shown are set before: everybody of the page, or a kept cohort."""
    options = [Option("all", before_after_words.EVERYBODY, NO_FILTER)]
    options += [Option(f"kept-{one.id}", one.label, Pale(one)) for one in chosen.kept]
    look = Look(before_after_words.BEHIND, before_after_words.BEHIND_HELP, where="filter", width=170)
    return single_choice("pale", options, look=look)


def pale(chosen: Chosen, view: View) -> Pale | None:
    """Whom those shown are set before in this view; None where nobody is."""
    return view.of(pale_choice(chosen)) if view.of(page_controls.GHOST) else None


def against(chosen: Chosen) -> SingleChoice[Filter]:
    """Of whom the rest are: of everybody, of those who meet all conditions but one, or of a kept cohort."""
    options = [Option("all", words.EVERYBODY, Filter())]
    for part in chosen.filter.parts if len(chosen.filter.parts) > 1 else ():
        left = chosen.filter.without(part.key)
        options.append(Option(f"but-{part.key}", left.sentence, left))
    options += [Option(f"kept-{one.id}", one.sentence, one.filter) for one in chosen.kept]
    return single_choice("against", options, look=Look(words.AGAINST, words.AGAINST_HELP, width=255))


def _kept(whole: Cohort, chosen: Chosen) -> Comparing:
    shared: Shared = "apart"
    if can_leave_out(whole, chosen.kept):
        shared = SHARED.meaning(str((yield SHARED)))
    common = (words.overlap_notice(one, shared) for one in overlaps(whole, chosen.kept))
    said = (words.kept_notice(chosen.kept, filtered=bool(chosen.filter.parts)), *common)
    return Comparison(by_kept_cohorts(whole, chosen.kept, shared), AnyOf(cohorts=chosen.kept), said)


def _rest(whole: Cohort, chosen: Chosen) -> Comparing:
    asked = against(chosen)
    around = asked.meaning(str((yield asked)))
    among = Around(inner=chosen.filter, around=around)
    others = whole.where(around.kept(whole) & ~chosen.filter.kept(whole))
    unknown = [
        (part.factor, int((others.codes(part.factor) < 0).sum()))
        for part in chosen.filter.parts
        if isinstance(part, Choice)
    ]
    said = (words.rest_notice(chosen.filter, around), words.nobody_left(others.n), words.without_level(unknown))
    return Comparison(by_shown(chosen.filter), among, tuple(part for part in said if part))


def _recorded(whole: Cohort, chosen: Chosen, made: Made) -> Comparing:
    day = int(str((yield BY_DAY)))
    what, levels, first = RECORDED[made]
    label = say("{what} by {month}", what=what, month=month(day))
    factor = by_recorded(made.value, label, levels, day, first)
    left = int((chosen.filter.of(whole).last_days <= day).sum())
    return Comparison(factor, chosen.filter, (words.recorded_notice(label, day, left),))


def _progressed(cohort: Cohort) -> NDArray[np.float64]:
    """The day on which each patient progressed, nan for never; death alone is no progression."""
    progression, death = cohort.dictionary.in_role("progression"), cohort.dictionary.in_role("death")
    alone = () if death is None else death.days
    days = () if progression is None else tuple(day for day in progression.days if day not in alone)
    columns = [cohort.numbers(day) for day in days]
    return np.fmin.reduce(columns) if columns else np.full(cohort.n, np.nan)


def _infected(cohort: Cohort) -> NDArray[np.float64]:
    return first_days(cohort, INFECTIONS, serious=True)


Recorded = tuple[str, tuple[Level, Level], Callable[[Cohort], Any]]

RECORDED: Mapping[Made, Recorded] = {
    Made.PROGRESSED: (
        say("Progression"),
        (Level("progressed", "Progressed"), Level("not_progressed", "Not progressed")),
        _progressed,
    ),
    Made.INFECTION: (
        say("Serious infection"),
        (Level("infection", "Serious infection"), Level("no_infection", "No serious infection")),
        _infected,
    ),
}
"""What may have been recorded of a patient up to a day: its name, the levels of having it and not, the day of each."""
