from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat
import pytest

from data.reading import upload
from data.reading.sheet import LIMITS, Sheet
from data.reading.upload import sheets_in


def saved(folder: Path, write: Any, rows: dict[str, list[object]], **told: Any) -> bytes:
    path = folder / "file"
    write(pd.DataFrame(rows), path, **told)
    return path.read_bytes()


def read(content: bytes) -> Sheet:
    (sheet,), issues, _ = sheets_in({"f": content})
    assert issues == ()
    return sheet


def cells(sheet: Sheet) -> dict[str, list[str]]:
    return {str(column): sheet.cells[column].fillna("").tolist() for column in sheet.cells}


def said(sheet: Sheet) -> list[str]:
    return [entry.wrong for entry in sheet.issues if entry.severity != "note"]


def test_codes_become_their_words_and_what_the_file_calls_missing_is_blank_and_counted(tmp_path: Path) -> None:
    rows: dict[str, list[object]] = {"id": ["P1", "P2", "P3"], "sex": [1.0, 2.0, 9.0], "age": [50.0, -9.0, -8.0]}
    told = {"variable_value_labels": {"sex": {1: "Male", 2: "Female"}, "age": {-9: "Refused"}}}
    content = saved(tmp_path, pyreadstat.write_sav, rows, missing_ranges={"sex": [9], "age": [{"lo": -9, "hi": -1}]},
                    column_labels={"age": "Age at start"}, **told)  # fmt: skip
    sheet = read(content)
    assert cells(sheet) == {"id": ["P1", "P2", "P3"], "sex": ["Male", "Female", ""], "age": ["50", "", ""]}
    assert sheet.labels == {"age": "Age at start"}
    assert sheet.cells.index.tolist() == [1, 2, 3]
    assert said(sheet) == [
        "The SPSS file explains the codes of 1 column; its words were read: sex (1 = Male, 2 = Female).",
        (
            "3 cells hold codes that the SPSS file calls missing; they were read as not recorded: "
            "sex (9: 1) and age (-8: 1, -9: 1)."
        ),
    ]


def test_a_number_of_which_some_values_are_explained_stays_a_number(tmp_path: Path) -> None:
    rows: dict[str, list[object]] = {"packs": [0.0, 5.0, 12.0, 99.0, 31.0], "tested": [1.0, 2.0, 2.0, 3.0, 1.0]}
    labels = {"packs": {0: "never smoked", 99: "Unknown"}, "tested": {1: "yes", 2: "no"}}
    sheet = read(saved(tmp_path, pyreadstat.write_dta, rows, variable_value_labels=labels))
    assert cells(sheet) == {"packs": ["0", "5", "12", "", "31"], "tested": ["yes", "no", "no", "3", "yes"]}
    assert [entry.severity for entry in sheet.issues] == ["understood", "warning", "understood"]
    assert "packs (0 = never smoked)" in said(sheet)[1]
    assert "packs (99: 1)" in said(sheet)[2]


def test_extended_missing_values_of_stata_are_counted(tmp_path: Path) -> None:
    table = pd.DataFrame({"age": pd.Series([50.0, "a", "b"], dtype=object)})
    path = tmp_path / "file"
    pyreadstat.write_dta(table, path, missing_user_values={"age": ["a", "b"]})
    sheet = read(path.read_bytes())
    assert cells(sheet) == {"age": ["50", "", ""]}
    assert "age (a: 1, b: 1)" in said(sheet)[0]


@pytest.mark.parametrize("write", [pyreadstat.write_sav, pyreadstat.write_dta, pyreadstat.write_xport])
def test_dates_are_those_of_the_file_whatever_day_it_counts_from(tmp_path: Path, write: Any) -> None:
    rows: dict[str, list[object]] = {
        "id": ["P1", "P2"],
        "day": [date(1959, 12, 31), None],
        "at": [datetime(2020, 1, 5), datetime(2020, 1, 5, 10)],  # noqa: DTZ001
    }
    assert cells(read(saved(tmp_path, write, rows))) == {
        "id": ["P1", "P2"],
        "day": ["1959-12-31", ""],
        "at": ["2020-01-05", "2020-01-05 10:00:00"],
    }


def test_no_more_is_read_than_is_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows: dict[str, list[object]] = {"a": [1.0, 2.0, 3.0], "b": [1.0, 2.0, 3.0]}
    contents = [saved(tmp_path, write, rows) for write in (pyreadstat.write_sav, pyreadstat.write_xport)]
    assert all(len(cells(read(content))["a"]) == 3 for content in contents)
    for limits in (replace(LIMITS, rows=2), replace(LIMITS, columns=1), replace(LIMITS, cells=5)):
        monkeypatch.setattr(upload, "LIMITS", limits)
        for content in contents:
            sheets, (only,), _ = sheets_in({"f": content})
            assert (sheets, "There are more than" in only.wrong) == ((), True)


def test_a_table_without_rows_is_told(tmp_path: Path) -> None:
    content = saved(tmp_path, pyreadstat.write_dta, {"a": ["", ""]})
    _, (only,), _ = sheets_in({"f": content})
    assert "no row with anything in it" in only.wrong
