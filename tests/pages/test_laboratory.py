"""The Laboratory page, and one line in the dictionary that brings a new value to every place it belongs to."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from streamlit.testing.v1 import AppTest

from components.courses.analysis import course
from components.courses.words import course_table
from components.export.table_files import csv_file
from components.patient.history import history
from components.survival.words import nobody_left
from components.ui.study import IMPORTED, LISTED, PATIENT
from data.cohort import Cohort
from data.entries import Measure
from data.reading.read import opened
from data.reading.template import template
from data.variables import DICTIONARY

ROOT = Path(__file__).resolve().parents[2]
CK = Measure(
    "ck", "Creatine kinase", "U/L", "laboratory", (5, 100000), 0, normal=(None, 200), skewed=True, aliases=("cpk",)
)
WITH_CK = DICTIONARY.with_measures((CK,))

PATIENTS = b"patient,subtype,last_day,death_day\nA1,PM,400,\nA2,CADM,400,\n"
MEASUREMENTS = b"patient,day,variable,value\nA1,0,CPK,1500\nA1,91,ck,300\nA2,0,ck,900\nA2,91,ck,2\n"


def page(name: str, cohort: Cohort, **asked: str) -> AppTest:
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    test.session_state[IMPORTED] = cohort
    test.session_state[LISTED] = True
    test.session_state[PATIENT] = "A1"
    for key, value in asked.items():
        test.query_params[key] = value
    test.switch_page(f"pages/explore/{name}.py")
    test.run()
    assert not test.exception
    return test


def tables(test: AppTest) -> str:
    return "".join(element.proto.body for element in test.get("html"))


def test_all_values_together(enrolled: Cohort) -> None:
    """KL-6 on day 0: 1000, 500, 2000, 800 and 1500 of the six patients of the outcome population."""
    shown = tables(page("laboratory", enrolled))
    assert "<td>KL-6, U/mL: All patients, 6 patients</td>" in shown
    assert "<td>mean ± SD</td><td>1\u202f160 ± 594</td>" in shown


def test_change_of_those_measured_twice(enrolled: Cohort) -> None:
    shown = tables(page("laboratory", enrolled, value="kl6", scale="change", pairs="true"))
    assert "KL-6, change from day 0, U/mL" in shown
    assert "day 0 of the same, mean ± SD" in shown
    assert "<td>mean ± SD</td><td>0 ± 0</td><td>133 ± 351</td>" in shown


def test_fewer_measured_is_told_before_the_figure(enrolled: Cohort) -> None:
    test = page("laboratory", enrolled, value="kl6")
    assert "falls by more than a third, from 5 patients to 1" in test.info[0].value


@pytest.mark.parametrize("asked", [{}, {"value": "kl6", "model": "true", "apart": "true", "log": "true"}])
def test_nobody_left(enrolled: Cohort, asked: dict[str, str]) -> None:
    test = page("laboratory", enrolled, subtype="pm", anti_mda5="positive", **asked)
    assert [notice.value for notice in test.info] == [nobody_left()]


def test_one_patient_and_a_value_nobody_has(enrolled: Cohort) -> None:
    assert "1\u202f500" in tables(page("laboratory", enrolled, subtype="classic_dm", value="kl6"))
    assert "was not measured in" in page("laboratory", enrolled, subtype="classic_dm", value="spd").info[0].value


@pytest.fixture(scope="module")
def with_ck() -> Cohort:
    read = opened({"patients.csv": PATIENTS, "measurements.csv": MEASUREMENTS.replace(b",2\n", b",200\n")},
                  "ours", WITH_CK)  # fmt: skip
    assert read.cohort is not None
    return read.cohort


def test_one_line_in_the_dictionary_brings_a_value_to_import_and_checks(with_ck: Cohort) -> None:
    assert with_ck.measurements["value"].tolist() == [1500, 300, 900, 200]
    assert set(with_ck.measurements["variable"]) == {"ck"}
    implausible = opened({"patients.csv": PATIENTS, "measurements.csv": MEASUREMENTS}, "ours", WITH_CK)
    assert "Creatine kinase outside 5 to 100000 U/L: 2." in [issue.wrong for issue in implausible.issues]
    unlisted = opened({"patients.csv": PATIENTS, "measurements.csv": MEASUREMENTS}, "ours")
    assert unlisted.cohort is None or "ck" not in set(unlisted.cohort.measurements["variable"])
    cells = [str(cell.value) for sheet in load_workbook(BytesIO(template(WITH_CK))) for row in sheet for cell in row]
    assert any("Creatine kinase" in cell for cell in cells)


def test_the_same_line_brings_it_to_the_pages_and_the_files(with_ck: Cohort) -> None:
    together = tables(page("laboratory", with_ck))
    assert "<td>Creatine kinase, U/L: All patients, 2 patients</td>" in together
    alone = page("laboratory", with_ck, value="Creatine kinase")
    assert "<td>mean ± SD</td><td>1\u202f200 ± 424</td><td>250 ± 71</td>" in tables(alone)
    assert [entry.measure.key for entry in history(with_ck, "A1").courses] == ["ck"]
    assert "Creatine kinase 1\u202f500 on day 0, 300 on day 91" in plot(page("patient", with_ck))
    file = csv_file(course_table(course(with_ck, CK)), ()).decode("utf-8-sig")
    assert "1\u202f200 ± 424,250 ± 71" in file
    assert "Creatine kinase, U/L" in page("biomarker", with_ck).selectbox(key="marker").options


def plot(test: AppTest) -> str:
    """The text summaries of the figures on the page."""
    drawn = [json.loads(element.proto.json) for element in test.get("bidi_component")]
    return " ".join(data["alt"] for data in drawn if "alt" in data)


def test_an_imported_file_may_bring_a_value_of_its_own() -> None:
    read = opened({"patients.csv": PATIENTS, "measurements.csv": MEASUREMENTS}, "ours", added=("ck",))
    assert read.cohort is not None
    assert [entry.key for entry in read.cohort.dictionary.of_kind("laboratory")][-1] == "ck"
    assert "<td>ck: All patients, 2 patients</td>" in tables(page("laboratory", read.cohort))
