"""Studies as files of other programs: SAS, SPSS, Stata, Parquet, old Excel, OpenDocument; whole, damaged and locked."""

from __future__ import annotations

import io
import random
import re
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat

from tests.data.odd.old_excel import ERROR, Cell, old_workbook
from tests.data.odd.study import Case, Row, Rows, Study, as_number, csv_of, odd, saved, study, text, workbook

CODES = {
    "sex": {1: "Male", 2: "Female"},
    "anti_mda5": {0: "Negative", 1: "Positive"},
    "fever": {0: "Absent", 1: "Present"},
}
_ODS = (
    '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    "><office:body><office:spreadsheet>{}</office:spreadsheet></office:body></office:document-content>"
)
_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIMETYPE}"/></manifest:manifest>'
)


def frame(rows: Sequence[Row], codes: Mapping[str, Mapping[int, str]] = {}) -> pd.DataFrame:
    """Rows as a table of numbers and texts; with ``codes`` words become their codes."""
    table = pd.DataFrame(rows).fillna("")
    for column in table:
        if column in codes:
            table[column] = table[column].map({word: float(code) for code, word in codes[str(column)].items()})
        elif column != "patient" and all(isinstance(as_number("", cell), int | float | None) for cell in table[column]):
            table[column] = pd.to_numeric(table[column])
    return table


def written(write: Callable[..., Any], table: pd.DataFrame, **told: Any) -> bytes:
    """What a writer that wants a path puts into the file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file")
        write(table, path, **told)
        return path.read_bytes()


def parquet(table: pd.DataFrame) -> bytes:
    out = io.BytesIO()
    table.to_parquet(out)
    return out.getvalue()


def archive(entries: Mapping[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in entries.items():
            target.writestr(name, content)
    return out.getvalue()


def open_document(sheets: Mapping[str, str]) -> bytes:
    """An OpenDocument spreadsheet of sheets whose rows are marked already."""
    tables = "".join(f'<table:table table:name="{name}">{rows}</table:table>' for name, rows in sheets.items())
    return archive({"mimetype": _MIMETYPE, "META-INF/manifest.xml": _MANIFEST, "content.xml": _ODS.format(tables)})


def ods_rows(rows: Sequence[Row], cell: Callable[[str, str], str]) -> str:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    lines = [dict(zip(columns, columns, strict=True)), *rows]
    return "".join(
        f"<table:table-row>{''.join(cell(column, row.get(column, '')) for column in columns)}</table:table-row>"
        for row in lines
    )


def ods_cell(_column: str, told: str, formula: str = "") -> str:
    value = as_number("", told)
    if value is None:
        return "<table:table-cell/>"
    kind = f'office:value-type="float" office:value="{told}"' if value != told else 'office:value-type="string"'
    return f"<table:table-cell {formula} {kind}><text:p>{escape(told)}</text:p></table:table-cell>"


def old_rows(rows: Sequence[Row]) -> list[list[Cell]]:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    return [list(columns), *([as_number(column, row.get(column, "")) for column in columns] for row in rows)]


@odd
def parquet_files(rng: random.Random) -> Case:
    truth = study(rng)
    tables = {name: frame(rows) for name, rows in truth.tables().items()}
    tables["patients"]["sex"] = tables["patients"]["sex"].astype("category")
    tables["patients"]["fever"] = tables["patients"]["fever"] == "Present"
    files = {f"{name}.parquet": parquet(table) for name, table in tables.items()}
    return Case("Parquet", files, truth, "“True” as “Present”")


@odd
def spss_files(rng: random.Random) -> Case:
    truth = study(rng)
    codes = {**CODES, "fever": CODES["fever"] | {9: "No answer"}}
    table = frame(truth.patients, CODES)
    table.loc[table.index[-1], ["fever", "age"]] = 9, 999
    truth.patients[-1] |= {"fever": "", "age": ""}
    told: dict[str, Any] = {"missing_ranges": {"fever": [9], "age": [{"lo": 900, "hi": 999}]}}
    content = written(pyreadstat.write_sav, table, variable_value_labels=codes, compress=rng.random() < 0.5, **told)
    said = r"2 cells hold codes that the SPSS file calls missing.*(fever \(9: 1\)|age \(999: 1\))"
    known = [{k: v for k, v in row.items() if not (k == "fever" and v == "")} for row in truth.patients]
    return Case("SPSS", _with(truth, "patients.sav", content), Study(known, *_long(truth)), said)


@odd
def stata_files(rng: random.Random) -> Case:
    truth = study(rng)
    table = frame(truth.patients, CODES)
    table["age"] = table["age"].astype(float).astype(object)
    table.loc[table.index[-1], "age"] = "a"
    truth.patients[-1]["age"] = ""
    told: dict[str, Any] = {"missing_user_values": {"age": ["a"]}, "column_labels": {"age": "Age at start"}}
    content = written(
        pyreadstat.write_dta, table, variable_value_labels=CODES, version=rng.choice([12, 13, 14, 15]), **told
    )
    return Case(
        "Stata", _with(truth, "patients.dta", content), truth, r"1 cell holds a code that the Stata file.*age \(a: 1\)"
    )


@odd
def stata_words(rng: random.Random) -> Case:
    truth = study(rng)
    content = written(pyreadstat.write_dta, frame(truth.patients, CODES), variable_value_labels=CODES)
    return Case(
        "Stata", _with(truth, "patients.dta", content), truth, r"codes of 3 columns.*sex \(1 = Male, 2 = Female\)"
    )


@odd
def sas_transport_files(rng: random.Random) -> Case:
    truth = study(rng)
    files = {
        f"{name}.xpt": written(pyreadstat.write_xport, frame(rows), file_format_version=8, table_name=name[:8])
        for name, rows in truth.tables().items()
    }
    return Case("SAS transport", files, truth)


@odd
def sas_transport_in_japanese(rng: random.Random) -> Case:
    truth = study(rng)
    names = rng.choice([("東京大学病院", "慶應義塾大学"), ("京都医療センター", "九州大学病院")])
    for at, row in enumerate(truth.patients):
        row["institution"] = names[at % 2]
    places = [f"{'QZ'[at]}" * len(name.encode("cp932")) for at, name in enumerate(names)]
    rows = [{**row, "institution": places[at % 2]} for at, row in enumerate(truth.patients)]
    content = written(pyreadstat.write_xport, frame(rows), file_format_version=8)
    for place, name in zip(places, names, strict=True):
        content = content.replace(place.encode(), name.encode("cp932"))
    return Case("SAS in Shift JIS", _with(truth, "patients.xpt", content), truth, f"Guessed: Japanese.*{names[0]}")


@odd
def old_workbooks(rng: random.Random) -> Case:
    truth = study(rng)
    tables = {name: old_rows(rows) for name, rows in truth.tables().items()}
    hidden = rng.choice([(), ("measurements",)])
    said = "^measurements: The sheet is hidden" if hidden else ""
    return Case("old Excel", {"cohort.xls": old_workbook(tables, hidden)}, truth, said)


@odd
def errors_in_old_workbooks(rng: random.Random) -> Case:
    truth = study(rng)
    tables = {name: old_rows(rows) for name, rows in truth.tables().items()}
    tables["patients"][1][4] = ERROR
    return Case("old Excel with #DIV/0!", {"cohort.xls": old_workbook(tables)}, None, "#DIV/0!")


@odd
def open_documents(rng: random.Random) -> Case:
    truth = study(rng)

    def cell(column: str, told: str) -> str:
        return ods_cell(column, told, 'table:formula="of:=[.A1]"' if column == "last_day" and told != column else "")

    content = open_document({name: ods_rows(rows, cell) for name, rows in truth.tables().items()})
    return Case("OpenDocument", {"cohort.ods": content}, truth, "hold a formula; the stored result was read")


@odd
def open_documents_with_faults(rng: random.Random) -> Case:
    truth = study(rng)
    fault, says = rng.choice(
        [
            ('<table:table-cell table:formula="of:=1+2"/>', "1 formula has no stored result: E2"),
            ('<table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>', "#DIV/0!"),
            ('<table:table-cell table:number-rows-spanned="2" table:number-columns-spanned="1" office:value-type="float" office:value="50"><text:p>50</text:p></table:table-cell>', "merged: E2:E3"),
        ]
    )  # fmt: skip
    first = ods_cell("age", truth.patients[0]["age"])
    rows = {name: ods_rows(table, ods_cell) for name, table in truth.tables().items()}
    before, after = rows["patients"].split("</table:table-row>", 2)[:2]
    rows["patients"] = rows["patients"].replace(after, after.replace(first, fault, 1), 1) if first in after else before
    return Case(f"OpenDocument {says}", {"cohort.ods": open_document(rows)}, None, says)


@odd
def archives_of_any_format(rng: random.Random) -> Case:
    truth = study(rng)
    name, content = rng.choice(
        [
            ("patients.dta", written(pyreadstat.write_dta, frame(truth.patients, CODES), variable_value_labels=CODES)),
            ("patients.parquet", parquet(frame(truth.patients))),
            ("patients.tsv", text(truth.patients, "\t").encode()),
            ("patients.xls", old_workbook({"patients": old_rows(truth.patients)})),
            ("patients.xlsx", saved(workbook({"patients": truth.patients}))),
        ]
    )
    return Case(f"archive with {name}", {"cohort.zip": archive(_with(truth, name, content))}, truth)


@odd
def damaged_files_of_other_programs(rng: random.Random) -> Case:
    truth = study(rng)
    name, content = rng.choice(
        [
            ("Stata", written(pyreadstat.write_dta, frame(truth.patients, CODES), variable_value_labels=CODES)),
            ("SPSS", written(pyreadstat.write_sav, frame(truth.patients, CODES), variable_value_labels=CODES)),
            ("Parquet", parquet(frame(truth.patients))),
            ("workbook", old_workbook({"patients": old_rows(truth.patients)})),
        ]
    )
    cut = (
        content[: rng.randint(520, len(content) * 2 // 3)]
        if name == "workbook"
        else content[: rng.randint(40, len(content) // 2)]
    )
    return Case(f"cut {name} file", {"patients.bin": cut}, None, "damaged|not a table|no row")


@odd
def files_that_are_locked_or_of_no_reader(rng: random.Random) -> Case:
    ole = old_workbook({"patients": [["patient"], ["P1"]]})
    name, content, says = rng.choice(
        [
            ("workbook with a password", ole.replace("Workbook".encode("utf-16-le"), "Encrypte".encode("utf-16-le")) + "EncryptedPackage".encode("utf-16-le"), "password"),
            ("binary workbook", archive({"xl/workbook.bin": b"x"}), "binary Excel workbook"),
            ("SAS catalogue", bytes(12) + b"\xc2\xea\x81\x60\xb3\x14\x11\xcf\xbd\x92\x08\x00\x09\xc7\x31\x8c\x18\x1f\x10\x11".ljust(144, b"\0") + b"CATALOG " + bytes(99), "catalogue of formats"),
            ("PROC CPORT", b"**COMPRESSED** **COMPRESSED**" + bytes(99), "PROC CPORT"),
            ("SPSS portable", b"0" * 40 + b"ASCII SPSS PORT FILE".ljust(400, b"0"), "SPSS portable"),
            ("archive in an archive", archive({"inner.zip": archive({"patients.csv": b"patient\nP1\n"})}), "archive inside an archive"),
        ]
    )  # fmt: skip
    return Case(name, {"cohort": content}, None, says)


@odd
def parquet_with_lists(rng: random.Random) -> Case:
    truth = study(rng)
    table = frame(truth.patients)
    table["visits"] = [[1, 2]] * len(table)
    said = re.escape("1 column is left out, for its cells hold lists or bytes: “visits”.")
    return Case("Parquet with lists", _with(truth, "patients.parquet", parquet(table)), truth, said)


@odd
def redcap_exports(rng: random.Random) -> Case:
    truth = study(rng)
    names = rng.choice(
        [
            ("record_id", "redcap_repeat_instrument", "redcap_repeat_instance", "demo_complete"),
            ("Record ID", "Repeat Instrument", "Repeat Instance", "Complete?"),
        ]
    )
    patients = {row["patient"]: row for row in truth.patients}
    rows: Rows = []
    for name, row in patients.items():
        rows.append(
            {
                names[0]: name,
                names[1]: "",
                names[2]: "",
                **{k: v for k, v in row.items() if k != "patient"},
                names[3]: "2",
            }
        )
        for table, long in (("labs", truth.measurements), ("drugs", truth.treatments)):
            own = [entry for entry in long if entry["patient"] == name]
            for at, entry in enumerate(own, start=1):
                told = {k: v for k, v in entry.items() if k != "patient"}
                rows.append({names[0]: name, names[1]: table, names[2]: str(at), **told})
    return Case("REDCap", {"export.csv": text(rows).encode()}, truth, rf"export of REDCap: {len(patients)} records")


def _long(truth: Study) -> tuple[Rows, Rows]:
    return truth.measurements, truth.treatments


def _with(truth: Study, name: str, content: bytes) -> dict[str, bytes]:
    """The long tables as CSV, the patients as another file."""
    files = csv_of({"measurements": truth.measurements, "treatments": truth.treatments})
    return {name: content} | files
