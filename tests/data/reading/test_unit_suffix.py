from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from data.reading.sheet import Sheet
from data.reading.unit_suffix import without_units
from data.variables import DICTIONARY


def sheet(**columns: Sequence[object]) -> Sheet:
    return Sheet("a.csv", pd.DataFrame(columns, dtype=object), workbook=False)


def read(name: str, *cells: object) -> tuple[str, list[object], list[str]]:
    found = without_units(sheet(**{name: list(cells)}), DICTIONARY)
    column = str(found.cells.columns[0])
    return column, found.cells[column].tolist(), [one.wrong for one in found.issues]


@pytest.mark.parametrize(
    ("name", "cells", "column", "numbers"),
    [
        ("年齢", ["71歳", "68 歳", "７０歳"], "年齢", ["71", "68", "70"]),
        ("age", ["71 years", "68yrs", "70 y"], "age", ["71", "68", "70"]),
        ("last_day", ["12ヶ月", "3か月"], "last_day (months)", ["12", "3"]),
        ("last_day", ["120 d", "30 days"], "last_day", ["120", "30"]),
        ("BNP", ["1,234.5 pg/mL", "<5 pg/mL", "-1 pg/mL"], "BNP (pg/mL)", ["1,234.5", "<5", "-1"]),
        ("BNP", ["12,5mg/dL", "1 200 mg/dL"], "BNP (mg/dL)", ["12,5", "1 200"]),
        ("FVC", ["85%", "未測定", "70 ％"], "FVC (%)", ["85", "未測定", "70"]),
    ],
)
def test_the_same_unit_behind_every_number_goes_to_the_column(
    name: str, cells: list[object], column: str, numbers: list[object]
) -> None:
    found, read_as, said = read(name, *cells)
    assert (found, read_as) == (column, numbers)
    assert len(said) == 1


@pytest.mark.parametrize(
    ("name", "cells"),
    [
        ("age", ["71歳", "68"]),
        ("age", ["68", "71歳"]),
        ("time", ["12 months", "2 years"]),
        ("診断年", ["2019年", "2020年"]),
        ("診断月", ["3月", "4月"]),
        ("stage", ["1a", "2b"]),
        ("time", ["12 m", "24 m"]),
        ("patient", ["1 d", "2 d"]),
        ("term", ["3 kg heavier", "5 kg"]),
        ("number", [1.0, 2.0]),
        ("empty", [None, None]),
    ],
)
def test_what_is_no_number_with_one_unit_stays(name: str, cells: list[object]) -> None:
    assert read(name, *cells) == (name, cells, [])


def test_a_column_that_is_called_so_is_not_replaced() -> None:
    both = sheet(**{"BNP": ["1 pg/mL"], "BNP (pg/mL)": ["3"]})
    assert without_units(both, DICTIONARY) is both


def test_units_of_several_variables_stand_in_a_column_of_their_own() -> None:
    value = ["5 ng/mL", "1.5 mg/dL", "400", None]
    found = without_units(sheet(variable=["ferritin", "crp", "kl6", "crp"], value=value), DICTIONARY)
    assert found.cells["value"].tolist()[:3] == ["5", "1.5", "400"]
    assert found.cells["unit"].tolist() == ["ng/mL", "mg/dL", np.nan, np.nan]
    assert "“ng/mL” and “mg/dL”" in found.issues[0].wrong


@pytest.mark.parametrize("rows", [{"variable": ["crp", "crp"], "value": ["5 mg/dL", "6"]}, {"value": ["5 mg/dL", "x"]}])
def test_one_variable_with_and_without_a_unit_stays(rows: dict[str, list[str]]) -> None:
    given = sheet(**rows)
    assert without_units(given, DICTIONARY) is given
