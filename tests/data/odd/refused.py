"""Odd files that cannot be read: each is refused, and the refusal says what is wrong with it."""

from __future__ import annotations

import io
import random
import re
import zipfile

from tests.data.odd.study import Case, Row, changed, csv_of, odd, renamed, saved, study, text, workbook
from tests.data.odd.workbooks import with_formulas


def _one_cell(rng: random.Random, kind: str, column: str, cell: str, says: str, mark: str = ",") -> Case:
    """A study in which one cell, of patients or of measurements, holds something else."""
    truth = study(rng)
    table = "measurements" if column in ("value", "variable", "day") else "patients"
    rows = [dict(row) for row in truth.tables()[table]]
    at = rng.randrange(len(rows))
    rows[at][column] = cell
    says = says.replace("LINE", str(at + 2))
    return Case(kind, csv_of(truth.tables() | {table: rows}, mark), None, says)


@odd
def thousands_or_decimals(rng: random.Random) -> Case:
    truth, mark = study(rng), rng.choice(";\t|")
    rows = changed(truth.measurements, "value", lambda value: value.split(".", maxsplit=1)[0])
    rows[0]["value"] = f"{rng.randint(1000, 9999):,}"
    said = f"“{rows[0]['value']}” .* can be read in two ways"
    return Case("thousands or decimals", csv_of(truth.tables() | {"measurements": rows}, mark), None, said)


@odd
def thousands_or_decimals_with_a_point(rng: random.Random) -> Case:
    truth = study(rng)
    rows = changed(truth.measurements, "value", lambda value: value.split(".", maxsplit=1)[0])
    rows[0]["value"] = f"{rng.randint(1000, 9999):,}".replace(",", ".")
    said = f"“{rows[0]['value']}” .* can be read in two ways"
    tables = truth.tables() | {"measurements": rows, "patients": changed(truth.patients, "weight", lambda kg: kg[:2])}
    return Case("point between thousands or decimal", csv_of(tables, rng.choice(";\t")), None, said)


@odd
def both_decimal_signs_and_a_doubtful_number(rng: random.Random) -> Case:
    truth = study(rng)
    rows = [dict(row) for row in truth.measurements]
    for row, value in zip(rows, ("3,5", "812.5", "1,234"), strict=False):
        row["value"] = value
    return Case("both decimal signs", csv_of(truth.tables() | {"measurements": rows}, ";"), None, "“1,234” .* two ways")


@odd
def a_comma_in_a_file_of_commas(rng: random.Random) -> Case:
    return _one_cell(
        rng, "decimal comma between commas", "weight", "50,5", "line LINE: 1 cell .*a point for the decimals"
    )


@odd
def no_number(rng: random.Random) -> Case:
    cell, remedy = rng.choice(
        [("10²", "Superscripts"), ("<5", "limit itself"), ("≥3500", "limit itself"), ("812 ng/mL", "without its unit"),
         ("many", "without remark"), ("3-5", "not a range"), ("5±1", "not a range"), ("1.2.3", "a point for the decimals"),
         ("#DIV/0!", "failed here"), ("1e999", "without its unit"), ("½", "Superscripts"), ("٣", "without remark"),
         ("0x1F", "without its unit"), ("12,34,5", "a point for the decimals"), ("=1+1", "not computed"), ("--5", "without"),
         ("5O", "without its unit"), ("3.5*", "without its unit"), ("inf", "without remark"), ("1_000", "without its unit")]
    )  # fmt: skip
    return _one_cell(rng, f"value {cell}", "value", cell, f"line LINE: .*{remedy}")


@odd
def several_kinds_of_no_number(rng: random.Random) -> Case:
    truth = study(rng)
    rows = [dict(row) for row in truth.measurements]
    for row, value in zip(rows, ("<5", "812 ng/mL", "many", "10²"), strict=False):
        row["value"] = value
    return Case(
        "several faults",
        csv_of(truth.tables() | {"measurements": rows}),
        None,
        rng.choice(["line 2: .*limit", "line 3: .*unit", "line 4: .*remark", "line 5: .*Superscripts"]),
    )


@odd
def no_day(rng: random.Random) -> Case:
    cell, says = rng.choice(
        [("2020-03-01", "calendar dates"), ("1/3/2020", "calendar dates"), ("R2.3.1", "calendar dates"), ("12.5", "not whole"),
         ("-5", "before day 0"), ("43831", "spreadsheet dates"), ("2020年3月1日", "calendar dates"), ("day 5", "not hold")]
    )  # fmt: skip
    return _one_cell(rng, f"day {cell}", "last_day", cell, f"line LINE: .*{says}")


@odd
def unknown_words(rng: random.Random) -> Case:
    column, word = rng.choice(
        [("sex", "2"), ("anti_mda5", "±"), ("fever", "maybe"), ("sex", "Femle"), ("anti_mda5", "(±)")]
    )
    return _one_cell(rng, f"{column} {word}", column, word, "line LINE: .*not among the words")


@odd
def patients_that_do_not_fit(rng: random.Random) -> Case:
    truth = study(rng)
    rows = [dict(row) for row in truth.patients]
    which = rng.choice(["twice", "empty", "strange"])
    if which == "twice":
        return Case("patient twice", csv_of(truth.tables() | {"patients": [*rows, rows[0]]}), None, "more than one row")
    if which == "empty":
        rows[1]["patient"] = ""
        return Case("patient empty", csv_of(truth.tables() | {"patients": rows}), None, "Cells are empty")
    other = changed(truth.measurements, "patient", lambda name: name.replace("P00", "Q9"))
    return Case(
        "unknown patient", csv_of(truth.tables() | {"measurements": other}), None, "not in the table patients: “Q9”"
    )


@odd
def deaths_without_their_day(rng: random.Random) -> Case:
    truth = study(rng)
    alive = next(row["patient"] for row in truth.patients if not row["death_day"])
    if rng.random() < 0.5:
        rows: list[Row] = [
            {**row, "cause_of_death": "ILD" if row["patient"] == alive else ""} for row in truth.patients
        ]
        return Case(
            "cause without day", csv_of(truth.tables() | {"patients": rows}), None, f"no day of death: “{alive}”"
        )
    fatal = {
        "patient": alive,
        "day": "9",
        "category": "Infections",
        "term": "Sepsis",
        "serious": "Yes",
        "outcome": "Fatal",
    }
    return Case(
        "fatal without day", csv_of(truth.tables() | {"reactions": [fatal]}), None, f"no day of death: “{alive}”"
    )


@odd
def deaths_in_a_column_that_is_left_out(rng: random.Random) -> Case:
    truth = study(rng)
    alive = next(row["patient"] for row in truth.patients if not row["death_day"])
    column, dead, living = rng.choice(
        [("died", "Yes", "No"), ("status", "Dead", "Alive"), ("転帰", "死亡", "生存"), ("Vital status", "deceased", "")]
    )
    rows = [{**row, column: dead if row["death_day"] or row["patient"] == alive else living} for row in truth.patients]
    return Case(f"dead by {column}", csv_of(truth.tables() | {"patients": rows}), None, f"no day of death: “{alive}”")


@odd
def days_out_of_order(rng: random.Random) -> Case:
    truth = study(rng)
    if rng.random() < 0.5:
        rows = [{**row, "death_day": "950"} for row in truth.patients]
        return Case("death after the last day", csv_of(truth.tables() | {"patients": rows}), None, "after the last day")
    rows = [dict(row) for row in truth.measurements]
    rows[0]["day"] = "901"
    return Case(
        "measured after death", csv_of(truth.tables() | {"measurements": rows}), None, "after the patient's death"
    )


@odd
def columns_that_are_missing(rng: random.Random) -> Case:
    truth, column = study(rng), rng.choice(["patient", "last_day", "death_day"])
    names = {column: f"x{column}x", "ward": "study"}
    return Case(
        f"without {column}",
        csv_of(truth.tables() | {"patients": renamed(truth.patients, names)}),
        None,
        f"“{column}” is missing",
    )


@odd
def time_and_status(rng: random.Random) -> Case:
    truth = study(rng)
    names = {
        "last_day": rng.choice(["time", "OS_months", "futime"]),
        "death_day": rng.choice(["status", "event", "dead"]),
    }
    rows = [{**row, "death_day": "1" if row["death_day"] else "0"} for row in truth.patients]
    return Case(
        "time and status", csv_of(truth.tables() | {"patients": renamed(rows, names)}), None, "which code is death"
    )


@odd
def units(rng: random.Random) -> Case:
    truth = study(rng)
    rows = [{**row, "unit": "ng/mL"} for row in truth.measurements]
    rows[1]["unit"] = rng.choice(["pg/mL", "mg/dL", "ng/dL"])
    if rng.random() < 0.5:
        return Case("other unit", csv_of(truth.tables() | {"measurements": rows}), None, "Ferritin: 1 value is in")
    rows = changed(rows, "variable", lambda _: "creatinine")
    return Case(
        "two units", csv_of(truth.tables() | {"measurements": rows}), None, "“creatinine” comes in several units"
    )


@odd
def values_in_the_place_of_variables(rng: random.Random) -> Case:
    truth = study(rng)
    rows = [{**truth.measurements[0], "variable": f"{at}.5", "day": str(at)} for at in range(rng.randint(300, 3000))]
    return Case(
        "values for variables", csv_of(truth.tables() | {"measurements": rows}), None, "different measured variables"
    )


@odd
def years_of_birth(rng: random.Random) -> Case:
    return _one_cell(rng, "year of birth", "age", str(rng.randint(1930, 2000)), "line LINE: .*year of birth")


@odd
def shapes_of_text(rng: random.Random) -> Case:
    good = csv_of(study(rng).tables())
    patients = good["patients.csv"].decode()
    kind, content, says = rng.choice(
        [("open quotation mark", patients.replace("P01", '"P01'), "quotation mark"),
         ("long row", patients.replace("P01", "P01,x,y,z,u"), "more cells than the header"),
         ("column twice", patients.replace("sex", "age", 1), "is there twice"),
         ("empty", "", "empty"), ("only space", " \n \n", "empty"), ("only a header", patients.split("\n")[0], "no patient"),
         ("no table of ours", "colour;taste\nred;sour\n", "not clear which"), ("page", "<!DOCTYPE html><p>", "not a table"),
         ("rich text", "{\\rtf1 x}", "not a table"), ("zero bytes", "a\x00b,c\n1,2\n", "not a table")]
    )  # fmt: skip
    return Case(kind, good | {"patients.csv": content.encode()}, None, says)


@odd
def damaged_characters(rng: random.Random) -> Case:
    truth, lost = study(rng), rng.choice([b"\xe4\xba", b"\xe4", b"\xba\xac"])
    written = text(changed(truth.patients, "sex", lambda _: "東京病院")).encode()
    content = written.replace("京".encode(), lost, 1)
    return Case(
        "damaged UTF-8",
        csv_of(truth.tables()) | {"patients.csv": content},
        None,
        "characters of this file cannot be read",
    )


@odd
def encodings_that_nothing_tells(rng: random.Random) -> Case:
    truth = study(rng)
    word, encoding = rng.choice(
        [("上海的医院", "gb18030"), ("서울대병원", "euc_kr"), ("东京医院", "gb18030"), ("세브란스", "cp949")]
    )
    rows = [{**row, "institution": word} for row in truth.patients]
    files = csv_of(truth.tables()) | {"patients.csv": text(rows).encode(encoding)}
    return Case(f"{encoding} unasked", files, None, "several encodings, .* Choose above")


@odd
def other_kinds_of_file(rng: random.Random) -> Case:
    kind, content, says = rng.choice(
        [("old Excel", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "damaged"), ("PDF", b"%PDF-1.7 x", "not a table"),
         ("picture", b"\x89PNG\r\n\x1a\n" + bytes(20), "not a table"), ("SAS", b"HEADER RECORD*******LIBRARY", "SAS transport file is damaged"),
         ("cut archive", b"PK\x03\x04" + bytes(50), "damaged"), ("noise", bytes(range(256)), "not a table")]
    )  # fmt: skip
    return Case(kind, {"cohort.xlsx": content}, None, says)


def _archive(entries: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


@odd
def archives_of_other_things(_rng: random.Random) -> Case:
    content = _archive({"letter.docx": b"PK", "picture.png": b"x"})
    return Case("letters in an archive", {"cohort.zip": content}, None, "no table in the archive")


@odd
def bombs(rng: random.Random) -> Case:
    head = b"patient,last_day,death_day\n"
    cells = b'<row r="1">' + b"<c><v>1</v></c>" * 500_000 + b"</row>"
    sheet = {
        "xl/workbook.xml": b'<workbook><sheets><sheet name="a" id="first"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": b'<all><one Id="first" Target="worksheets/sheet1.xml"/></all>',
        "xl/worksheets/sheet1.xml": b"<worksheet>",
    }
    kind, content, says = rng.choice(
        [("blank lines", _archive({"patients.csv": head + b"\n" * 70 * 2**20}), "expand to more than"),
         ("commas", b"," * 200_000, "empty"), ("columns", head[:-1] + b",x" * 100_000 + b"\n1,2", "columns"),
         ("cells", _archive({"patients.csv": head + b"1,2,3\n" * 600_000}), "more than"),
         ("sheet", _archive(sheet | {"xl/worksheets/sheet2.xml": b" " * 70 * 2**20}), "expand to more than"),
         ("cells of a sheet", _archive(sheet | {"xl/worksheets/sheet1.xml": cells}), "more than"),
         ("many parts", _archive({f"{at}.csv": b"a" for at in range(600)}), "too many files"),
         ("entities", _archive(sheet | {"xl/workbook.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><workbook/>"}), "damaged")]
    )  # fmt: skip
    return Case(f"bomb of {kind}", {"cohort.zip": content}, None, says)


@odd
def formulas_without_results(rng: random.Random) -> Case:
    book = saved(workbook(study(rng).tables()))
    written = rng.choice([lambda value: f"<f>0+{value}</f><v></v>", lambda value: f"<f>0+{value}</f>"])
    return Case("formulas without results", {"cohort.xlsx": with_formulas(book, written)}, None, "no stored result")


@odd
def merged_cells(rng: random.Random) -> Case:
    truth = study(rng)
    book = workbook(truth.tables())
    table, cells = rng.choice([("patients", "C2:C3"), ("measurements", "A2:A4"), ("patients", "B3:C3")])
    book[table].merge_cells(cells)
    return Case("merged cells", {"cohort.xlsx": saved(book)}, None, f"^{table}: Cells are merged: {cells}")


@odd
def measurements_in_another_form(rng: random.Random) -> Case:
    truth = study(rng)
    names, says = rng.choice(
        [
            ({"value": "value (ng/mL)"}, "add a column “unit” that says “ng/mL”"),
            ({"day": "week"}, "call it “day .weeks.”"),
        ]
    )
    rows = renamed(truth.measurements, names)
    if rng.random() < 0.4:
        rows = [{"patient": row["patient"], "day": row["day"], "ferritin": row["value"]} for row in truth.measurements]
        says = "“ferritin” is a column of its own"
    return Case(f"values as {says}", csv_of(truth.tables() | {"measurements": rows}), None, says)


@odd
def other_marks_between_cells(rng: random.Random) -> Case:
    truth, mark = study(rng), rng.choice([":", "~", "^", "  "])
    files = csv_of(truth.tables())
    files["patients.csv"] = text(truth.patients, ";").replace(";", mark).encode()
    return Case(f"separator {mark!r}", files, None, "Nothing that is known separates")


@odd
def sums_below_the_table(rng: random.Random) -> Case:
    truth = study(rng)
    name = rng.choice(["ALL", "SD", "Σ", "Razem"])
    total = str(sum(int(row["last_day"]) for row in truth.patients))
    rows = [*truth.patients, dict.fromkeys(truth.patients[0], "") | {"patient": name, "last_day": total}]
    return Case(f"sums {name}", csv_of(truth.tables() | {"patients": rows}), None, f"“{re.escape(name)}” in the place")


@odd
def rows_below_the_header_that_are_no_records(rng: random.Random) -> Case:
    truth = study(rng)
    lines = csv_of(truth.tables())["patients.csv"].decode().splitlines()
    names = lines[0].split(",")
    kind = rng.choice(["codes beside units", "another order"])
    if kind == "another order":
        at = rng.randint(1, len(lines))
        row, says = ",".join([names[0], *reversed(names[1:])]), f"line {at + 1}: The line names the columns in another"
    else:
        told = {"sex": "M/F", "age": "years", "weight": "kg", "last_day": rng.choice(["days", "months"])}
        at, row, says = 1, ",".join(told.get(name, "") for name in names), "line 2: The line below the header looks"
    files = csv_of(truth.tables()) | {"patients.csv": "\n".join([*lines[:at], row, *lines[at:], ""]).encode()}
    return Case(kind, files, None, says)


@odd
def a_unit_behind_some_numbers(rng: random.Random) -> Case:
    column, cell = rng.choice([("age", "71歳"), ("age", "852 months"), ("weight", "61.5 kg"), ("value", "812 ng/mL")])
    return _one_cell(rng, f"{column} {cell}", column, cell, "line LINE: .*without its unit, or the same unit behind")
