from __future__ import annotations

from components.core.markup import BOLD, BOLD_END
from components.own_cohort import issue_words as words
from data.reading.issue import issue
from data.reading.read import Unread

DAY = issue("error", "measurements", "day", [3, 7], "Days are not whole numbers: “1.5”.", "Write whole days.")
NAME = issue("error", "", "", [], "The files are larger than 20 MB.", "Leave out columns that are not needed.")
AGE = issue("warning", "patients", "age", [2], "Age outside 0 to 110 years: 640.", "Look these values up.")
VALUE = issue("error", "measurements", "value", [9], "Cells do not hold a number: “x”.", "Write the number alone.")


def test_findings_stand_under_their_table_in_order_of_appearance() -> None:
    assert words.grouped([DAY, NAME, AGE, VALUE]) == (
        (
            "measurements",
            (
                words.Line("Column day, lines 3 and 7", DAY.wrong, DAY.remedy),
                words.Line("Column value, line 9", VALUE.wrong, VALUE.remedy),
            ),
        ),
        ("The files", (words.Line("", NAME.wrong, NAME.remedy),)),
        ("patients", (words.Line("Column age, line 2", AGE.wrong, AGE.remedy),)),
    )


def test_a_refusal_counts_what_stands_in_the_way_and_says_that_nothing_is_lost() -> None:
    told = words.refused([DAY, VALUE], "the reconstructed cohort")
    assert told.startswith(
        f"{BOLD}2 problems stand in the way, so nothing was opened.{BOLD_END} They are all listed here."
    )
    assert told.endswith("Until then the reconstructed cohort stays open.")
    assert words.refused([DAY], "x").startswith(
        f"{BOLD}1 problem stands in the way, so nothing was opened.{BOLD_END} It is listed"
    )


REMOVE = "Take such columns out of a file before you pass it on."


def test_columns_that_identify() -> None:
    ward, born, name = (
        Unread("patients", "ward"),
        Unread("patients", "dob", "a date of birth"),
        Unread("patients", "name", "a person's name"),
    )
    assert words.identifying([ward]) == ""
    assert words.identifying([ward, born]) == (
        f"{BOLD}1 column looks as if somebody could be recognised by it:{BOLD_END} “dob” in patients "
        f"(a date of birth). It is left out when the cohort is opened. {REMOVE}"
    )
    assert words.identifying([name, born]) == (
        f"{BOLD}2 columns look as if somebody could be recognised by them:{BOLD_END} "
        f"“name” in patients (a person's name) and “dob” in patients (a date of birth). "
        f"They are left out when the cohort is opened. {REMOVE}"
    )


def test_other_columns_left_out() -> None:
    unread = [Unread("patients", "ward"), Unread("reactions", "grade"), Unread("patients", "room")]
    assert words.left_out(unread) == "“ward” and “room” of patients; “grade” of reactions"
    assert words.left_out([]) == ""


def test_the_list_as_a_file_has_the_serious_first() -> None:
    table = words.findings_table([AGE, DAY])
    assert table.rows == (
        ("Must be put right", "measurements", "Column day, lines 3 and 7", DAY.wrong, DAY.remedy),
        ("Look at", "patients", "Column age, line 2", AGE.wrong, AGE.remedy),
    )


def test_what_was_understood_stands_as_column_reading_and_lines() -> None:
    read = issue("understood", "patients", "sex", [2, 3, 4, 5, 6, 7], "Read “M” as “Male” (6).")
    encoded = issue("understood", "patients.csv", "", [], "The text was read in another encoding.")
    assert words.understood_lines([read, encoded]) == (
        ("patients", (words.Line("sex", read.wrong, "2, 3, 4, 5, 6 and 1 more"),)),
        ("patients.csv", (words.Line("", encoded.wrong, ""),)),
    )
