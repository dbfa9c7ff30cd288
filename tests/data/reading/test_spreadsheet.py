from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from data.reading import old_excel, upload
from data.reading.sheet import LIMITS
from data.reading.upload import sheets_in
from tests.data.odd.formats import ods_rows, open_document
from tests.data.odd.old_excel import ERROR, old_workbook


def rows(content: bytes) -> list[list[str]]:
    (sheet,), issues, _ = sheets_in({"f": content})
    assert issues == ()
    table = sheet.cells.fillna("")
    return [list(table.columns), *table.to_numpy().tolist()]


def test_cells_of_an_old_workbook_are_the_text_they_show_also_those_that_hold_an_error() -> None:
    content = old_workbook({"p": [["patient", "n", "day", "b"], ["患", 1.5, date(2020, 3, 4), True], ["P2", 3, ERROR]]})
    assert rows(content) == [
        ["patient", "n", "day", "b"],
        ["患", "1.5", "2020-03-04", "True"],
        ["P2", "3", "#DIV/0!", ""],
    ]
    (beside,) = old_excel.beside(content)
    assert beside.errors == {(2, 2): "#DIV/0!"}


def test_a_damaged_container_does_not_lead_in_circles() -> None:
    content = bytearray(old_workbook({"p": [["patient"]]}))
    content[512 + 8 : 512 + 12] = (2).to_bytes(4, "little")  # the first sector of the stream follows itself
    with pytest.raises(ValueError):  # noqa: PT011 - which one does not matter
        old_excel.streams(bytes(content))
    _, (only,), _ = sheets_in({"f": bytes(content)})
    assert "damaged" in only.wrong


def test_hidden_rows_of_an_open_document_are_read_and_told() -> None:
    marked = ods_rows([{"patient": "P1", "last_day": "9"}], lambda _, told: f'<table:table-cell office:value-type="string"><text:p>{told}</text:p></table:table-cell>')  # fmt: skip  # noqa: E501
    before, after = marked.rsplit("<table:table-row>", 1)
    content = open_document({"patients": f'{before}<table:table-row table:visibility="collapse">{after}'})
    (sheet,), _, _ = sheets_in({"f": content})
    assert sheet.cells.to_numpy().tolist() == [["P1", "9"]]
    assert ["hidden or filtered out" in entry.wrong for entry in sheet.issues] == [True]


def test_parquet_has_words_for_categories_and_days_for_timestamps() -> None:
    table = pd.DataFrame(
        {
            "id": ["P1", "P2"],
            "kind": pd.Categorical(["x", None]),
            "at": pd.to_datetime(["2020-01-05", "2020-02-05"]).tz_localize("Asia/Tokyo"),
            "n": pd.array([1, None], dtype="Int64"),
        },
        index=[7, 8],
    )
    out = io.BytesIO()
    table.to_parquet(out)
    first, second = ["P1", "x", "2020-01-05", "1"], ["P2", "", "2020-02-05", ""]
    assert rows(out.getvalue()) == [["id", "kind", "at", "n"], first, second]


def test_no_more_is_read_than_is_accepted(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO()
    pd.DataFrame({"a": [1, 2, 3]}).to_parquet(out)
    old = old_workbook({"p": [["a"], [1], [2]]})
    monkeypatch.setattr(upload, "LIMITS", replace(LIMITS, rows=2, workbook_cells=2))
    for content in (out.getvalue(), old):
        sheets, (only,), _ = sheets_in({"f": content})
        assert (sheets, "more than" in only.wrong) == ((), True)
    monkeypatch.setattr(upload, "LIMITS", replace(LIMITS, expanded_megabytes=0))
    _, (only,), _ = sheets_in({"f": out.getvalue()})
    assert "expand to more than" in only.wrong
