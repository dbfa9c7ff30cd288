"""Odd files that can be read, of which the visitor is told what else they may mean."""

from __future__ import annotations

import random
import re

from tests.data.odd.study import Case, csv_of, odd, study


@odd
def groups_above_the_header(rng: random.Random) -> Case:
    truth, mark = study(rng), rng.choice(",;\t")
    groups = mark.join(["", "Demographics", "", "", "", "", rng.choice(["Follow-up", "Outcome", "Status"]), ""])
    files = csv_of(truth.tables(), mark)
    files["patients.csv"] = f"{groups}\n".encode() + files["patients.csv"]
    return Case("groups above the header", files, truth, "Line 2 holds the names")


@odd
def drugs_taken_again(rng: random.Random) -> Case:
    truth = study(rng)
    stops = {row["patient"]: int(row["day"]) for row in truth.treatments if row["action"] == "stop"}
    last = {row["patient"]: int(row["last_day"]) for row in truth.patients}
    name = next(name for name in stops)
    later = rng.randint(stops[name] + 1, last[name] + 1)
    truth.patients[0] |= {"last_day": str(later)} | (
        {"death_day": str(later)} if truth.patients[0]["death_day"] else {}
    )
    again = {"patient": name, "day": str(later), "drug": "tacrolimus", "action": rng.choice(["start", "stop"])}
    rows = [*truth.treatments, again]
    rng.shuffle(rows)
    return Case(
        "drug taken again", csv_of(truth.tables() | {"treatments": rows}), truth, f"after a stop: “{name}”. The first"
    )


@odd
def header_repeated(rng: random.Random) -> Case:
    truth, name = study(rng), rng.choice(["patients", "measurements", "treatments"])
    files = csv_of(truth.tables(), mark := rng.choice(",;\t"))
    lines = files[f"{name}.csv"].decode().splitlines()
    at = rng.randint(1, len(lines))
    again = rng.choice([lines[0], lines[0].upper(), lines[0] + mark])
    files[f"{name}.csv"] = "\n".join([*lines[:at], again, *lines[at:], ""]).encode()
    return Case(f"header again in {name}", files, truth, f"line {at + 1}: 1 line repeats the header")


@odd
def units_below_the_header(rng: random.Random) -> Case:
    truth = study(rng)
    days, years, kilograms = rng.choice(
        [("days", "years", "kg"), ("[days]", "(y)", "[kg]"), ("日", "歳", "kg"), ("(d)", "yrs", "-")]
    )
    units = {"age": years, "weight": kilograms, "last_day": days, "death_day": days}
    row = {column: units.get(column, "") for column in truth.patients[0]} | {"patient": rng.choice(["", "unit", "-"])}
    tables = truth.tables() | {"patients": [row, *truth.patients]}
    return Case(f"units {days}", csv_of(tables), truth, "line 2: The line below the header holds units")


@odd
def other_units_below_the_header(rng: random.Random) -> Case:
    truth = study(rng)
    rows = [
        {**row, **{column: row[column] and str(int(row[column]) * 7) for column in ("last_day", "death_day")}}
        for row in truth.patients
    ]
    truth.patients[:], weeks = (
        rows,
        [
            {**row, **{column: row[column] and str(int(row[column]) // 7) for column in ("last_day", "death_day")}}
            for row in rows
        ],
    )
    word = rng.choice(["weeks", "(wk)", "週"])
    units = {column: word if column in ("last_day", "death_day") else "" for column in rows[0]}
    tables = truth.tables() | {"patients": [units, *weeks]}
    return Case("weeks below the header", csv_of(tables), truth, "gives weeks")


@odd
def remarks_below_the_table(rng: random.Random) -> Case:
    truth = study(rng)
    remark = rng.choice(["* from the registry", "Source: ward 4", "注: 外来のみ", "n=12", "※ 空欄は未測定"])
    files = csv_of(truth.tables())
    files["patients.csv"] += f"\n{remark}\n".encode()
    return Case("remark below", files, truth, f"1 line below the table holds no patient .* “{re.escape(remark)}”")


@odd
def sums_and_means_below_the_table(rng: random.Random) -> Case:
    truth = study(rng)
    names = rng.sample(["Total", "Total (n=4)", "Gesamt", "Suma", "合計", "平均", "Mean"], 2)
    total = str(sum(int(row["last_day"]) for row in truth.patients))
    rows = [dict.fromkeys(truth.patients[0], "") | {"patient": name, "last_day": total} for name in names]
    tables = truth.tables() | {"patients": [*truth.patients, *rows]}
    return Case(f"sums {names}", csv_of(tables), truth, "2 lines below the table hold no patient")
