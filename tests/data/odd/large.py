"""Files of some 400 000 cells: as many as a workbook may have. Made once each, outside of the tests, for they take long."""

from __future__ import annotations

import io
import random
from collections.abc import Callable

import openpyxl

from tests.data.odd.study import Case, Rows, Study, csv_of, study

CELLS = 400_000
PATIENTS = 3_000


def _study(rng: random.Random, cells: int) -> Study:
    """A study with so many cells of measurements, four a row."""
    truth = study(rng)
    names, last = [f"L{at:05d}" for at in range(PATIENTS)], 4_000
    patients: Rows = [
        dict(rng.choice(truth.patients)) | {"patient": name, "last_day": str(last), "death_day": ""} for name in names
    ]
    days = cells // 4 // PATIENTS
    measurements: Rows = [
        {
            "patient": name,
            "day": str(day),
            "variable": "ferritin",
            "value": f"{rng.randint(20, 900)}.{rng.randint(1, 9)}",
        }
        for name in names
        for day in range(days)
    ]
    return Study(patients, measurements, [{"patient": names[0], "day": "0", "drug": "tacrolimus", "action": "start"}])


def text_of_many_cells(rng: random.Random) -> Case:
    truth = _study(rng, CELLS)
    return Case("text of many cells", csv_of(truth.tables(), rng.choice(",;\t")), truth)


def text_with_decimal_commas_and_units(rng: random.Random) -> Case:
    truth = _study(rng, CELLS)
    rows = [{**row, "value": f"{row['value'].replace('.', ',')} ng/mL"} for row in truth.measurements]
    files = csv_of(truth.tables() | {"measurements": rows}, ";")
    return Case("units behind many numbers", files, truth, "numbers have their unit behind them")


def workbook_of_many_cells(rng: random.Random) -> Case:
    truth = _study(rng, CELLS - 9 * PATIENTS)
    book = openpyxl.Workbook(write_only=True)
    for name, rows in truth.tables().items():
        sheet = book.create_sheet(name)
        sheet.append(list(rows[0]))
        for row in rows:
            sheet.append([float(cell) if cell.replace(".", "").isdigit() else cell for cell in row.values()])
    out = io.BytesIO()
    book.save(out)
    return Case("workbook of many cells", {"cohort.xlsx": out.getvalue()}, truth)


def text_without_meaning(rng: random.Random) -> Case:
    rows = [",".join(f"{rng.randrange(10**9):x}" for _ in range(100)) for _ in range(CELLS // 100)]
    return Case("text without meaning", {"dump.csv": "\n".join(rows).encode()}, None)


LARGE: tuple[Callable[[random.Random], Case], ...] = (
    text_of_many_cells,
    text_with_decimal_commas_and_units,
    workbook_of_many_cells,
    text_without_meaning,
)
