from __future__ import annotations

import pandas as pd
import pytest

from data.reading.closing_lines import without_closing_lines
from data.reading.sheet import Sheet
from data.variables import DICTIONARY


def kept(column: str, *codes: str, filled: int = 3) -> int:
    """How many of the lines with these codes stay; the last one has so many cells filled."""
    rows = [[code, "1", "2"] for code in codes]
    rows[-1] = [codes[-1], *(["1", "2"] if filled > 1 else [None, None])]
    cells = pd.DataFrame(rows, columns=[column, "age", "days"], dtype=object)
    return len(without_closing_lines(Sheet("a.csv", cells, workbook=False), DICTIONARY).cells)


@pytest.mark.parametrize("code", ["Total", "Total (n=4)", "Mittelwert", "合計", "平均"])
def test_sums_at_the_end_hold_no_patient(code: str) -> None:
    assert kept("patient", "A", "B", code) == 2
    assert kept("patient", "A", code, "B") == 3


@pytest.mark.parametrize("code", ["SUM-001", "ALL", "SD", "P3", "Meaney"])
def test_codes_that_may_be_patients_stay(code: str) -> None:
    assert kept("patient", "A", "B", code) == 3


@pytest.mark.parametrize("code", ["* from the registry", "注: 外来のみ", "Source: ward 4", "n = 12", "※空欄"])
def test_a_remark_stands_alone_in_its_line(code: str) -> None:
    assert kept("patient", "A", "B", code, filled=1) == 2
    assert kept("patient", "A", "B", code) == 3


def test_of_another_column_only_a_whole_word_counts() -> None:
    assert kept("variable", "Albumin", "Total bilirubin") == 2
    assert kept("Nummer", "1", "2", "Summe") == 2


def test_several_lines_are_one_finding_and_a_table_of_nothing_else_stays() -> None:
    cells = pd.DataFrame({"patient": ["A", "Total", "Mean"], "age": ["1", "1", "1"]}, dtype=object)
    (said,) = without_closing_lines(Sheet("a.csv", cells, workbook=False), DICTIONARY).issues
    assert (said.rows, said.severity) == ((3, 4), "understood")
    assert kept("patient", "Total", "Mean") == 2
