"""One export of everything becomes patients and the tables that are repeated."""

from __future__ import annotations

import pytest

from data.reading.read import opened
from data.reading.redcap import as_tables
from data.reading.sheet import Sheet
from data.reading.upload import sheets_in

PLACE = "record_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance"
RAW = f"""{PLACE},sex,last_day,death_day,weight,day,variable,value,demo_complete
1,start_arm_1,,,Male,400,,70,,,,2
1,month_3_arm_1,,,,,,68,,,,
1,start_arm_1,labs,1,,,,,0,ferritin,500,
1,start_arm_1,labs,2,,,,,30,ferritin,400,
2,start_arm_1,,,Female,300,300,,,,,2
2,start_arm_1,labs,1,,,,,0,ferritin,900,
"""
LABELS = {
    "record_id": "Record ID", "redcap_event_name": "Event Name", "redcap_repeat_instrument": "Repeat Instrument",
    "redcap_repeat_instance": "Repeat Instance", "demo_complete": "Complete?",
}  # fmt: skip


def tables(text: str) -> dict[str, Sheet]:
    sheets, issues, _ = sheets_in({"export.csv": text.encode()})
    assert issues == ()
    return {sheet.name: sheet for sheet in as_tables(sheets)}


def labelled(text: str) -> str:
    head, rest = text.split("\n", 1)
    names = [*(LABELS.get(name, name) for name in head.split(",")), "Complete?"]
    return ",".join(names) + "\n" + rest.replace(",2\n", ",Complete\n").replace("\n", ",\n").rstrip(",")


@pytest.mark.parametrize("text", [RAW, labelled(RAW)])
def test_records_events_and_repeated_instruments_are_tables_of_their_own(text: str) -> None:
    found = tables(text)
    assert list(found) == ["export.csv", "export events", "export labs"]
    patients, events, labs = (sheet.cells.fillna("") for sheet in found.values())
    assert patients.to_dict("list") == {
        "patient": ["1", "2"], "sex": ["Male", "Female"], "last_day": ["400", "300"], "death_day": ["", "300"],
    }  # fmt: skip
    assert patients.index.tolist() == [2, 6]
    assert events[["patient", "weight"]].to_numpy().tolist() == [["1", "70"], ["1", "68"]]
    assert labs[["patient", "day", "variable", "value"]].to_numpy().tolist() == [
        ["1", "0", "ferritin", "500"], ["1", "30", "ferritin", "400"], ["2", "0", "ferritin", "900"],
    ]  # fmt: skip
    (told,) = found["export.csv"].issues
    assert "2 records" in told.wrong
    assert "events (2) and labs (3)" in told.wrong
    assert "1 column that says how far a form is filled in was left out" in told.wrong


def test_an_export_opens_with_its_measurements() -> None:
    found = opened({"export.csv": RAW.replace(",month_3_arm_1,,,,,,68,", ",month_3_arm_1,,,,,,,").encode()})
    assert found.cohort is not None, [entry.sentence for entry in found.issues]
    assert found.cohort.patients["patient"].tolist() == ["1", "2"]
    assert found.cohort.patients["death_day"].fillna(0).tolist() == [0, 300]
    assert found.cohort.measurements["value"].tolist() == [500, 400, 900]


def test_other_tables_stay_as_they_are() -> None:
    found = tables("patient,event_date,sex\nP1,2020-01-01,Male\n")
    assert list(found) == ["export.csv"]
