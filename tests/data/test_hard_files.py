"""Files that took minutes, lost a value without a word, or flooded the page."""

from __future__ import annotations

from time import process_time

import pytest

from data.reading import adam_values, cells, encoding, synonyms, text_file
from data.reading.read import opened
from data.variables import DICTIONARY

HEAD = "patient,sex,subtype,last_day,death_day\n"


def test_the_time_of_reading_grows_with_the_length_of_a_text() -> None:
    start = process_time()
    assert synonyms.drug_meant("tacrolimus " + "1" * 5000 + "z", DICTIONARY) == ""
    assert not cells.is_email("a" * 200_000)
    assert not adam_values.is_partial("2020" + "-" * 5000 + "q")
    assert adam_values.unit_in("(" + " " * 5000 + "x") == ""
    assert text_file.separator(" " * 200_000) == ","
    assert encoding.decoded(b"\xe9 " + b"a" * 200_000) is not None
    assert cells.nearest("patient" * 20_000, ["patient"]) == ""
    assert process_time() - start < 3


@pytest.mark.parametrize("written", ["Male\u200b", "Ｍａｌｅ", "\ufeffMale"])
def test_a_word_in_other_characters_is_read_and_told(written: str) -> None:
    found = opened({"patients.csv": f"{HEAD}P1,{written},ＰＭ,400,\n".encode()})
    assert found.cohort is not None
    assert found.cohort.patients[["sex", "subtype"]].iloc[0].tolist() == ["Male", "PM"]
    assert any("Read “ＰＭ” as “PM” (1)." in entry.wrong for entry in found.notes)


def test_a_line_of_sums_at_the_end_is_left_out_and_one_among_the_patients_is_none() -> None:
    left_out = opened({"patients.csv": f"{HEAD}P1,Male,PM,400,\nTotal,,,400,\n".encode()})
    assert left_out.cohort is not None
    assert left_out.cohort.n == 1
    found = opened({"patients.csv": f"{HEAD}P1,Male,PM,400,\nTotal,,,400,\nP2,Male,PM,300,\n".encode()})
    (problem,) = found.issues
    assert problem.place == "patients, column patient, line 3"
    assert problem.wrong == "“Total” in the place of a patient reads like a line of sums or means."


def test_many_unknown_columns_are_one_finding_and_a_long_text_is_clipped() -> None:
    names = ",".join(f"q{at:03d}" for at in range(200))
    found = opened({"patients.csv": f"patient,sex,last_day,death_day,{names}\nP1,{'Z' * 9000},400,\n".encode()})
    assert len(found.issues) == 2
    assert max(len(entry.sentence) for entry in found.issues) < 400


def test_two_columns_that_only_capitals_tell_apart_are_refused() -> None:
    found = opened({"patients.csv": b"patient,Sex,SEX,last_day,death_day\nP1,Male,Female,400,\n"})
    assert found.cohort is None
    assert "The column “SEX” is there twice, also as “Sex”." in found.issues[0].wrong
