"""Odd ADaM data sets: dates, units and censoring as they are found, each with its right outcome."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

from tests.data.odd.study import Case, Row, Rows, Study, csv_of, odd, study

ORIGIN = date(1960, 1, 1)
FORMS: dict[str, Callable[[date], str]] = {
    "iso": date.isoformat,
    "time": lambda day: f"{day.isoformat()}T08:30",
    "compact": lambda day: day.strftime("%Y%m%d"),
    "sas": lambda day: (
        f"{day.day:02d}{'JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC'[3 * day.month - 3 : 3 * day.month]}{day.year}"
    ),
    "number": lambda day: str((day - ORIGIN).days),
}


def _sets(truth: Study, rng: random.Random, form: str = "iso") -> dict[str, Rows]:
    """ADSL with the dates of a study, and ADLB with its measurements."""
    written = FORMS[form]
    subjects: Rows = []
    starts: dict[str, date] = {}
    for row in truth.patients:
        start = starts[row["patient"]] = date(2019, 1, 1) + timedelta(rng.randint(0, 700))
        stop = next(
            (r["day"] for r in truth.treatments if r["patient"] == row["patient"] and r["action"] == "stop"), ""
        )
        end = written(start + timedelta(int(row["last_day"])))
        subjects.append(
            {
                "USUBJID": row["patient"], "SEX": row["sex"][0], "AGE": row["age"], "AGEU": "YEARS", "SAFFL": "Y",
                "TRT01A": "Tacrolimus", "TRTSDT": written(start),
                "TRTEDT": written(start + timedelta(int(stop))) if stop else "",
                "EOSSTT": "DISCONTINUED" if stop else "ONGOING", "EOSDT": end, "LSTALVDT": end,
                "DTHFL": "Y" if row["death_day"] else "", "DTHDT": end if row["death_day"] else "",
            }
        )  # fmt: skip
    labs = [
        {"USUBJID": row["patient"], "PARAMCD": "FERRITIN", "PARAM": "Ferritin", "AVAL": row["value"], "AVALU": "ng/mL",
         "ADT": written(starts[row["patient"]] + timedelta(int(row["day"])))}
        for row in truth.measurements
    ]  # fmt: skip
    return {"adsl": subjects, "adlb": labs}


def _told(truth: Study) -> Study:
    kept = ("patient", "sex", "age", "last_day", "death_day")
    return Study([{key: row[key] for key in kept} for row in truth.patients], truth.measurements, truth.treatments)


def _times(truth: Study, code: str, unit: str, label: str, divide: float = 1) -> Rows:
    return [
        {"USUBJID": row["patient"], "PARAMCD": code, "PARAM": label, "AVALU": unit,
         "AVAL": f"{(int(row['last_day']) + 1) / divide:.4f}", "CNSR": "0" if row["death_day"] else "1", "EVNTDESC": ""}
        for row in truth.patients
    ]  # fmt: skip


@odd
def dates_of_adam(rng: random.Random) -> Case:
    truth, form = study(rng), rng.choice(list(FORMS))
    said = r"TRTSDT: \d+ dates? (was|were) read" if form in ("compact", "sas", "number") else ""
    return Case(f"dates {form}", csv_of(_sets(truth, rng, form)), _told(truth), said)


@odd
def names_in_lower_case(rng: random.Random) -> Case:
    truth = study(rng)
    sets = {
        name: [{key.lower(): cell for key, cell in row.items()} for row in rows]
        for name, rows in _sets(truth, rng).items()
    }
    return Case("lower case", csv_of(sets), _told(truth), "Tacrolimus” as “tacrolimus”")


@odd
def months_in_the_label(rng: random.Random) -> Case:
    truth, (label, divide) = (
        study(rng),
        rng.choice([("(months)", 30.4375), ("(weeks)", 7), ("(days)", 1), ("[Years]", 365.25)]),
    )
    sets = _sets(truth, rng)
    sets["adtte"] = _times(truth, "OS", "", f"Overall survival {label}", divide)
    return Case(
        f"time {label}",
        csv_of(sets),
        _told(truth),
        rf"PARAM says {label[1:-1].lower()}, read so in {len(truth.patients)} rows",
    )


@odd
def progression_with_its_own_censoring(rng: random.Random) -> Case:
    truth = study(rng)
    sets = _sets(truth, rng)
    told = _told(truth)
    progressed: list[Row] = []
    for row, kept in zip(_times(truth, "PFS", "DAYS", "PFS"), told.patients, strict=True):
        day = rng.randint(5, 140)
        event = rng.random() < 0.5
        progressed.append({**row, "AVAL": str(day + 1), "CNSR": "0" if event else "1"})
        kept |= {"progression_day": str(day) if event else "", "progression_last_day": str(day)}
    sets["adtte"] = [*_times(truth, "OS", "DAYS", "OS"), *progressed]
    return Case(
        "progression censored on its own day",
        csv_of(sets),
        told,
        "censored here is followed to this day and no further",
    )


@odd
def last_dates_that_differ(rng: random.Random) -> Case:
    truth = study(rng)
    sets = _sets(truth, rng)
    for row in sets["adsl"]:
        row[rng.choice(["EOSDT", "LSTALVDT"])] = row["TRTSDT"]
    n = sum(not row["death_day"] for row in truth.patients)
    return Case("two last dates", csv_of(sets), _told(truth), f"{n} subjects? ha(s|ve) two different last dates")


@odd
def undated_values(rng: random.Random) -> Case:
    truth = study(rng)
    sets = _sets(truth, rng)
    sets["adlb"].append({**sets["adlb"][0], "ADT": rng.choice(["", "2020", "2020-03"])})
    return Case("undated value", csv_of(sets), _told(truth), "1 row was left out: they have no date")


@odd
def subjects_wrong(rng: random.Random) -> Case:
    truth = study(rng)
    sets = _sets(truth, rng)
    one = rng.choice([row for row in sets["adsl"] if not row["DTHFL"]])
    kind, column, cell, says = rng.choice(
        [("DTHFL without date", "DTHFL", "Y", f"no day of death: “{one['USUBJID']}”"), ("year of death", "DTHDT", "2020", "without a day: “2020”"),
         ("unreadable start", "TRTSDT", "soon", "no date that can be read: “soon”"), ("day, month, year", "EOSDT", "31/12/2020", "“31/12/2020”"),
         ("year of start", "TRTSDT", "2020", "without a day"), ("no start", "TRTSDT", "", "no first day"),
         ("29 February", "EOSDT", "2021-02-29", "no date that can be read")]
    )  # fmt: skip
    one[column] = cell
    return Case(kind, csv_of(sets), None, says)


@odd
def times_wrong(rng: random.Random) -> Case:
    truth = study(rng)
    sets = _sets(truth, rng)
    rows = _times(truth, "OS", "DAYS", "Overall survival")
    kind = rng.choice(["no unit", "unit", "code", "subject", "twice", "nothing", "parameter"])
    says = {"no unit": r"\(AVAL\) have no unit", "unit": "unit that is not known", "code": "censoring code",
            "subject": "not in adsl.csv: “Z9”", "twice": "more than one row", "nothing": "give no day",
            "parameter": "not clear"}[kind]  # fmt: skip
    for row in rows:
        row["AVALU"] = {"no unit": "", "unit": "CYCLES"}.get(kind, "DAYS")
        row["PARAMCD"] = "TTD" if kind == "parameter" else "OS"
    rows[0] |= {"CNSR": "Y"} if kind == "code" else {"AVAL": ""} if kind == "nothing" else {}
    if kind in ("subject", "twice"):
        rows.append({**rows[0], "USUBJID": "Z9"} if kind == "subject" else dict(rows[0]))
    sets["adtte"] = rows
    return Case(f"times: {kind}", csv_of(sets), None, says)


@odd
def units_mixed(rng: random.Random) -> Case:
    truth = study(rng)
    sets = _sets(truth, rng)
    sets["adlb"][1]["AVALU"] = rng.choice(["ug/dL", "mg/dL", ""])
    return Case("units mixed", csv_of(sets), None, "FERRITIN comes in several units")


@odd
def values_that_are_none(rng: random.Random) -> Case:
    truth = study(rng)
    sets = _sets(truth, rng)
    sets["adlb"][1]["AVAL"] = rng.choice(["<5", "1,234", "pending"])
    return Case("AVAL no number", csv_of(sets), None, "adlb.csv, column AVAL, line 3")


@odd
def subjects_missing(rng: random.Random) -> Case:
    truth = study(rng)
    sets = _sets(truth, rng)
    return Case("labs alone", csv_of({"adlb": sets["adlb"]}), None, "no data set that lists the subjects")
