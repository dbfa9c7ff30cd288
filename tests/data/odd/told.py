"""Odd files that can be read, of which the visitor is told what else they may mean."""

from __future__ import annotations

import random

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
