"""Arms, further variables and further endpoints of ADaM data sets, as they stand there."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.cohort import Cohort
from data.entries import STOP_DAY
from data.reading.read import Opened, opened
from data.recorded import with_recorded_variables

COLUMNS = "USUBJID,SEX,AGE,AGEU,SAFFL,TRT01P,TRT01A,TRT01PN,RACE,BMIBL,EFFFL,COMP8FL,COUNTRY,NOTE"
ADSL = f"""{COLUMNS},TRTSDT,RFENDT,DTHFL,DCDECOD,DISCONFL
S-1,M,64,YEARS,Y,Active,Active,54,WHITE,20.5,Y,Y,JP,a1,2020-01-01,2020-03-01,,COMPLETED,
S-2,F,71,YEARS,Y,Placebo,Placebo,0,ASIAN,31.5,,,JP,a2,2020-02-01,2020-03-02,Y,DEATH,Y
S-3,F,58,YEARS,Y,Placebo,Active,0,ASIAN,,Y,Y,JP,a3,2020-01-15,2020-02-15,,COMPLETED,
S-4,M,49,YEARS,Y,Active,Active,54,UNKNOWN,24.0,Y,Y,JP,a4,2020-01-20,2020-02-20,,LOST,Y
"""
ADTTE = """USUBJID,PARAMCD,PARAM,AVAL,CNSR,STARTDT,ADT,EVNTDESC
S-1,TTDE,Time to Rash,11,0,2020-01-01,2020-01-11,Rash
S-2,TTDE,Time to Rash,31,1,2020-02-01,2020-03-02,Completed
S-3,TTDE,Time to Rash,6,0,2020-01-15,2020-01-20,Rash
S-4,TTDE,Time to Rash,32,1,2020-01-20,2020-02-20,Completed
S-1,FEW,Time to Few,11,0,2020-01-01,2020-01-11,Few
"""


def read(**files: str) -> Opened:
    found = {"adsl": ADSL, "adtte": ADTTE} | files
    return opened({f"{name}.csv": text.encode() for name, text in found.items() if text})


def cohort(found: Opened) -> Cohort:
    assert found.cohort is not None, [entry.sentence for entry in found.issues]
    return with_recorded_variables(found.cohort)


def own(found: Cohort) -> dict[str, tuple[str, ...]]:
    return {one.label: one.words for one in found.dictionary.factors if one.key.startswith("own-")}


def test_arms_and_further_variables_are_characteristics_in_the_order_of_their_numbers() -> None:
    found = cohort(read())
    assert own(found) == {
        "TRT01A": ("Placebo", "Active"),
        "TRT01P": ("Placebo", "Active"),
        "RACE": ("ASIAN", "WHITE"),
        "BMIBL, groups": ("< 24", "≥ 24"),
        "EFFFL": ("N", "Y"),
    }
    planned = next(one for one in found.dictionary.factors if one.label == "TRT01P")
    assert planned.reference == planned.written("Placebo").id
    assert found.patients[planned.key].tolist() == ["Active", "Placebo", "Placebo", "Active"]
    (number,) = (one for one in found.dictionary.numbers if one.label == "BMIBL")
    assert found.patients[number.key].fillna(0).tolist() == [20.5, 31.5, 0, 24]


def test_what_is_left_out_is_said_with_its_reason() -> None:
    wrong = [entry.wrong for entry in read().notes]
    assert "4 variables were left out (known only after the first dose): COMP8FL, DTHFL, DCDECOD, DISCONFL." in wrong
    assert "1 variable was left out (many different words): NOTE." in wrong
    many = "".join(f"S-{n},F,50,YEARS,Y,Active,word {n},2020-01-01,2020-03-01\n" for n in range(14))
    other = read(adtte="", adsl=f"USUBJID,SEX,AGE,AGEU,SAFFL,TRT01A,SITENOTE,TRTSDT,EOSDT\n{many}")
    assert "1 variable was left out (many different words): SITENOTE." in [one.wrong for one in other.notes]


def test_a_parameter_that_is_no_death_is_an_endpoint_with_its_own_censoring() -> None:
    result = read()
    found = cohort(result)
    (endpoint,) = (one for one in found.dictionary.endpoints if one.key.startswith("own-"))
    assert endpoint.label == "Time to Rash"
    day, had = found.time_to(endpoint)
    assert (day.tolist(), had.tolist()) == ([10, 30, 5, 31], [True, False, True, False])
    assert "“FEW” is left out: it has rows for 1 of 4 treated subjects." in [entry.wrong for entry in result.notes]


def test_the_day_of_leaving_stands_in_for_the_day_of_death_of_those_who_left_by_death() -> None:
    result = read()
    patients = cohort(result).patients
    assert patients["death_day"].fillna(-1).tolist() == [-1, 30, -1, -1]
    assert patients["last_day"].tolist() == [60, 30, 31, 31]
    assert any("left the study by death" in entry.wrong for entry in result.notes)
    assert read(adsl=ADSL.replace("DEATH", "OTHER")).cohort is None


def test_without_any_death_overall_survival_is_not_offered() -> None:
    result = read(adsl=ADSL.replace("DTHFL", "OTHFL"))
    found = cohort(result)
    assert found.dictionary.leading.label == "Time to Rash"
    assert "No death is recorded; overall survival is not offered." in [entry.wrong for entry in result.notes]


def test_all_arms_take_the_study_treatment_and_can_be_compared() -> None:
    found = cohort(read())
    assert set(found.records.treatments["drug"]) == {"study treatment"}
    persistence = found.dictionary.in_role("persistence")
    assert persistence is not None
    assert persistence.label == "Persistence on study treatment"


PILOT = Path(__file__).parents[4] / "shared" / "adam" / "cdiscpilot01"


@pytest.mark.skipif(not PILOT.is_dir(), reason="the CDISC pilot study is not beside this project")
def test_the_pilot_study_opens_from_its_transport_files_with_the_numbers_of_r() -> None:
    """R: ``coxph(Surv(AVAL, 1 - CNSR) ~ TRTA, ties = "efron")``, ``survdiff`` and ``survfit`` of the same."""
    found = cohort(opened({path.name: path.read_bytes() for path in PILOT.glob("*.xpt")}))
    arm = next(one for one in found.dictionary.factors if one.label == "Actual Treatment for Period 01")
    assert arm.words == ("Placebo", "Xanomeline Low Dose", "Xanomeline High Dose")
    endpoint = next(one for one in found.dictionary.endpoints if one.label == "Time to First Dermatologic Event")
    day, had = found.time_to(endpoint)
    assert (found.n, int(had.sum()), int(day.sum())) == (254, 152, 16599)


def test_the_drug_of_the_dictionary_stays_the_one_that_is_studied_where_an_arm_takes_it() -> None:
    head, *rows = ADSL.replace("Active", "Tacrolimus").splitlines()
    adsl = "\n".join([f"{head},TRTEDT", *(f"{row},2020-02-10" for row in rows)]) + "\n"
    found = cohort(read(adsl=adsl))
    assert found.dictionary.study_drug.id == "tacrolimus"
    assert found.patients[STOP_DAY].fillna(-1).tolist() == [-1, -1, -1, 21]
