from __future__ import annotations

import pytest

from data.reading.header import header_cells, header_line, is_unseparated
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
        ([["Who", "", "Day"], ["patient", "sex", "last day"], ["P1", "Male", "4"]], 1),  # a group called as a column is
        ([["patient", "Who", ""], ["", "sex", "last day"], ["P1", "Male", "4"]], 1),  # merged with the cell below
        ([["patient", "sex", "day"], ["", "", "sex"], ["", "day", "sex"]], 0),  # data under a header stay data
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


def test_a_name_above_an_empty_cell_of_the_header_is_its_name() -> None:
    rows = [["patient", "Who", "", "Day"], ["", "sex", "age"], ["P1", "Male", "50", ""]]
    assert header_cells(rows, 1, NAMES) == ["patient", "sex", "age", "Day"]
    assert header_cells(rows, 0, NAMES) == rows[0]


@pytest.mark.parametrize("mark", [":", "  ", " ", "~", "#"])
def test_names_that_something_else_separates(mark: str) -> None:
    lines = [[mark.join(["patient", "sex", "lastday"])], [], [mark.join(["P1", "Male", "400"])]]
    assert is_unseparated(lines, NAMES)
    assert not is_unseparated([*lines, ["patient", "sex"]], NAMES)  # a title that names two columns
    assert not is_unseparated([["patient"], ["P1"]], NAMES)
    assert not is_unseparated([], NAMES)
