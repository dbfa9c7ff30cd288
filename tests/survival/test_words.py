"""Survival in words: the clock, the conditions, and numbers that agree with their nouns."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from components.core.analysis_set import Exclusion, Left, Why
from components.survival import table_words, words
from components.survival.analysis import Survival, survival
from components.survival.chart import View
from components.survival.detectable_words import EXPLAINED
from components.survival.pairwise import pairs
from components.survival.panel import survival_panel
from data.cohort import Cohort, Provenance, Tables, cohort_from
from data.filters import filter_from_query
from data.reading.read import reconstructed_cohort
from data.variables import DICTIONARY
from tests.written import of_patients

DEATH, SUBTYPE, TROUGH = DICTIONARY.endpoints[0], DICTIONARY.factor["subtype"], DICTIONARY.factor["trough_range"]
VIEW = View(730, (0, 365, 730), (0, 12, 24), (365, 730))


@pytest.fixture(scope="module")
def late() -> Survival:
    """Patients compared by what became known at month 3, from day 136 on."""
    return survival(reconstructed_cohort().of_population("outcome"), DEATH, TROUGH, (365,), (0,), 594, 136)


def test_after_a_landmark_the_tables_say_from_when_they_count(late: Survival, cohort: Cohort) -> None:
    assert table_words.estimates_table(late).columns[4:] == (
        "1 year after the landmark",
        "Restricted mean to day 594 after the landmark, months",
    )
    assert table_words.difference_table(late).columns[1] == "Months alive to day 594 after the landmark, difference"
    early = survival(cohort, DEATH, SUBTYPE, (365, 730), (0,))
    assert table_words.estimates_table(early).columns[4:] == (
        "At 1 year",
        "At 2 years",
        "Restricted mean to 2 years, months",
    )


def test_the_landmark_counts_who_was_left_out_and_why(late: Survival) -> None:
    """Three patients before it: one dead, one not followed, one not measured; of four, one is compared."""
    assert late.landmark is not None
    mark = replace(
        late.landmark, cohort=late.landmark.cohort.where(first(late.landmark.cohort)), n_before=4, left=left(1, 1, 1)
    )
    assert words.landmark_sentence(replace(late, landmark=mark)).endswith(
        "(landmark): 1 of 4 patients is compared: 1 had the event by then, 1 was not followed beyond it and 1 was not "
        "measured."
    )
    several = replace(mark, cohort=late.landmark.cohort, n_before=400, left=left(1, 2, 0))
    assert words.landmark_sentence(replace(late, landmark=several)).endswith(
        f"{late.landmark.cohort.n} of 400 patients are compared: 1 had the event by then and 2 were not followed "
        "beyond it."
    )


def left(event: int, follow_up: int, unmeasured: int) -> tuple[Left, Left, Left]:
    def some(n: int, why: Why) -> Left:
        return np.arange(9) < n, Exclusion(why)

    return (
        some(event, Why.EVENT_BY_LANDMARK),
        some(follow_up, Why.NOT_FOLLOWED_TO_LANDMARK),
        some(unmeasured, Why.NOT_MEASURED),
    )


def first(cohort: Cohort) -> NDArray[np.bool_]:
    name = cohort.patients["patient"].to_numpy()
    return np.asarray(name == name[0], dtype=bool)


def test_nobody_and_one_patient(cohort: Cohort) -> None:
    quiet = cohort.where(cohort.patients["patient"].isin(["P1", "P4"]).to_numpy())
    alone = cohort.where((cohort.patients["patient"] == "P1").to_numpy())
    dying = cohort.where((cohort.patients["patient"] == "P3").to_numpy())
    assert words.few_events(survival(quiet, DEATH)) == (
        "None of these 2 patients had the event (death): the curve stays at 100%."
    )
    assert words.few_events(survival(alone, DEATH)) == (
        "This patient did not have the event (death): the curve stays at 100%."
    )
    assert words.few_events(survival(dying, DEATH)) == "A single patient: the steps are one person's history."
    assert (
        words.nobody(survival(alone, DEATH, DICTIONARY.factor["smoking"])) == "Smoking is not known for this patient."
    )


def test_few_events_are_counted_in_the_singular_too(cohort: Cohort) -> None:
    some = cohort.where((cohort.patients["patient"] != "P5").to_numpy())
    assert words.few_events(survival(some, DEATH, SUBTYPE)).startswith("Only 1 death in 6 patients: ")


@pytest.mark.parametrize(("events", "told"), [(9, True), (10, False)])
def test_a_comparison_over_fewer_than_ten_events_is_a_description(cohort: Cohort, events: int, *, told: bool) -> None:
    compared = replace(survival(cohort, DEATH, SUBTYPE), events=events)
    alone = replace(survival(cohort, DEATH), events=events)
    assert table_words.ratio_table(compared).light is told  # no emphasis on a p that decides nothing
    assert bool(words.few_events(compared)) is told
    assert table_words.ratio_table(compared).light is told
    assert words.few_events(alone) == ""


def test_a_day_is_called_what_people_call_it() -> None:
    named = {0: "day 0", 91: "3 months", 365: "1 year", 730: "2 years", 1095: "3 years", 100: "day 100"}
    assert {day: words.when(day) for day in named} == named


def test_a_curve_says_from_which_day_on_few_are_at_risk(cohort: Cohort) -> None:
    """Seven patients: six are at risk from day 50 on, which is fewer than all of them."""
    (everyone,) = survival(cohort, DEATH).curves
    few = {int(day): "few patients at risk" in words.hover(everyone, i) for i, day in enumerate(everyone.days)}
    assert everyone.few_from == 50
    assert few == {0: False, 30: False, 50: True, 100: True, 400: True, 740: True, 750: True, 800: True}


def test_degrees_of_freedom_agree_with_their_number(cohort: Cohort) -> None:
    by_sex, by_subtype = (survival(cohort, DEATH, DICTIONARY.factor[key]) for key in ("sex", "subtype"))
    assert words.test_sentence(by_sex).split(". This")[0].endswith(", 1 degree of freedom); all follow-up, to month 26")
    assert (
        words.test_sentence(by_subtype)
        .split(". This")[0]
        .endswith(", 2 degrees of freedom); all follow-up, to month 26")
    )


def on_one_day(cohort: Cohort, *, event: bool) -> Cohort:
    """The patients of ``cohort``, all of whom die on day 100, or are all followed to day 730 without an event."""
    end = {"death_day": 100.0, "last_day": 100} if event else {"death_day": np.nan, "last_day": 730}
    tables = Tables(cohort.patients.assign(**end), cohort.measurements, cohort.reactions, cohort.treatments)
    return cohort_from(tables, Provenance("imported", "one day", "0"))


def test_all_die_on_one_day_no_ratio_could_have_been_shown_and_no_p_is_spoken_of(cohort: Cohort) -> None:
    """R: survdiff has 0 degrees of freedom. Schoenfeld's formula knows events only, not that they hold no order."""
    result = survival(on_one_day(cohort, event=True), DEATH, SUBTYPE, (365,), (0,))
    assert result.events == result.n > 3
    assert {level.detectable for level in result.comparison.levels} == {None}
    assert result.comparison.detectable is None
    assert result.sensitivity is not None
    assert {level.detectable for level in result.sensitivity.levels} == {None}
    assert "p-value" not in words.few_events(result)
    assert EXPLAINED not in survival_panel(result, VIEW).note
    assert {pair.detectable for pair in pairs(on_one_day(cohort, event=True), DEATH, SUBTYPE).pairs} == {None}


def test_abbreviations_are_explained_where_a_table_has_them(cohort: Cohort) -> None:
    study = reconstructed_cohort().of_population("outcome")
    whole = survival(study, DEATH, SUBTYPE, (365,), (0,))
    assert table_words.abbreviations(whole) == "NR: not reached."
    positive = filter_from_query({"anti_mda5": ["Positive"]}, DICTIONARY).filter.of(study)
    by_age = survival(positive, DEATH, DICTIONARY.factor["age_group"], (365,), (0,))
    assert table_words.abbreviations(by_age) == (
        "NR: not reached. A median is not estimable where the curve ends at exactly one half, without a further event. "
        "NE: this limit cannot be estimated. Firth: the hazard ratio and its limits with Firth's penalty, because a "
        "group without an event has no other; without a p-value of its own."
    )
    assert table_words.abbreviations(by_age) in survival_panel(by_age, VIEW).note
    alone = survival(on_one_day(cohort, event=True), DEATH, None, (365,), (0,))
    assert table_words.abbreviations(alone).startswith("NE: ") == any(
        "NE" in cell for cell in table_words.estimates_table(alone).rows[0]
    )


def test_a_median_that_is_not_estimable_says_why() -> None:
    """S is 1/2 from day 10 to the end of follow-up."""
    half = of_patients({"patient": ["A", "B"], "last_day": [10, 800], "death_day": [10, None]})
    found = survival(half, DEATH, None, (365,), (0,))
    assert table_words.estimates_table(found).rows[0][3].startswith("not estimable")
    assert "where the curve ends at exactly one half" in table_words.abbreviations(found)


def test_a_share_beyond_the_follow_up_says_why_it_is_not_given() -> None:
    short = of_patients({"patient": ["A", "B"], "last_day": [10, 300], "death_day": [10, None]})
    sentence = "Not estimable, because no patient of the group was followed that long."
    assert sentence in table_words.abbreviations(survival(short, DEATH, None, (365,), (0,), 200))
    assert sentence in table_words.abbreviations(survival(short, DEATH, None, (200,), (0,), 365))
    assert sentence not in table_words.abbreviations(survival(short, DEATH, None, (200,), (0,), 200))


def test_every_p_value_stands_under_the_name_of_its_test() -> None:
    study = reconstructed_cohort().of_population("outcome")
    result = survival(study, DEATH, SUBTYPE, (365,), (0,))
    tables = (
        table_words.ratio_table(result),
        table_words.difference_table(result),
        table_words.sensitivity_table(result),
    )
    heads = [head for table in tables for head in table.columns if head == "p" or head.startswith("p ")]
    assert heads == [
        "p (Wald)",
        "p (Holm)",
        "p (pooled variance)",
        "p (likelihood ratio, anti-conservative)",
        "p (Firth)",
    ]


def test_until_when_events_count_is_said_where_curves_end_before() -> None:
    study = reconstructed_cohort().of_population("outcome")
    stop = DICTIONARY.endpoint["tacrolimus_persistence"]
    grouped = words.horizon_sentence(survival(study, stop, SUBTYPE), 730)
    assert grouped == (
        "Events, tests and hazard ratios are over all follow-up, to month 37; the curves are drawn to month 24."
    )
    assert words.horizon_sentence(survival(study, stop), 730).startswith("Events are over all follow-up")


def test_still_is_a_word_before_it_is_a_name() -> None:
    study = reconstructed_cohort().of_population("outcome")
    stop = DICTIONARY.endpoint["tacrolimus_persistence"]
    head = table_words.difference_table(survival(study, stop, SUBTYPE)).columns[1]
    assert head == "Months still taking tacrolimus to 2 years, difference"


@pytest.mark.parametrize(("died", "short"), [(100, "nothing to compare"), (None, "no event before then")])
def test_a_difference_with_limits_has_a_p_value_or_says_why_not(died: int | None, short: str) -> None:
    """Eight patients who all die on one day, and eight of whom none dies."""
    last = 100 if died else 900
    eight = {"patient": [f"Z{i}" for i in range(8)], "subtype": ["PM", "CADM"] * 4, "last_day": last,
             "death_day": died}  # fmt: skip
    result = survival(of_patients(eight), DEATH, SUBTYPE)
    ((label, difference, p),) = table_words.difference_table(result).rows
    assert (label, p) == ("CADM minus PM", short)
    assert "beta product" in difference
    assert "No p-value for the difference of restricted means (CADM): " in survival_panel(result, VIEW).note
