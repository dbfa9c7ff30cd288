from __future__ import annotations

from dataclasses import replace

import pytest

from data.dictionary import Dictionary
from data.entries import Factor, Measure
from data.levels import NO_DRUG, Level, levels
from data.variables import DICTIONARY, PERSON

XY = levels({"x": "X", "y": "Y"})


def test_the_baseline_visit_is_the_one_with_day_0_wherever_it_stands() -> None:
    turned = replace(DICTIONARY, visits=DICTIONARY.visits[::-1])
    assert turned.baseline == DICTIONARY.baseline == DICTIONARY.visit["Day 0"]


def test_entries_are_found_by_key_and_visits_by_label() -> None:
    assert DICTIONARY.factor["sex"].words == ("Male", "Female")
    assert DICTIONARY.number["age"].unit == "years"
    assert DICTIONARY.measure["trough"].normal == (5.0, 10.0)
    assert DICTIONARY.endpoint["overall_survival"].days == ("death_day",)
    assert DICTIONARY.visit["Month 24"].day == 730
    assert DICTIONARY.population["safety"].members == ("Safety only", "Outcome")


@pytest.mark.parametrize("lookup", ["factor", "number", "measure", "endpoint", "visit", "population"])
def test_an_unlisted_key_is_a_key_error(lookup: str) -> None:
    with pytest.raises(KeyError):
        getattr(DICTIONARY, lookup)["nothing"]


def test_a_level_is_derived_from_a_source_and_known_late_when_its_visit_is() -> None:
    plain = Factor("a", "A", XY, "x", PERSON)
    cut = Factor("b", "B", XY, "x", PERSON, source="age", cuts=(1,))
    late = Factor("c", "C", XY, "x", PERSON, source="trough", cuts=(1,), visit="Month 3")
    assert [entry.derived for entry in (plain, cut, late)] == [False, True, True]
    assert [entry.post_baseline for entry in (plain, cut, late)] == [False, False, True]


def test_measures_of_a_kind_keep_their_order() -> None:
    keys = [entry.key for entry in DICTIONARY.of_kind("treatment")]
    assert keys == ["tacrolimus", "tacrolimus_per_kg", "trough", "prednisolone"]


def test_further_measures_leave_the_dictionary_as_it_was() -> None:
    ck = Measure("ck", "Creatine kinase", "U/L", "laboratory", (1, 100000))
    more = DICTIONARY.with_measures([ck])
    assert more.measure["ck"] is ck
    assert more.measures[:-1] == DICTIONARY.measures
    assert "ck" not in DICTIONARY.measure
    assert isinstance(more, Dictionary)


def test_only_listed_keys_are_given_back_in_their_order() -> None:
    assert DICTIONARY.listed(("kl6", "nothing", "sex", "age")) == ("kl6", "sex", "age")


def test_a_level_is_found_by_its_id_and_by_the_word_of_files() -> None:
    mda5 = DICTIONARY.factor["anti_mda5"]
    assert (mda5.words, mda5.base, mda5.reference) == (("Positive", "Negative"), 1, "negative")
    assert mda5.level("positive") is mda5.written("Positive") is mda5.levels[0]
    assert mda5.level("missing").label == "Not tested"
    with pytest.raises(KeyError):
        mda5.level("Positive")
    with pytest.raises(KeyError):
        mda5.written("positive")


def test_a_level_is_shown_by_its_word_unless_it_has_a_label() -> None:
    assert Level("dm", "DM").label == "DM"
    assert Level("dm", "DM", "Dermatomyositis").word == "DM"


def test_a_level_does_not_slip_into_a_text_as_it_is() -> None:
    with pytest.raises(TypeError, match="by its label"):
        f"{Level('dm', 'DM')}"


def test_a_drug_is_found_by_the_word_of_files_and_shown_by_its_label() -> None:
    studied = replace(DICTIONARY.study_drug, label="FK")
    words = replace(DICTIONARY, study_drug=studied)
    assert (words.drug("tacrolimus"), words.day_0) == (studied, "start of FK")
    assert [words.drug(word).id for word in ("methylprednisolone pulse", "rituximab")] == ["mp_pulse", "rituximab"]
    assert (words.drug(""), replace(words, study_drug=NO_DRUG).day_0) == (NO_DRUG, "start of follow-up")
