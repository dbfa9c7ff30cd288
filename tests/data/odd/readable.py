"""Odd files that can be read: each with the study that must come out and the line that must say how it was understood."""

from __future__ import annotations

import csv
import random
import re
import unicodedata

from tests.data.odd.study import (
    Case,
    Study,
    changed,
    csv_of,
    odd,
    renamed,
    saved,
    study,
    text,
    workbook,
)


@odd
def plain_csv(rng: random.Random) -> Case:
    truth = study(rng)
    return Case("plain csv", csv_of(truth.tables()), truth)


@odd
def other_separators(rng: random.Random) -> Case:
    truth, mark = study(rng), rng.choice(";\t|")
    return Case(f"separator {mark!r}", csv_of(truth.tables(), mark), truth)


@odd
def decimal_commas(rng: random.Random) -> Case:
    truth, mark = study(rng), rng.choice(";\t")
    comma = {name: changed(rows, "value", _comma) if name == "measurements" else rows for name, rows in _tables(truth)}
    comma["patients"] = changed(truth.patients, "weight", _comma)
    n = len(truth.patients)
    return Case("decimal commas", csv_of(comma, mark), truth, rf"decimal sign in {n} cells")


@odd
def thousands_that_decimals_tell(rng: random.Random) -> Case:
    truth, mark = study(rng), rng.choice(";\t,")
    truth.measurements[0]["value"] = str(rng.randint(1000, 9999))
    written = [dict(row) for row in truth.measurements]
    written[0]["value"] = f"{int(written[0]['value']):,}"
    tables = truth.tables() | {"measurements": written}
    return Case(
        "thousands beside decimal points", csv_of(tables, mark), truth, r"between thousands were taken out in 1 cell"
    )


@odd
def points_between_thousands(rng: random.Random) -> Case:
    truth = study(rng)
    truth.measurements[0]["value"] = str(rng.randint(1000, 9999))
    truth.measurements[1]["value"] = f"{rng.randint(1000, 9999)}.5"
    written = changed(truth.measurements, "value", _german)
    tables = truth.tables() | {"measurements": written, "patients": changed(truth.patients, "weight", _comma)}
    return Case("points between thousands", csv_of(tables, ";"), truth, r"between thousands were taken out in 2 cells")


@odd
def space_between_thousands(rng: random.Random) -> Case:
    truth, sign = study(rng), rng.choice([" ", "\u00a0", "\u2009", "\u202f", "'"])
    truth.measurements[0]["value"] = str(rng.randint(1000, 99999))
    written = [dict(row) for row in truth.measurements]
    written[0]["value"] = f"{int(written[0]['value']):,}".replace(",", sign)
    return Case(
        "space between thousands", csv_of(truth.tables() | {"measurements": written}), truth, "between thousands"
    )


@odd
def unicode_minus(rng: random.Random) -> Case:
    truth = study(rng)
    truth.measurements[0]["day"] = str(-rng.randint(1, 20))
    written = changed(truth.measurements, "day", lambda day: day.replace("-", "−"))
    return Case("minus sign", csv_of(truth.tables() | {"measurements": written}), truth, "minus sign in 1 cell")


@odd
def baseline_before_the_start(rng: random.Random) -> Case:
    truth = study(rng)
    truth.measurements[0]["day"] = str(-rng.randint(1, 28))
    truth.patients[0] |= {"ferritin": truth.measurements[0]["value"]}
    rows = [{k: v for k, v in row.items() if k != "ferritin"} for row in truth.patients]
    return Case(
        "baseline day -2", csv_of(truth.tables() | {"patients": rows}), truth, "1 baseline value is from before day 0"
    )


@odd
def encodings(rng: random.Random) -> Case:
    truth, encoding = study(rng), rng.choice(["utf-8-sig", "utf-16"])
    return Case(encoding, csv_of(truth.tables(), encoding=encoding), truth)


@odd
def japanese_encodings(rng: random.Random) -> Case:
    truth, encoding = study(rng), rng.choice(["cp932", "cp932", "euc_jp"])
    tables = truth.tables() | {"patients": renamed(_japanese(truth), {"sex": "性別", "age": "年齢"})}
    tables["measurements"] = changed(truth.measurements, "variable", lambda _: "フェリチン")
    said = "Shift JIS" if encoding == "cp932" else "EUC-JP"
    return Case(f"Japanese in {encoding}", csv_of(tables, encoding=encoding), truth, said)


@odd
def one_japanese_column_behind_latin_letters(rng: random.Random) -> Case:
    truth, name = study(rng), rng.choice(["CRP値", "FVC値", "PSL量", "WBC数"])
    rows = [{**row, name: "1"} for row in truth.patients]
    return Case("CRP値 in Shift JIS", csv_of(truth.tables() | {"patients": rows}, encoding="cp932"), truth, name)


INSTITUTIONS = {
    "cp1252": ("Orléans", "Göteborg", "Málaga", "Saint-Étienne", "Århus", "Besançon"),
    "mac_roman": ("Orléans", "Göteborg", "Málaga", "Liège", "Besançon", "Nîmes"),
    "cp850": ("Orléans", "Nürnberg", "Málaga", "Liège", "Besançon"),
    "cp1250": ("Kraków", "Wrocław", "Poznań", "Plzeň", "Győr", "Łódź"),
    "cp1251": ("больница", "Москва", "Казань", "Тверь"),
    "big5": ("台大醫院", "臺北榮總", "高雄長庚", "馬偕醫院"),
    "gb18030": ("上海的医院", "北京协和医院", "华西医院"),
    "cp949": ("서울대병원", "세브란스", "아산병원"),
    "cp932": ("東京大学病院", "慶應義塾", "京都医療センター"),
    "euc_jp": ("東京大学病院", "慶應義塾", "京都医療センター"),
}
"""Encodings that no file tells, each with names of places that are written in it."""


def _with_institutions(truth: Study, encoding: str) -> dict[str, bytes]:
    """The study, its patients in an encoding: their institutions go round, and become part of the truth."""
    names = INSTITUTIONS[encoding]
    for at, row in enumerate(truth.patients):
        row["institution"] = names[at % len(names)]
    return csv_of(truth.tables()) | {"patients.csv": text(truth.patients).encode(encoding)}


@odd
def encodings_guessed(rng: random.Random) -> Case:
    truth, encoding = study(rng), rng.choice(["cp1252", "cp1252", "mac_roman", "cp1251", "big5", "cp932"])
    files = _with_institutions(truth, encoding)
    first = re.escape(truth.patients[0]["institution"])
    return Case(
        f"{encoding} guessed", files, truth, f"does not state its encoding. Guessed: .*“{first}”.* choose another"
    )


@odd
def encodings_chosen(rng: random.Random) -> Case:
    truth, encoding = study(rng), rng.choice(list(INSTITUTIONS))
    files = _with_institutions(truth, encoding)
    chosen = {"patients.csv": encoding}
    said = f"“{re.escape(truth.patients[0]['institution'])}”"
    return Case(f"{encoding} chosen", files, truth, said, encodings=chosen)


@odd
def japanese_mail(rng: random.Random) -> Case:
    truth = study(rng)
    tables = truth.tables() | {"patients": _japanese(truth)}
    return Case("JIS", csv_of(tables, encoding="iso2022_jp"), truth, "ISO-2022-JP")


@odd
def lines_above_the_header(rng: random.Random) -> Case:
    truth, mark = study(rng), rng.choice(",;\t")
    above = rng.choice(
        ["Cohort of our hospital", "Cohort of our hospital, 2024", '"Myositis; all wards"\n', "Exported:,2024-11-02\nBy:,ward 4\n",
         "\n\nPatients 2019 to 2024\n\n"]
    )  # fmt: skip
    files = {name: f"{above}\n".encode() + content for name, content in csv_of(truth.tables(), mark).items()}
    return Case(
        "title above the header", files, truth, r"above the header (is|are) left out: “.*Line \d+ holds the names"
    )


@odd
def lines_above_the_header_of_a_sheet(rng: random.Random) -> Case:
    truth = study(rng)
    book = workbook(truth.tables())
    for sheet in book.worksheets:
        sheet.insert_rows(1, rng.randint(1, 4))
        sheet["B1"] = "Myositis cohort"
    return Case("title in a sheet", {"cohort.xlsx": saved(book)}, truth, "left out: “Myositis cohort”")


@odd
def units_in_the_name_of_a_column(rng: random.Random) -> Case:
    truth = study(rng)
    unit, days = rng.choice([("months", 30.4375), ("weeks", 7), ("years", 365.25)])
    name = rng.choice(
        [f"last_day ({unit})", f"last_day_{unit}", f"Last day [{unit}]", f"follow_up_{unit}", f"Last-day in {unit}"]
    )
    rows = [dict(row) for row in truth.patients]
    for row, told in zip(rows, truth.patients, strict=True):
        written = f"{int(told['last_day']) / days:.4f}"
        row["last_day"] = written
        told["last_day"] = str(round(float(written) * days))
        if told["death_day"]:
            row["death_day"] = told["death_day"] = told["last_day"]
    stopped = [{**row, "day": str(min(int(row["day"]), 149))} for row in truth.treatments]
    known = Study(truth.patients, truth.measurements, stopped)
    tables = known.tables() | {"patients": renamed(rows, {"last_day": name})}
    return Case(f"column {name}", csv_of(tables), known, rf"The name gives {unit}; {len(rows)} numbers became days")


@odd
def days_that_may_be_months(rng: random.Random) -> Case:
    truth = study(rng)
    for row in truth.patients:
        row["last_day"] = str(rng.choice([12, 24, 36]))
        row["death_day"] = row["last_day"] if row["death_day"] else ""
    longest = max(int(row["last_day"]) for row in truth.patients)
    rows = [row for row in truth.measurements if row["day"] == "0"]
    known = Study(truth.patients, rows, [row for row in truth.treatments if row["action"] == "start"])
    return Case("12, 24, 36", csv_of(known.tables()), known, f"longest follow-up is {longest} days. Are these months")


@odd
def visits_that_may_be_months(rng: random.Random) -> Case:
    truth = study(rng)
    rows = [{**truth.measurements[0], "day": str(day), "value": f"{rng.randint(20, 90)}.5"} for day in (0, 1, 3, 6, 12)]
    known = Study(truth.patients, rows, truth.treatments)
    return Case("visits 1, 3, 6, 12", csv_of(known.tables()), known, "after day 12, .*Are these weeks or months")


@odd
def codes_for_not_recorded(rng: random.Random) -> Case:
    truth = study(rng)
    column, code = rng.choice(
        [("age", "99"), ("weight", "99.9"), ("weight", "99"), ("value", "9999"), ("value", "99999")]
    )
    rows = truth.measurements if column == "value" else truth.patients
    for row in rows:
        if column != "value":
            row[column] = f"{min(float(row[column]), 80):g}"
    for row in rng.sample(rows, 2):
        row[column] = code
    said = f"2 cells are taken as {code}.*write {code} for “not recorded”"
    return Case(f"{column} {code}", csv_of(truth.tables()), truth, said)


@odd
def codes_outside_what_is_plausible(rng: random.Random) -> Case:
    truth, code = study(rng), rng.choice(["999", "9999", "-9", "888", "-99"])
    column = rng.choice(["age", "weight"])
    truth.patients[-1][column] = code
    said = f"outside .*If {code} stands for “not recorded”, leave the cell empty"
    return Case(f"{column} {code}", csv_of(truth.tables()), truth, said)


@odd
def patients_that_may_be_one(rng: random.Random) -> Case:
    truth = study(rng)
    one, other = rng.choice([("P1", "p1"), ("001", "1"), ("P-01", "P1"), ("H 7", "h7"), ("A.3", "a3"), ("07", "7.0")])
    names = {truth.patients[0]["patient"]: one, truth.patients[1]["patient"]: other}
    named = Study(*(changed(rows, "patient", lambda name: names.get(name, name)) for rows in truth.tables().values()))
    said = f"may be those of the same patient: “{re.escape(one)}” and “{re.escape(other)}”"
    return Case(f"{one} and {other}", csv_of(named.tables()), named, said)


@odd
def japanese_levels_in_utf_8(rng: random.Random) -> Case:
    truth = study(rng)
    return Case("Japanese levels", csv_of(truth.tables() | {"patients": _japanese(truth)}), truth, "“男性” as “Male”")


@odd
def dermatomyositis_in_japanese(rng: random.Random) -> Case:
    truth = study(rng)
    for row in truth.patients:
        row["subtype"] = "Classic DM"
    rows = changed(truth.patients, "subtype", lambda _: "皮膚筋炎")
    said = rf"“皮膚筋炎” as “Classic DM” \({len(rows)}\)"
    return Case("皮膚筋炎", csv_of(truth.tables() | {"patients": rows}), truth, said)


@odd
def flags(rng: random.Random) -> Case:
    truth = study(rng)
    yes, no = rng.choice([("1.0", "0.0"), ("1", "0"), ("Checked", "Unchecked"), ("TRUE", "FALSE"), ("(+)", "(-)"),
                          ("（＋）", "（－）"), ("Y", "N"), ("あり", "なし"), ("有", "無")])  # fmt: skip
    n = sum(row["fever"] == "Present" for row in truth.patients)
    rows = changed(truth.patients, "fever", lambda level: yes if level == "Present" else no)
    said = rf"as “Present” \({n}\)"
    return Case(f"flags {yes}", csv_of(truth.tables() | {"patients": rows}), truth, said)


@odd
def plus_minus(rng: random.Random) -> Case:
    truth = study(rng)
    yes, no = rng.choice(
        [("(+)", "(-)"), ("+", "−"), ("陽性", "陰性"), ("pos", "NEG"), ("1.0", "0.0"), ("【＋】", "【－】")]
    )
    rows = changed(truth.patients, "anti_mda5", lambda level: yes if level == "Positive" else no)
    return Case(f"antibody {yes}", csv_of(truth.tables() | {"patients": rows}), truth, "as “Positive”")


@odd
def names_of_columns(rng: random.Random) -> Case:
    truth = study(rng)
    names = {"patient": rng.choice(["Patient ID", "症例番号", "ID", "subject_id"]), "sex": rng.choice(["Gender", "SEX", "性別"]),
             "last_day": rng.choice(["Last day", "LAST-DAY", "最終観察日"]), "age": "Age (years)"}  # fmt: skip
    tables = truth.tables() | {"patients": renamed(truth.patients, names)}
    return Case("names of columns", csv_of(tables), truth, "columns were read under another name")


@odd
def names_of_variables(rng: random.Random) -> Case:
    truth, name = (
        study(rng),
        rng.choice(["Ferritin", "フェリチン", "FERRITIN", "Ferritin (ng/mL)", "ferritin ng/ml", "血清フェリチン"]),
    )
    rows = changed(truth.measurements, "variable", lambda _: name)
    return Case(
        f"variable {name}", csv_of(truth.tables() | {"measurements": rows}), truth, rf"as “ferritin” \({len(rows)}\)"
    )


@odd
def names_of_the_drug(rng: random.Random) -> Case:
    truth = study(rng)
    name = rng.choice(["Tacrolimus", "TACROLIMUS", "タクロリムス", "プログラフ", "Prograf", "FK506", "Graceptor", "tacrolimus 1 mg",
                       "タクロリムス水和物", "Prograf capsules 0.5mg", "ﾌﾟﾛｸﾞﾗﾌ"])  # fmt: skip
    rows = changed(truth.treatments, "drug", lambda _: name)
    return Case(
        f"drug {name}", csv_of(truth.tables() | {"treatments": rows}), truth, rf"as “tacrolimus” \({len(rows)}\)"
    )


@odd
def codes_of_patients_in_other_characters(rng: random.Random) -> Case:
    truth = study(rng)
    base, other = rng.choice(
        [("P", "Ｐ"), ("が", "か\u3099"), ("ガ", "ｶﾞ"), ("é", "e\u0301"), ("P", "P\u200b"), ("P", "\u00a0P")]
    )
    named = Study(*(changed(rows, "patient", lambda name: f"{base}{name[1:]}") for rows in truth.tables().values()))
    rows = changed(named.measurements, "patient", lambda name: name.replace(base, other))
    said = "" if other.startswith("\u00a0") else "ordinary characters"  # space around a cell is no part of it
    return Case(
        f"codes {other!r}",
        csv_of(named.tables() | {"measurements": rows}),
        named,
        said,
    )


@odd
def full_width_digits(rng: random.Random) -> Case:
    truth = study(rng)
    wide = str.maketrans("0123456789.", "０１２３４５６７８９．")
    rows = changed(truth.patients, "age", lambda age: age.translate(wide))
    return Case(
        "full-width digits", csv_of(truth.tables() | {"patients": rows}), truth, rf"Full-width .* {len(rows)} cells"
    )


@odd
def dead_without_a_last_day(rng: random.Random) -> Case:
    truth = study(rng)
    rows = [{**row, "last_day": ""} if row["death_day"] else row for row in truth.patients]
    n = sum(bool(row["death_day"]) for row in rows)
    return Case(
        "dead without a last day",
        csv_of(truth.tables() | {"patients": rows}),
        truth,
        rf"{n} dead patients? ha(s|ve) no last day",
    )


@odd
def words_for_nothing(rng: random.Random) -> Case:
    truth, word = study(rng), rng.choice(["NA", "N/A", "-", ".", "NaN", "不明", "NULL"])
    rows = changed(truth.patients, "death_day", lambda day: day or word)
    return Case(f"missing {word}", csv_of(truth.tables() | {"patients": rows}), truth, "as not recorded")


@odd
def line_ends_and_blank_lines(rng: random.Random) -> Case:
    truth, end = study(rng), rng.choice(["\r\n", "\r", "\n\n", "\r\n\r\n"])
    files = {f"{name}.csv": text(rows, end=end).encode() for name, rows in truth.tables().items()}
    return Case(f"lines end in {end!r}", files, truth)


@odd
def quotation_marks_and_space(rng: random.Random) -> Case:
    truth = study(rng)
    rows = changed(truth.patients, "sex", lambda word: f"  {word} ")
    files = {
        f"{name}.csv": text(table, quoting=csv.QUOTE_ALL).encode()
        for name, table in (truth.tables() | {"patients": rows}).items()
    }
    return Case("all quoted", files, truth)


@odd
def empty_columns_and_rows_behind(rng: random.Random) -> Case:
    truth = study(rng)
    files = csv_of(truth.tables())
    files = {
        name: content.replace(b"\n", b",,,\n") + b",,,,\n" * rng.randint(1, 300) for name, content in files.items()
    }
    return Case("empty cells behind", files, truth)


@odd
def a_line_that_tells_the_separator(rng: random.Random) -> Case:
    truth, mark = study(rng), rng.choice(";,")
    files = {name: f"sep={mark}\n".encode() + content for name, content in csv_of(truth.tables(), mark).items()}
    return Case("sep= line", files, truth)


@odd
def unit_that_agrees(rng: random.Random) -> Case:
    truth, unit = study(rng), rng.choice(["ng/mL", "ng/ml", "µg/L", "ug/L"])
    rows = [{**row, "unit": unit} for row in truth.measurements]
    return Case("unit agrees", csv_of(truth.tables() | {"measurements": rows}), truth, f"units of {len(rows)} values")


@odd
def time_and_status_answered(rng: random.Random) -> Case:
    truth, dead = study(rng), rng.choice(["0", "1", "2", "dead"])
    alive = "1" if dead != "1" else "0"
    rows = [
        {column: cell for column, cell in row.items() if not column.endswith("_day")}
        | {"time": row["last_day"], "status": dead if row["death_day"] else alive}
        for row in truth.patients
    ]
    n = sum(bool(row["death_day"]) for row in truth.patients)
    return Case(
        "time and status",
        csv_of(truth.tables() | {"patients": rows}),
        truth,
        rf"is the event \(death\): {n} of {len(rows)} patients",
        dead,
    )


@odd
def columns_that_nobody_knows(rng: random.Random) -> Case:
    truth = study(rng)
    rows = [{**row, "ward": "B", "ferritin": "812"} for row in truth.patients]
    return Case(
        "ferritin among patients",
        csv_of(truth.tables() | {"patients": rows}),
        truth,
        "table measurements with the columns",
    )


def _tables(truth: Study) -> list[tuple[str, list[dict[str, str]]]]:
    return list(truth.tables().items())


def _comma(number: str) -> str:
    return number.replace(".", ",")


def _german(number: str) -> str:
    return f"{float(number):,}".removesuffix(".0").translate(str.maketrans(",.", ".,"))


def _japanese(truth: Study) -> list[dict[str, str]]:
    words = {
        "Male": "男性",
        "Female": "女性",
        "Positive": "陽性",
        "Negative": "陰性",
        "Present": "あり",
        "Absent": "なし",
    }
    return [
        {column: unicodedata.normalize("NFC", words.get(cell, cell)) for column, cell in row.items()}
        for row in truth.patients
    ]


@odd
def numbers_with_their_unit_behind_them(rng: random.Random) -> Case:
    truth = study(rng)
    behind = {"age": rng.choice(["歳", " years", " yrs", "才"]), "weight": rng.choice([" kg", "kg"])}
    rows = [row | {column: f"{row[column]}{unit}" for column, unit in behind.items()} for row in truth.patients]
    values = changed(truth.measurements, "value", lambda number: f"{number} ng/mL")
    tables = truth.tables() | {"patients": rows, "measurements": values}
    return Case(
        "units behind numbers", csv_of(tables, rng.choice(",;\t")), truth, "numbers have their unit behind them"
    )
