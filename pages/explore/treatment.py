"""How much of which drug, for how long, and why was it stopped?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from components.core.across import ACROSS
from components.core.panel import Panel
from components.core.summary import DESCRIPTION
from components.courses.analysis import course
from components.courses.axis_range import axis_range, highest
from components.courses.before_after import MEAN_DIFFERENCE, CourseBeforeAfter, course_before_after
from components.courses.panels import course_panel
from components.courses.reconstructions import course_across
from components.links import page_controls
from components.links.asked import Asked, PageContext, each
from components.links.comparison import Chosen, before_and_after, comparison, pale
from components.links.control_types import Look, NumericRange, Option, SingleChoice, Switch, named, single_choice
from components.links.curves import curves, curves_panel
from components.links.drawn_courses import drawing, hint, to_patient
from components.links.former import former
from components.links.page import Page
from components.links.page_input import PageInput
from components.links.part import Part, Parts, Said, what_would_bring
from components.links.view import View
from components.methods.where_used import CURVES, Place
from components.safety.panels import stops_panel
from components.treatment import panels as treatment
from components.treatment import words
from components.treatment.concomitant import concomitant
from components.treatment.discontinuation import discontinuation
from components.treatment.reconstructions_words import CONCOMITANT_RANGES, STOPS_RANGES, TAPER_RANGES, TIME_RANGES
from components.treatment.taper import shares
from components.treatment.time_in_range import TIME_IN_RANGE, time_in_range
from data.cohort import Cohort
from data.dictionary import Dictionary
from data.entries import Factor, Given, Measure
from data.language import say
from data.variables import TREATMENT

Tab = Callable[[PageInput, View, Factor | None], Parts]

PART = single_choice("part", named("part", words.TABS), look=Look(widget="tabs"))
RECEIVING = Switch("receiving", default=True, look=Look(words.RECEIVING, words.RECEIVING_HELP))
GAP = single_choice(
    "gap",
    (Option(str(days), words.gap(days), days, former("gap", str(days))) for days in words.GAPS),
    "120",
    Look(words.GAP, words.GAP_HELP, width=150),
)

UNKNOWN_RANGE = 1000.0
"""The longest target range of a trough without limits, of which no row is at hand."""
SHOWN: Mapping[str, tuple[Given, ...]] = {
    words.DOSE: ("dose_per_kg", "dose"),
    words.TROUGH: ("trough",),
    words.STEROIDS: ("steroids",),
}
"""The measurements that a tab shows."""
NEEDED: Mapping[str, tuple[str, ...]] = {**SHOWN, words.PERSISTENCE: ("persistence",)}
"""The data of which a tab needs at least one; without any it asks nothing and says what would bring it."""

COURSES = frozenset({words.DOSE, words.TROUGH, words.STEROIDS})
"""The tabs that show courses, whose patients may also be divided by what was recorded on the way."""


def dose_unit(measures: Sequence[Measure]) -> SingleChoice[Measure]:
    """The units a dose is shown in."""
    options = (Option(entry.role, entry.unit, entry, former("unit", entry.role)) for entry in measures)
    return single_choice("unit", options, look=Look(words.DOSE_UNIT, width=150))


def target(measure: Measure, cohort: Cohort) -> NumericRange:
    """The target range, at first the dictionary's; where it gives none every value of ``cohort`` belongs to it."""
    low, high = measure.normal
    unlimited = highest(cohort, measure) if high is None and cohort.rows_at_hand else UNKNOWN_RANGE
    longest = unlimited if high is None else 2.0 * high
    start = (0.0 if low is None else float(low), longest if high is None else float(high))
    return NumericRange("target", 0.0, longest, start, longest / 40, Look(*words.target(measure), width=200))


def not_listed(dictionary: Dictionary, tab: str) -> str:
    """Why the dictionary lists nothing that a tab could show; blank where it does."""
    if tab in SHOWN:
        there = bool(dictionary.given(*SHOWN[tab]))
    else:
        there = tab != words.PERSISTENCE or bool(dictionary.in_role("persistence") or dictionary.missing("persistence"))
    drug = dictionary.study_drug
    return "" if there else words.not_listed(drug, dictionary.measure.get(drug.word))


def controls(ground: PageContext, chosen: Chosen) -> Asked:
    """The tab, what is compared, and what the tab that is open asks."""
    dictionary = ground.whole.dictionary
    part = yield PART
    if dictionary.none_recorded(*NEEDED.get(str(part), ())) or not_listed(dictionary, str(part)):
        return
    made = yield from comparison(ground.whole, chosen, "", known_at_start=True, recorded=part in COURSES)
    if part in {words.DOSE, words.TROUGH, words.STEROIDS}:
        yield page_controls.form(single=ground.single, narrow=part == words.TROUGH)
    if part == words.DOSE:
        yield dose_unit(dictionary.given("dose_per_kg", "dose"))
    if part == words.TROUGH:
        (trough,) = dictionary.given("trough")
        yield target(trough, ground.whole)
        yield GAP
    if part == words.STEROIDS:
        yield RECEIVING
    if part in COURSES:
        yield from before_and_after(chosen, made)
    if part == words.PERSISTENCE:
        yield from each(*page_controls.survival_view(ground.whole))
    yield from each(*page_controls.across(ground.whole))


def panels(here: PageInput, view: View) -> Parts:
    """The panels of the tab that is open."""
    dictionary, tab = here.cohort.dictionary, view.of(PART)
    if missing := dictionary.none_recorded(*NEEDED.get(tab, ())):
        yield what_would_bring(missing)
        return
    if told := not_listed(dictionary, tab):
        yield Said(told, "first")
        return
    by = here.by(view, "", known_at_start=True, recorded=tab in COURSES)
    yield from TABS[tab](here, view, by)


def _dose(here: PageInput, view: View, by: Factor | None) -> Parts:
    measures = here.cohort.dictionary.given("dose_per_kg", "dose")
    form = view.of(page_controls.form(single=here.single))
    drug = view.of(dose_unit(measures))
    said = hint(here, form)

    def panel() -> Panel:
        result = course(here.cohort, drug, by, apart=False, method=here.method)
        found = here.across(view, course_across, by, result)
        change = _change(here, view, drug)
        return course_panel(result, axis_range(here.whole, drug), drawing(here, form), found=found, change=change)

    yield Part(
        "dose",
        panel,
        "files",
        hint=said,
        leads=to_patient if said else None,
        counts="rounded",
    )


def _change(here: PageInput, view: View, measure: Measure, *, receiving_only: bool = False) -> CourseBeforeAfter | None:
    """What the filter changes in the course of ``measure``, where that is asked for."""
    if (behind := pale(here.chosen, view)) is None:
        return None
    return course_before_after(
        here.whole, measure, here.filter, receiving_only=receiving_only, method=here.method, pale=behind
    )


def _trough(here: PageInput, view: View, by: Factor | None) -> Parts:
    (trough,) = here.cohort.dictionary.given("trough")
    form, gap = view.of(page_controls.form(single=here.single)), view.of(GAP)
    band = view.of(target(trough, here.whole))
    said = hint(here, form)

    def values() -> Panel:
        result = course(here.cohort, trough, by, band=band, apart=False, method=here.method)
        found = here.across(view, course_across, by, result)
        drawn = drawing(here, form, gap=gap)
        return treatment.trough_panel(result, axis_range(here.whole, trough), drawn, found, _change(here, view, trough))

    def times() -> Panel:
        result = time_in_range(here.cohort, trough, *band, by, gap, here.method)
        panel = treatment.time_panel(result, here.followed, single=here.single)
        return here.ranged(view, panel, TIME_RANGES, by, result)

    yield Part(
        "trough",
        values,
        "files",
        hint=said,
        leads=to_patient if said else None,
        counts="rounded",
    )
    yield Part(
        "time-in-range",
        times,
        "files",
        hint=words.CLICK_BAR if here.single else "",
        leads=to_patient if here.single else None,
        title=words.TIME_TITLE,
    )


def _steroids(here: PageInput, view: View, by: Factor | None) -> Parts:
    (drug,) = here.cohort.dictionary.given("steroids")
    form, only = view.of(page_controls.form(single=here.single)), view.of(RECEIVING)
    said = hint(here, form)

    def doses() -> Panel:
        result = course(here.cohort, drug, by, receiving_only=only, apart=False, method=here.method)
        found = here.across(view, course_across, by, result)
        change = _change(here, view, drug, receiving_only=only)
        extent = axis_range(here.whole, drug, receiving_only=only)
        return course_panel(result, extent, drawing(here, form), found=found, change=change)

    def taper() -> Panel:
        result = shares(here.cohort, drug, by=by, receiving_only=only)
        return here.ranged(view, treatment.taper_panel(result), TAPER_RANGES, by, result)

    yield Part(
        "steroids",
        doses,
        "files",
        hint=said,
        leads=to_patient if said else None,
        counts="rounded",
    )
    yield Part("taper", taper, "files", counts="rounded")


def _persistence(here: PageInput, view: View, by: Factor | None) -> Parts:
    drawn = curves(here, view)
    endpoint = here.cohort.dictionary.in_role("persistence")
    if endpoint is None:
        return

    def reasons() -> Panel:
        result = discontinuation(here.cohort, by, here.method)
        draw = partial(stops_panel, result, by.levels if by else (), listed=here.single)
        return here.drawn_with_ranges(view, draw, STOPS_RANGES, by, result)

    yield Part("persistence", lambda: curves_panel(here, view, drawn, endpoint, by), counts="rounded")
    yield Part("reasons", reasons, "files", counts="rounded")


def _other(here: PageInput, view: View, by: Factor | None) -> Parts:
    def given() -> Panel:
        result = concomitant(here.cohort, TREATMENT, by)
        return here.ranged(view, treatment.concomitant_panel(result), CONCOMITANT_RANGES, by, result)

    yield Part("concomitant", given, "files", counts="rounded")


TABS: Mapping[str, Tab] = dict(zip(words.TABS, (_dose, _trough, _steroids, _persistence, _other), strict=True))


PAGE = Page(
    say("Treatment"),
    "pages/explore/treatment.py",
    say("How much of which drug, for how long, and why was it stopped?"),
    "safety",
    panels,
    controls,
    places=(
        Place("course", say("dose and corticosteroids"), (DESCRIPTION, ACROSS, MEAN_DIFFERENCE)),
        Place("trough", say("trough"), (DESCRIPTION, ACROSS, MEAN_DIFFERENCE)),
        Place(
            kind="time in range",
            label=say("time in range"),
            procedures=(DESCRIPTION, TIME_IN_RANGE, ACROSS),
        ),
        Place("survival", say("persistence"), (*CURVES, ACROSS)),
        Place("discontinuation", say("reasons to stop"), (DESCRIPTION, ACROSS)),
        Place("taper", say("taper of corticosteroids"), (ACROSS,)),
        Place("concomitant", say("other immunosuppressants"), (ACROSS,)),
    ),
    position=50,
)
