from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from data.reading.cells import (
    among,
    blank,
    distinct,
    folded,
    folded_name,
    is_date,
    is_email,
    is_formula,
    lines,
    nearest,
    numbers,
    texts,
    unreadable,
)

CELLS = pd.Series(["１２", " -3.5 ", None, np.nan, "", "　", "1e3", "3,5", "<5", "12 mg", "nan", ".5"], dtype=object)


def test_cells_are_numbers_blank_or_unreadable() -> None:
    nan = np.nan
    np.testing.assert_array_equal(numbers(CELLS), [12, -3.5, nan, nan, nan, nan, 1000, nan, nan, nan, nan, 0.5])
    assert np.flatnonzero(blank(CELLS)).tolist() == [2, 3, 4, 5]
    assert np.flatnonzero(unreadable(CELLS)).tolist() == [7, 8, 9, 10]
    assert texts(CELLS).tolist()[:4] == ["12", "-3.5", "", ""]


def test_columns_of_numbers_pass_through() -> None:
    whole, partial = pd.Series([1, 2]), pd.Series([1.5, np.nan])
    assert numbers(whole).tolist() == [1, 2]
    assert blank(partial).tolist() == [False, True]
    assert not unreadable(partial).any()


def test_no_cells_are_no_answers() -> None:
    nothing = pd.Series([], dtype=object)
    assert [len(answer(nothing)) for answer in (numbers, blank, unreadable, texts)] == [0, 0, 0, 0]
    assert among(texts(nothing), ["a"]).tolist() == []


@pytest.mark.parametrize(
    "text",
    [
        "2019-03-04",
        "2019/3/4",
        "2019-03-04 10:30",
        "2019-03",
        "4.3.2019",
        "04/03/19",
        "4 Mar 2019",
        "R1.5.2",
        "2019年3月",
    ],
)
def test_dates(text: str) -> None:
    assert is_date(text)


@pytest.mark.parametrize("text", ["", "12", "-3", "12.5", "730", "1-3", "P-12-3", "May", "2019", "5/10"])
def test_no_dates(text: str) -> None:
    assert not is_date(text)


def test_formulas_and_addresses() -> None:
    assert [is_formula(text) for text in ("=A1", "@SUM(1)", "+A1(2)", "-2|cmd", "-itis", "+", "-5", "a=b")] == [
        True, True, True, True, False, False, False, False,
    ]  # fmt: skip
    assert [is_email(text) for text in ("a@b.org", "write to a.b@c.example please", "5 @ 3", "@home")] == [
        True, True, False, False,
    ]  # fmt: skip


def test_words_are_compared_without_case_width_and_space() -> None:
    assert folded(" Classic　DM ") == folded("classicＤＭ") == "classicdm"
    assert folded("+") != folded("-")
    assert folded_name("Anti-MDA5") == folded_name("anti_mda5") == "antimda5"


def test_the_nearest_word_or_none() -> None:
    assert nearest("CAMD", ["PM", "CADM", "Classic DM"]) == "CADM"
    assert nearest("sex", ["weight", "age"]) == ""
    assert nearest("x", []) == ""


def test_lines_are_those_of_the_file_or_count_from_the_header() -> None:
    table = pd.DataFrame({"a": [1, 2]})
    assert lines(table).tolist() == [2, 3]
    assert lines(table.set_axis(pd.Index([4, 9], name="line"))).tolist() == [4, 9]


def test_distinct_words_keep_their_order() -> None:
    assert distinct(np.array(["b", "a", "b"], dtype=object)) == ["b", "a"]
