from __future__ import annotations

import pytest

from data.reading.header import header_line
from data.reading.text_file import separator

NAMES = frozenset({"patient", "sex", "lastday", "day"})


@pytest.mark.parametrize(
    ("rows", "at"),
    [
        ([["patient", "sex"], ["P1", "Male"]], 0),
        ([["Cohort"], ["Exported", "2024"], ["Patient", "Sex", "x"], ["P1", "Male", ""]], 2),
        ([["who", "what"], ["P1", "sex"]], 0),
        ([["patient", "x"], ["day", "sex"]], 0),
        ([["title"]] * 14 + [["patient", "sex"]], 14),
        ([["title"]] * 15 + [["patient", "sex"]], 0),
        ([], 0),
    ],
)
def test_the_header_is_the_line_with_names_of_columns(rows: list[list[str]], at: int) -> None:
    assert header_line(rows, NAMES) == at


def test_the_separator_is_that_of_the_header() -> None:
    assert separator("Cohort, by ward, 2024\npatient;sex;last day\n", NAMES) == ";"
    assert separator('Cohort\n"patient"\t"sex"\n', NAMES) == "\t"
    assert separator("Cohort; 2024\npatient,sex\n", NAMES) == ","
    assert separator("patient;sex,x,y\n", NAMES) == ","  # no title: the first line decides as it stands
