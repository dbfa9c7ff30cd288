from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.cohort import Cohort, Provenance, Tables, cohort_from
from data.entries import Factor, Measure, Number
from data.filters import Choice, Filter, Range, filter_from_query
from data.levels import MISSING, levels
from data.variables import DICTIONARY, DISEASE

SUBTYPE, MDA5, AGE = DICTIONARY.factor["subtype"], DICTIONARY.factor["anti_mda5"], DICTIONARY.number["age"]
ORDER = {key: at for at, key in enumerate((*DICTIONARY.factor, *DICTIONARY.number))}


def choices(factor: Factor) -> st.SearchStrategy[Choice]:
    every = (*(level.id for level in factor.levels), MISSING)
    kept = st.sets(st.sampled_from(every), min_size=1)
    return kept.map(lambda levels: Choice(factor, tuple(level for level in every if level in levels)))


def ranges(number: Number) -> st.SearchStrategy[Range]:
    bound = st.floats(allow_nan=False, allow_infinity=False)
    return st.builds(lambda a, b, missing: Range(number, min(a, b), max(a, b), missing), bound, bound, st.booleans())


PARTS = st.one_of(
    st.sampled_from(DICTIONARY.factors).flatmap(choices), st.sampled_from(DICTIONARY.numbers).flatmap(ranges)
)
FILTERS = st.lists(PARTS, unique_by=lambda part: part.key, max_size=6).map(
    lambda parts: Filter(tuple(sorted(parts, key=lambda part: ORDER[part.key])))
)


@given(FILTERS)
def test_a_filter_reads_back_from_its_link(wanted: Filter) -> None:
    read = filter_from_query(wanted.query)
    assert read.filter == wanted
    assert read.ignored == ()


def patients_of(cohort: Cohort) -> list[str]:
    return cohort.patients["patient"].tolist()


def test_a_choice_keeps_its_levels_and_the_missing_only_when_asked(cohort: Cohort) -> None:
    assert patients_of(Filter((Choice(SUBTYPE, ("pm", "cadm")),)).of(cohort)) == ["P1", "P2"]
    assert patients_of(Filter((Choice(MDA5, (MISSING,)),)).of(cohort)) == ["P3", "P4"]
    assert patients_of(Filter((Choice(MDA5, ("positive", MISSING)),)).of(cohort)) == ["P2", "P3", "P4"]


def test_a_range_holds_its_bounds(cohort: Cohort) -> None:
    assert patients_of(Filter((Range(AGE, 14, 64.9),)).of(cohort)) == ["P1", "P3"]
    assert patients_of(Filter((Range(AGE, 65, 65, keep_missing=True),)).of(cohort)) == ["P2", "P4"]
    assert Filter((Range(AGE, 66, 70),)).of(cohort).n == 0


def test_the_order_of_parts_and_of_filters_is_irrelevant(cohort: Cohort) -> None:
    parts: tuple[Choice | Range, ...] = (
        Choice(SUBTYPE, ("cadm", "classic_dm")),
        Range(AGE, 0, 64),
        Choice(MDA5, ("positive", MISSING)),
    )
    for order in permutations(parts):
        assert patients_of(Filter(order).of(cohort)) == ["P3"]
        one_by_one = cohort
        for part in order:
            one_by_one = Filter((part,)).of(one_by_one)
        assert patients_of(one_by_one) == ["P3"]


@cache
def three_patients() -> Cohort:
    rows = {"patient": ["a", "b", "c"], "subtype": ["PM", "CADM", None], "age": [20, 70, None]}
    nothing = pd.DataFrame()
    return cohort_from(Tables(pd.DataFrame(rows), nothing, nothing, nothing), Provenance("imported", "Three", "0"))


@given(PARTS, PARTS)
def test_filters_compose(first: Choice | Range, second: Choice | Range) -> None:
    cohort = three_patients()
    both = patients_of(Filter((first, second)).of(cohort))
    assert both == patients_of(Filter((second,)).of(Filter((first,)).of(cohort)))
    assert both == patients_of(Filter((second, first)).of(cohort))


def test_the_empty_filter_keeps_the_cohort_itself(cohort: Cohort) -> None:
    assert Filter().of(cohort) is cohort
    assert Filter().sentence == "All patients"
    assert Filter().query == ""


def test_sentences_are_a_clinicians() -> None:
    parts = (Choice(SUBTYPE, ("cadm", "classic_dm")), Choice(MDA5, ("positive", MISSING)), Range(AGE, 40, 65))
    assert Filter(parts).sentence == (
        "Subtype: CADM or Classic DM; Anti-MDA5 antibody: Positive or not tested; Age: 40 to 65 years"
    )
    assert Range(AGE, 40, 62.5, keep_missing=True).sentence == "Age: 40 to 62.5 years or not recorded"


def test_without_says_nothing_about_one_variable() -> None:
    both = Filter((Choice(SUBTYPE, ("pm",)), Range(AGE, 40, 65)))
    assert both.without("age") == Filter((Choice(SUBTYPE, ("pm",)),))
    assert both.without("sex") == both


@pytest.mark.parametrize(
    ("query", "ignored"),
    [
        ("subtype=XYZ", ("subtype=XYZ",)),
        ("age=40", ("age=40",)),
        ("age=65&age=40", ("age=65", "age=40")),
        ("age=nan&age=40", ("age=nan", "age=40")),
        ("age=a&age=40", ("age=a", "age=40")),
        ("page=survival&colour=red", ()),
    ],
)
def test_what_a_link_says_wrongly_is_left_out_and_told(query: str, ignored: tuple[str, ...]) -> None:
    read = filter_from_query(query)
    assert read.filter == Filter()
    assert read.ignored == ignored


def test_a_known_level_beside_an_unknown_one_counts() -> None:
    read = filter_from_query({"subtype": ["cadm", "XYZ"]})
    assert read.filter == Filter((Choice(SUBTYPE, ("cadm",)),))
    assert read.ignored == ("subtype=XYZ",)


def test_a_range_of_one_value_keeps_the_patients_who_have_it(cohort: Cohort) -> None:
    read = filter_from_query("age=65&age=65")
    assert (read.filter, read.ignored) == (Filter((Range(AGE, 65, 65),)), ())
    assert patients_of(read.filter.of(cohort)) == ["P2"]


def test_a_factor_line_of_a_new_measure_can_be_filtered(tables: Tables) -> None:
    ck = Measure("ck", "Creatine kinase", "U/L", "laboratory", (1, 100000))
    group = Factor(
        "ck_group",
        "Creatine kinase",
        levels({"lt200": "< 200 U/L", "ge200": "≥ 200 U/L"}),
        "lt200",
        DISEASE,
        source="ck",
        cuts=(200,),
    )
    dictionary = replace(DICTIONARY.with_measures([ck]), factors=(*DICTIONARY.factors, group))
    values = pd.DataFrame({"patient": ["P1", "P2"], "day": 0, "variable": "ck", "value": [900.0, 100.0]})
    rows = pd.concat([tables.measurements, values], ignore_index=True)
    cohort = cohort_from(replace(tables, measurements=rows), Provenance("imported", "CK", "0"), dictionary)
    read = filter_from_query("ck_group=≥ 200 U/L&ck_group=missing", dictionary)
    assert patients_of(read.filter.of(cohort)) == ["P1", "P3", "P4"]
    assert filter_from_query(read.filter.query, dictionary) == read
    assert filter_from_query(read.filter.query).filter == Filter()


def test_kept_has_one_answer_a_patient(cohort: Cohort) -> None:
    kept = Filter((Choice(SUBTYPE, ("pm",)),)).kept(cohort)
    np.testing.assert_array_equal(kept, [True, False, False, False])
