"""The page that opens a hospital's own cohort: what it says, what it opens, and that going back forgets all of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Element

from app import PAGES
from components.core.page_words import provenance_line
from components.evidence.words import IMPORTED as NOT_COMPARED
from components.own_cohort import issue_words as findings
from components.own_cohort import mapping_words as mapping
from components.own_cohort import words as upload
from components.ui.collection import COLLECTED
from components.ui.study import IMPORTED, LISTED, PATIENT
from components.ui.upload import READ
from data.cohort import Cohort, Provenance
from data.reading.mapping import ColumnRole
from data.reading.read import opened, reconstructed_cohort
from data.reading.sheet import GuessedText
from data.recorded import with_recorded_variables
from tests.as_read import shown

ROOT = Path(__file__).resolve().parents[2]
COHORT, SURVIVAL = "pages/tools/cohort.py", "pages/explore/survival.py"

PATIENTS = b"""patient,sex,subtype,age,last_day,death_day,ward
A1,Female,CADM,60,400,,B
A2,Male,PM,50,90,90,C
A3,Female,PM,71,800,,B
"""
MEASUREMENTS = b"patient,day,variable,value\nA1,0,kl6,900\nA1,30,CK,300\nA2,0,kl 6x,700\n"
BAD = b"""patient,name,sex,age,last_day,death_day
A1,Jane Doe,Femle,60,400,
A1,John Doe,Male,50 years,2020-01-03,
A3,Jim Doe,Male,71,100,200
"""
ADSL = b"""USUBJID,AGE,AGEU,SEX,SAFFL,TRT01A,TRTSDT,TRTEDT,EOSSTT,LSTALVDT,DTHDT
S-1,64,YEARS,M,Y,Tacrolimus,2020-01-01,2020-03-01,COMPLETED,2020-12-31,
S-2,71,YEARS,F,Y,Tacrolimus,2020-02-01,2020-04-01,COMPLETED,2020-04-11,2020-04-11
"""
ADTTE = b"""USUBJID,PARAMCD,PARAM,AVAL,CNSR,STARTDT,ADT
S-1,DEATHS,Time to death,366,1,2020-01-01,2020-12-31
S-2,DEATHS,Time to death,71,0,2020-02-01,2020-04-11
S-1,PROG,Time to progression,61,0,2020-01-01,2020-03-01
S-2,PROG,Time to progression,71,1,2020-02-01,2020-04-11
"""


def page(cohort: Cohort | None = None, file: str = COHORT) -> AppTest:
    """A page after its first run, `cohort` open."""
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    if cohort is not None:
        test.session_state[IMPORTED] = cohort
    test.switch_page(file)
    return ran(test)


def ran(test: AppTest) -> AppTest:
    test.run()
    assert not test.exception
    return test


def choose(test: AppTest, **files: bytes) -> AppTest:
    """The page after these files have been chosen."""
    test.file_uploader[0].set_value([(f"{name}.csv", content, "text/csv") for name, content in files.items()])
    return ran(test)


def press(test: AppTest, label: str) -> AppTest:
    (button,) = [one for one in test.button if one.label == label]
    button.click()
    return ran(test)


def told(test: AppTest) -> str:
    """Everything in plain words, the lists of findings included."""
    kinds = (test.markdown, test.caption, test.error, test.warning, test.info)
    html = " ".join(element.proto.body for element in test.get("html"))
    return " ".join([*(str(element.value) for kind in kinds for element in kind), html])


def own(test: AppTest) -> Cohort:
    cohort: Cohort = test.session_state[IMPORTED]
    return cohort


def metrics(test: AppTest) -> dict[str, str]:
    return {metric.label: str(metric.value) for metric in test.metric}


def test_a_bad_file_shows_all_its_problems_and_leaves_the_study_as_it_was(enrolled: Cohort) -> None:
    test = choose(page(enrolled), patients=BAD)
    (error,) = test.error
    assert error.value.startswith("**5 problems stand in the way, so nothing was opened.** They are all listed here.")
    assert error.value.endswith("Until then “tiny” stays open.")
    places = ("Column sex, line 2", "Column patient, lines 2 and 3", "Column age, line 3", "Column last_day, line 3",
              "Column death_day, line 4")  # fmt: skip
    assert [place for place in places if f"<td>{place}</td>" not in told(test)] == []
    assert upload.OPEN not in [button.label for button in test.button]
    assert own(test) is enrolled
    assert not test.metric


def test_columns_that_name_a_person_are_told_apart() -> None:
    test = choose(page(), patients=PATIENTS.replace(b"ward", b"date_of_birth"))
    (warning,) = test.warning
    assert "“date_of_birth” in patients (a date of birth)" in warning.value
    test = choose(page(), patients=PATIENTS)
    assert not test.warning
    assert "**Columns that are left out:** “ward” of patients." in told(test)


def test_the_preview_then_the_cohort() -> None:
    test = choose(page(), patients=PATIENTS, measurements=MEASUREMENTS)
    assert metrics(test)["Patients"] == "3"
    assert metrics(test)["Deaths"] == "1"
    assert metrics(test)["Measured variables"] == "2"
    assert IMPORTED not in test.session_state
    test.text_input[0].set_value("  Ward 4 ")
    press(test, upload.OPEN)
    assert (own(test).n, own(test).provenance.name) == (3, "Ward 4")
    assert [entry.key for entry in own(test).dictionary.factors] == ["subtype", "sex", "age_group", "kl6_group"]
    assert f"**Ward 4**: 3 patients, 1 death. Data {own(test).provenance.fingerprint}." in told(test)
    assert READ not in test.session_state
    assert not test.file_uploader[0].value


def test_unknown_variables_are_taken_over_unless_they_resemble_a_known_one() -> None:
    test = choose(page(), patients=PATIENTS, measurements=MEASUREMENTS)
    assert test.multiselect[0].options == ["CK", "kl 6x"]
    assert test.multiselect[0].value == ["CK"]
    assert "Perhaps “kl6” for “kl 6x”?" in told(test)
    test.multiselect[0].set_value([])
    press(ran(test), upload.OPEN)
    assert set(own(test).measurements["variable"]) == {"kl6"}


def test_a_file_of_the_same_name_takes_the_place_of_the_one_before() -> None:
    test = page()
    test.file_uploader[0].set_value([("patients.csv", BAD, "text/csv"), ("patients.csv", PATIENTS, "text/csv")])
    assert metrics(ran(test))["Patients"] == "3"


def test_of_adam_files_the_parameter_of_death_must_be_chosen_where_it_is_not_clear() -> None:
    test = choose(page(), adsl=ADSL, adtte=ADTTE)
    assert "Which parameter is the time to death is not clear" in told(test)
    death, progression = test.selectbox[0], test.selectbox[1]
    assert (death.label, death.value) == (upload.DEATH, None)
    assert (progression.label, progression.value) == (upload.PROGRESSION, "")
    assert progression.options[-1] == upload.NO_PROGRESSION
    death.select("DEATHS")
    assert metrics(ran(test))["Deaths"] == "1"
    test.selectbox[1].select("PROG")
    press(ran(test), upload.OPEN)
    assert own(test).patients["progression_day"].tolist()[0] == 60
    assert own(test).patients["death_day"].tolist()[1] == 70


def test_what_a_status_means_is_asked_before_opening() -> None:
    test = choose(page(), patients=b"patient,time,status\nA,100,0\nB,200,1\nC,300,1\n")
    unit, codes, event = test.pills[:3]
    assert (unit.value, codes.value, event.value) == ("days", [], None)
    assert codes.options == ["0 (1 patient)", "1 (2 patients)"]
    assert upload.OPEN not in [button.label for button in test.button]
    codes.select("1")
    assert upload.OPEN not in [button.label for button in ran(test).button]
    test.pills[2].select("death")
    assert metrics(ran(test))["Deaths"] == "2"
    assert "“1” is the event (death): 2 of 3 patients; all others are censored." in told(test)
    press(test, upload.OPEN)
    assert own(test).patients["death_day"].tolist()[1:] == [200, 300]


def test_what_was_understood_is_shown_before_opening() -> None:
    test = choose(page(), patients=PATIENTS.replace(b"Female", "女性".encode()))
    assert "<td>sex</td><td>Read “女性” as “Female” (2).</td><td>2 and 4</td>" in told(test)
    assert shown(findings.understood(1)) in [element.value for element in test.markdown]


def test_starting_again_lets_go_of_the_files() -> None:
    test = press(choose(page(), patients=BAD), upload.AGAIN)
    assert not test.error
    assert READ not in test.session_state


def test_files_that_were_not_opened_are_not_kept_on_another_page() -> None:
    test = choose(page(), patients=PATIENTS)
    assert READ in test.session_state
    test.switch_page(SURVIVAL)
    assert READ not in ran(test).session_state
    test.switch_page(COHORT)
    assert not ran(test).file_uploader[0].value


def test_going_back_forgets_the_imported_cohort_wholly(enrolled: Cohort) -> None:
    test = page(enrolled, SURVIVAL)
    (add,) = [button for button in test.button if button.key == "survival-take-slide"]
    add.click().run()
    for key, value in {LISTED: True, PATIENT: "P3", "value": "CK"}.items():
        test.session_state[key] = value
    assert len(test.session_state[COLLECTED]) == 1
    test.switch_page(COHORT)
    press(ran(test), upload.BACK)
    assert [key for key in (IMPORTED, LISTED, PATIENT, READ, "value") if key in test.session_state] == []
    assert test.session_state[COLLECTED] == {}
    test.switch_page(SURVIVAL)
    assert "**169 patients**" in told(ran(test))


def test_slides_of_the_reconstructed_cohort_stay_when_another_is_opened() -> None:
    test = page(file=SURVIVAL)
    next(button for button in test.button if button.key == "survival-take-slide").click().run()
    test.switch_page(COHORT)
    press(choose(ran(test), patients=PATIENTS), upload.OPEN)
    assert [entry.stamp.provenance.kind for entry in test.session_state[COLLECTED].values()] == ["reconstructed"]


def test_the_filter_is_reset_and_the_conventions_stay() -> None:
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    test.query_params["subtype"], test.query_params["ties"] = "CADM", "Efron"
    test.switch_page(COHORT)
    press(choose(ran(test), patients=PATIENTS), upload.OPEN)
    test.query_params.clear()  # the browser's address follows the widgets; a browser test holds that
    test.switch_page(SURVIVAL)
    assert "**3 patients**, 1 death" in told(ran(test))
    assert "Efron ties" in told(test)


@pytest.mark.parametrize("file", [entry.file for entry in PAGES if entry.exists])
def test_every_page_says_that_the_cohort_is_imported_and_which(enrolled: Cohort, file: str) -> None:
    test = page(enrolled, file)
    where = [link.label for link in test.page_link if "Imported cohort: tiny" in link.label]
    if file == COHORT:
        assert "**tiny**: 9 patients, 2 deaths. Data 0." in told(test)
    else:
        assert where == [f"{provenance_line(enrolled.provenance)}. Data 0."]
    assert "No row is a real patient" not in told(test)
    assert (NOT_COMPARED in told(test)) is (file == "pages/verify/evidence.py")


@pytest.mark.parametrize("file", [entry.file for entry in PAGES if entry.exists])
def test_every_page_shows_a_cohort_of_which_little_is_recorded(file: str) -> None:
    patients = b"patient,last_day,death_day,progression_last_day\nA1,700,,300\nA2,100,100,\n"
    values = b"patient,day,variable,value\nA1,-2,ferritin,800\nA1,30,ferritin,700\nA2,-40,kl6,900\nA2,-9,kl6,950\n"
    found = opened({"p.csv": patients, "m.csv": values}, "Two")
    assert found.cohort is not None
    test = page(with_recorded_variables(found.cohort), file)
    assert not test.error


def downloads(test: AppTest) -> list[str]:
    return [button.label for button in test.get("download_button") if isinstance(button, Element)]


def test_the_reconstructed_cohort_is_open_at_first() -> None:
    test = page()
    said = shown(upload.now_open(reconstructed_cohort().provenance, "179 patients, 16 deaths"))
    assert said in [element.value for element in test.markdown]
    assert upload.BACK not in [button.label for button in test.button]
    assert downloads(test) == [
        upload.WORKBOOK, upload.EXAMPLE, upload.CSV_FILES,
    ]  # fmt: skip


def test_the_list_can_be_taken_along() -> None:
    assert "Excel" not in downloads(choose(page(), patients=PATIENTS))
    assert "Excel" in downloads(choose(page(), patients=BAD))
    assert findings.LIST in told(choose(page(), patients=BAD))


def test_an_imported_study_is_called_by_its_name(enrolled: Cohort) -> None:
    test = choose(page(enrolled), patients=PATIENTS)
    assert upload.replaces(Provenance("imported", "tiny", "0")) in told(test)


def test_the_encoding_that_nothing_tells_is_chosen_by_its_words() -> None:
    korean = PATIENTS.decode().replace("ward", "institution").replace(",B\n", ",서울대병원\n").encode("cp949")
    test = choose(page(), patients=korean)
    (asked,) = [box for box in test.selectbox if box.label == shown(upload.encoding_of(guessed("")))]
    assert asked.value is None
    assert "1 problem stands in the way" in test.error[0].value
    asked.set_value("cp949")
    ran(test)
    assert "“서울대병원”" in told(test)
    press(test, upload.OPEN)
    assert own(test).patients["institution"].tolist()[0] == "서울대병원"


def test_a_guessed_encoding_can_be_changed() -> None:
    western = PATIENTS.decode().replace("ward", "institution").replace(",B\n", ",Orléans\n").encode("mac_roman")
    test = choose(page(), patients=western)
    (asked,) = [box for box in test.selectbox if box.label == shown(upload.encoding_of(guessed("")))]
    assert asked.value == "mac_roman"
    assert shown(upload.encoding(guessed("cp1252", "OrlŽans"), "cp1252")) in asked.options
    asked.set_value("cp1252")
    ran(test)
    assert "“OrlŽans”" in told(test)


def guessed(encoding: str, *words: str) -> GuessedText:
    return GuessedText("patients.csv", encoding, {encoding: words})


def test_adam_data_sets_may_be_settled_column_by_column() -> None:
    test = choose(page(), adsl=ADSL, adtte=ADTTE)
    (toggle,) = [one for one in test.toggle if one.label == upload.ADAM_BY_MAPPING]
    toggle.set_value(True)
    ran(test)
    assert "USUBJID" in told(test)
    assert [one.label for one in test.selectbox if one.label.startswith("The column is")]


def test_one_status_may_give_another_endpoint_and_it_can_be_taken_back() -> None:
    rows = [f"{i},{100 + i},{i % 3}" for i in range(30)]
    test = choose(page(), list="\n".join(["id,time,status", *rows]).encode())
    codes = next(one for one in test.button_group if mapping.which_codes(ColumnRole("status")) in one.label)
    codes.set_value(["2"])
    press(ran(test), mapping.FURTHER)
    assert len(test.button_group) > 2
    assert upload.OPEN not in [button.label for button in test.button]
    press(test, mapping.NO_FURTHER)
    assert mapping.NO_FURTHER not in [button.label for button in test.button]
