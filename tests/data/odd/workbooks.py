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
