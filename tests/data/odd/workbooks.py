"""Odd workbooks and archives that can be read."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable

from openpyxl.chart import BarChart

from tests.data.odd.study import Case, as_number, csv_of, odd, saved, study, workbook


@odd
def archives(rng: random.Random) -> Case:
    truth = study(rng)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in csv_of(truth.tables()).items():
            archive.writestr(f"export/{name}", content)
            archive.writestr(f"__MACOSX/export/._{name}", b"\x00\x05")
        archive.writestr("export/read me.docx", b"x")
    return Case("archive", {"cohort.zip": out.getvalue()}, truth, "left out: “read me.docx”")


@odd
def workbooks(rng: random.Random) -> Case:
    truth = study(rng)
    return Case("workbook", {"cohort.xlsx": saved(workbook(truth.tables()))}, truth)


@odd
def workbooks_with_a_chart(rng: random.Random) -> Case:
    truth = study(rng)
    book = workbook(truth.tables())
    book.create_chartsheet("Chart").add_chart(BarChart())
    book.create_sheet("notes")["A1"] = "checked"
    return Case("chart sheet", {"cohort.xlsx": saved(book)}, truth)


@odd
def workbooks_with_booleans(rng: random.Random) -> Case:
    truth = study(rng)
    book = workbook(
        truth.tables(), lambda column, cell: cell == "Present" if column == "fever" else as_number(column, cell)
    )
    return Case("booleans", {"cohort.xlsx": saved(book)}, truth, "“True” as “Present”")


@odd
def workbooks_with_formulas(rng: random.Random) -> Case:
    truth = study(rng)
    out = with_formulas(saved(workbook(truth.tables())), lambda value: f"<f>0+{value}</f><v>{value}</v>")
    return Case("formulas with results", {"cohort.xlsx": out}, truth, "hold a formula; the stored result was read")


@odd
def workbooks_with_hidden_cells(rng: random.Random) -> Case:
    truth = study(rng)
    book = workbook(truth.tables())
    sheet = book["patients"]
    hidden = rng.choice(["row", "filter", "column", "sheet"])
    if hidden in ("row", "filter"):
        sheet.row_dimensions[rng.randint(2, len(truth.patients) + 1)].hidden = True
    if hidden == "filter":
        sheet.auto_filter.ref = "A1:H4"
    if hidden == "column":
        sheet.column_dimensions["E"].hidden = True
    if hidden == "sheet":
        book["measurements"].sheet_state = "hidden"
    said = {
        "column": "1 column is hidden .* read like the others: “age”",
        "sheet": "^measurements: The sheet is hidden",
    }
    return Case(
        f"hidden {hidden}",
        {"cohort.xlsx": saved(book)},
        truth,
        said.get(hidden, r"line \d+: 1 row is hidden or filtered out .* read like the others"),
    )


@odd
def workbooks_with_groups_above_the_header(rng: random.Random) -> Case:
    truth = study(rng)
    book = workbook(truth.tables())
    sheet = book["patients"]
    sheet.insert_rows(1)
    sheet["B1"], sheet["G1"] = rng.choice(["Demographics", "患者背景"]), rng.choice(["Follow-up", "Outcome", "転帰"])
    sheet.merge_cells("B1:F1")
    sheet.merge_cells("G1:H1")
    if rng.random() < 0.5:  # the name of the column of patients is merged with the cell below it
        sheet["A1"], sheet["A2"] = "patient", None
        sheet.merge_cells("A1:A2")
    return Case("groups above the header", {"cohort.xlsx": saved(book)}, truth, "Line 2 holds the names")


def with_formulas(content: bytes, written: Callable[[str], str]) -> bytes:
    """A workbook whose days of last follow-up are formulas, as ``written`` puts the value down."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.namelist():
            part = source.read(entry)
            if entry == "xl/worksheets/sheet1.xml":
                part = re.sub(
                    rb'(<c r="G\d+"[^>]*>)<v>(\d+)</v>',
                    lambda found: found.group(1) + written(found.group(2).decode()).encode(),
                    part,
                )
            target.writestr(entry, part)
    return out.getvalue()
