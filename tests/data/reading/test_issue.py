from __future__ import annotations

from data.reading.issue import issue, listing, number


def test_an_issue_names_the_first_lines_and_counts_all() -> None:
    entry = issue("error", "patients", "age", range(2, 1302), "Wrong.", "Correct it.")
    assert (entry.rows, entry.count) == ((2, 3, 4, 5, 6), 1300)
    assert entry.sentence == "patients, column age, lines 2, 3, 4, 5, 6 and 1\N{THIN SPACE}295 more: Wrong. Correct it."


def test_the_place_is_as_exact_as_is_known() -> None:
    assert issue("note", "patients", "", (), "Wrong.").place == "patients"
    assert issue("note", "", "", (), "Wrong.").sentence == "Wrong."
    assert issue("note", "patients", "age", (7,), "Wrong.").place == "patients, column age, line 7"
    assert issue("note", "patients", "age", (7, 9), "Wrong.").place == "patients, column age, lines 7 and 9"


def test_listings() -> None:
    assert listing(["a"]) == "“a”"
    assert listing(["a", "b", "a"]) == "“a” and “b”"
    assert listing(["a", "b", "c"], quotes=False) == "a, b and c"
    assert listing("abcdefg") == "“a”, “b”, “c”, “d”, “e” and 2 more"
    assert listing(["a"], 3) == "“a” and 2 more"


def test_counts() -> None:
    assert number(12345) == "12\N{THIN SPACE}345"
