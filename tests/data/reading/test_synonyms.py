from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from data.levels import Level
from data.reading.synonyms import column_meanings, with_known_columns, with_known_words, with_numbers
from data.variables import DICTIONARY


def test_a_column_keeps_its_name_when_the_right_one_is_there_too() -> None:
    cells = pd.DataFrame({"gender": ["x"], "sex": ["Male"], "Patient": ["P1"]})
    table, (note,) = with_known_columns("patients", cells, DICTIONARY)
    assert list(table.columns) == ["gender", "sex", "patient"]
    assert note.wrong == "1 column was read under another name: “Patient” as “patient”."


def test_the_first_of_two_columns_that_mean_the_same_is_taken() -> None:
    table, _ = with_known_columns("patients", pd.DataFrame({"Gender": ["Male"], "SEX": ["x"]}), DICTIONARY)
    assert list(table.columns) == ["sex", "SEX"]


def test_an_alias_belongs_to_its_table() -> None:
    assert column_meanings("measurements", DICTIONARY)["result"] == "value"
    assert "result" not in column_meanings("patients", DICTIONARY)


def test_a_minus_is_negative_for_an_antibody_and_missing_elsewhere() -> None:
    cells = pd.DataFrame({"anti_ars": ["-"], "ct_pattern": ["-"]})
    table, notes = with_known_words("patients", cells, DICTIONARY)
    assert table["anti_ars"].tolist() == ["Negative"]
    assert table["ct_pattern"].isna().tolist() == [True]
    assert [entry.column for entry in notes] == ["anti_ars", "ct_pattern"]


def test_what_a_factor_calls_not_recorded_is_missing() -> None:
    sex = replace(DICTIONARY.factor["sex"], missing=Level("missing", "Never asked"))
    asked = tuple(sex if factor.key == "sex" else factor for factor in DICTIONARY.factors)
    cells = pd.DataFrame({"patient": ["a", "b"], "sex": ["never ASKED", "Male"]})
    table, _ = with_known_words("patients", cells, replace(DICTIONARY, factors=asked))
    assert table["sex"].isna().tolist() == [True, False]


def test_words_of_the_dictionary_need_no_note() -> None:
    cells = pd.DataFrame({"category": ["Other"], "serious": ["No"], "outcome": ["Unknown"]})
    table, notes = with_known_words("reactions", cells, DICTIONARY)
    pd.testing.assert_frame_equal(table, cells)
    assert notes == []


def test_a_column_becomes_numbers_only_as_a_whole() -> None:
    cells = pd.DataFrame({"day": ["0", "7"], "value": ["1.5", "many"]}, dtype=object)
    table, _ = with_numbers("measurements", cells, DICTIONARY, decimal_comma=False)
    assert table["day"].dtype == np.int64
    assert table["value"].tolist() == ["1.5", "many"]
