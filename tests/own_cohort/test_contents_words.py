from __future__ import annotations

from dataclasses import replace

from components.own_cohort import contents_words as words
from components.own_cohort.contents import contents
from data.cohort import Cohort
from data.variables import DICTIONARY

ASKED = sum(not factor.derived for factor in DICTIONARY.factors) + len(DICTIONARY.numbers)
"""The characteristics that a file may give."""


def test_the_numbers_in_short(enrolled: Cohort) -> None:
    assert words.in_short(contents(enrolled)) == (
        ("Patients", "9", "6 followed"),
        ("Deaths", "2", "4 progressions or deaths"),
        ("Median follow-up", "24.3 months", "reverse Kaplan-Meier"),
        ("Characteristics", "6", f"of {ASKED}"),
        ("Measured variables", "3", "32 values"),
        ("Adverse reactions", "8", "in 5 patients"),
    )


def test_one_event_is_no_plural(enrolled: Cohort) -> None:
    held = contents(enrolled)
    one = replace(held, events=tuple((entry, 1) for entry, _ in held.events))
    assert words.in_short(one)[1] == ("Deaths", "1", "1 progression or death")


def test_in_one_line(enrolled: Cohort, empty: Cohort) -> None:
    assert words.one_line(contents(enrolled)) == "9 patients, 2 deaths"
    assert words.one_line(contents(empty)) == "0 patients, 0 deaths"


def test_long_lists_end_in_a_count(enrolled: Cohort, empty: Cohort) -> None:
    told = words.absent(contents(enrolled))
    assert told.startswith("Anti-Jo-1 antibody, Care setting, Smoking, ")
    lacking = ASKED + sum(not measure.derived for measure in DICTIONARY.measures) - 6 - 3
    assert told.endswith(f" and {lacking - words.MANY} more")
    assert words.drugs(contents(enrolled)) == "tacrolimus (4 patients) and cyclophosphamide (1 patient)"
    assert words.drugs(contents(empty)) == ""


def test_tables_of_what_was_found(enrolled: Cohort) -> None:
    held = contents(enrolled)
    assert words.characteristics_table(held).rows[:2] == (("Subtype", "8 of 9"), ("Anti-MDA5 antibody", "5 of 9"))
    assert words.measured_table(held).rows == (
        ("Tacrolimus trough, ng/mL", "3", "7"),
        ("Prednisolone equivalent, mg/day", "7", "10"),
        ("KL-6, U/mL", "7", "15"),
    )
