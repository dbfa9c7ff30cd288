from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data.cohort import Cohort
from data.reading.adam import BY_DATES, Parameter
from data.reading.read import Opened, Unread, opened
from data.variables import DICTIONARY

ADSL = """USUBJID,SITEID,AGE,AGEU,SEX,SAFFL,TRT01A,TRTSDT,TRTEDT,EOSSTT,LSTALVDT,DTHDT
S-1,701,64,YEARS,M,Y,Tacrolimus capsules,2020-01-01,2020-03-01,DISCONTINUED,2020-12-31,NA
S-2,701,71,YEARS,F,Y,Tacrolimus capsules,2020-02-01,2020-04-01,COMPLETED,2020-04-11,2020-04-11
S-3,702,58,YEARS,F,Y,Placebo,2020-01-15,2020-06-01,COMPLETED,2020-07-01,NA
S-4,702,49,YEARS,M,Y,Placebo,2020-01-20,NA,NA,2020-02-20,NA
S-5,702,80,YEARS,F,NA,NA,NA,NA,NA,NA,NA
"""
ADTTE = """USUBJID,PARAMCD,PARAM,AVAL,CNSR,STARTDT,ADT,EVNTDESC
S-1,OS,Overall Survival,366,1,2020-01-01,2020-12-31,Alive
S-2,OS,Overall Survival,71,0,2020-02-01,2020-04-11,Death
S-3,OS,Overall Survival,169,2,2020-01-15,2020-07-01,Lost
S-4,OS,Overall Survival,32,1,2020-01-20,2020-02-20,Alive
S-1,PFS,Progression Free Survival,61,0,2020-01-01,2020-03-01,Disease Progression
S-2,PFS,Progression Free Survival,71,0,2020-02-01,2020-04-11,Death
S-3,PFS,Progression Free Survival,10,1,2020-01-15,2020-01-24,Last assessment
S-1,FUP,Follow-up,366,0,2020-01-01,2020-12-31,Follow-up
S-2,FUP,Follow-up,71,1,2020-02-01,2020-04-11,Death
S-3,FUP,Follow-up,169,0,2020-01-15,2020-07-01,Follow-up
S-4,FUP,Follow-up,32,0,2020-01-20,2020-02-20,Follow-up
"""
ADPC = """USUBJID,PARAMCD,PARAM,AVAL,AVALU,ADT,ADY,ATPT,DTYPE,AVALCAT1
S-1,TAC,Tacrolimus concentration,0,ng/mL,2020-01-01,1,Pre-dose,NA,<BLQ
S-1,TAC,Tacrolimus concentration,7.5,ng/mL,NA,31,Pre-dose,,7.5
S-1,TAC,Tacrolimus concentration,22,ng/mL,2020-01-31,31,1h Post-dose,NA,22
S-1,TAC,Tacrolimus concentration,7.5,ng/mL,2020-01-31,31,Pre-dose,COPY,7.5
S-1,KL6,KL-6,900,U/mL,2020-01-01,1,,,900
"""
ADAE = """USUBJID,AEDECOD,AEBODSYS,AESER,AEOUT,AREL,TRTEMFL,ASTDT
S-1,PNEUMONIA,INFECTIONS AND INFESTATIONS,Y,RECOVERED/RESOLVED,POSSIBLE,Y,2020-01-11
S-1,HEADACHE,NERVOUS SYSTEM DISORDERS,N,NOT RECOVERED/NOT RESOLVED,NONE,Y,2020-01-12
S-2,RASH,SKIN AND SUBCUTANEOUS TISSUE DISORDERS,N,RECOVERED/RESOLVED,PROBABLE,NA,2020-01-20
S-2,ANAEMIA,BLOOD AND LYMPHATIC SYSTEM DISORDERS,N,UNKNOWN,PROBABLE,Y,2020-02-03
S-3,RASH,SKIN AND SUBCUTANEOUS TISSUE DISORDERS,N,RECOVERED/RESOLVED,PROBABLE,Y,NA
"""
FILES = {"adsl.csv": ADSL, "adtte.csv": ADTTE, "adpc.csv": ADPC, "adae.csv": ADAE}


def read(endpoints: dict[str, str] | None = None, **changed: str) -> Opened:
    files = {**FILES, **{f"{name}.csv": text for name, text in changed.items()}}
    return opened({name: text.encode() for name, text in files.items() if text}, "ADaM", endpoints=endpoints)


def cohort(result: Opened) -> Cohort:
    assert result.cohort is not None, [entry.sentence for entry in result.issues]
    return result.cohort


def errors(result: Opened) -> list[str]:
    assert result.cohort is None
    return [entry.column for entry in result.issues if entry.severity == "error"]


def test_patients_come_from_adsl() -> None:
    patients = cohort(read()).patients
    assert patients["patient"].tolist() == ["S-1", "S-2", "S-3", "S-4", "S-5"]
    assert patients["sex"].tolist() == ["Male", "Female", "Female", "Male", "Female"]
    assert patients["age"].tolist() == [64, 71, 58, 49, 80]
    assert patients["population"].tolist() == ["Outcome"] * 4 + ["Enrolled only"]


def test_a_blank_safety_flag_is_no_yes() -> None:
    """S-4 has a first dose but nobody said that it belongs to the safety population."""
    patients = cohort(read(adsl=ADSL.replace("S-4,702,49,YEARS,M,Y,", "S-4,702,49,YEARS,M,,"))).patients
    assert patients["population"].tolist() == [*["Outcome"] * 3, "Enrolled only", "Enrolled only"]


def test_a_censoring_code_of_0_is_the_event_and_all_others_are_not() -> None:
    outcome = cohort(read()).of_population("outcome")
    days, died = outcome.time_to(DICTIONARY.endpoint["overall_survival"])
    assert days.tolist() == [365, 70, 168, 31]
    assert died.tolist() == [False, True, False, False]


def test_a_progression_is_an_event_of_pfs_that_is_no_death() -> None:
    outcome = cohort(read()).of_population("outcome")
    np.testing.assert_array_equal(outcome.patients["progression_day"], [60, np.nan, np.nan, np.nan])
    days, had = outcome.time_to(DICTIONARY.endpoint["progression_free"])
    assert days.tolist() == [60, 70, 9, 31]
    assert had.tolist() == [True, True, False, False]


def test_the_parameters_are_offered_and_reversed_follow_up_is_recognised() -> None:
    result = read()
    assert result.parameters == (
        Parameter("OS", "Overall Survival", 4, 1),
        Parameter("PFS", "Progression Free Survival", 3, 2),
        Parameter("FUP", "Follow-up", 4, 3, "OS"),
    )
    assert any("“FUP” has the times of “OS”" in entry.wrong for entry in result.notes)


def test_a_parameter_can_be_chosen() -> None:
    other = ADTTE.replace(",OS,", ",SURV,")
    assert errors(read(adtte=other)) == ["PARAMCD"]
    chosen = cohort(read({"death_day": "SURV"}, adtte=other))
    assert chosen.patients["death_day"].tolist()[1] == 70
    assert np.isnan(chosen.patients["progression_day"]).all()
    assert errors(read({"death_day": "XYZ"})) == ["PARAMCD"]


def test_without_adtte_the_dates_of_adsl_tell_death_and_follow_up() -> None:
    outcome = cohort(read(adtte="")).of_population("outcome")
    days, died = outcome.time_to(DICTIONARY.endpoint["overall_survival"])
    assert days.tolist() == [365, 70, 168, 31]
    assert died.tolist() == [False, True, False, False]


@pytest.mark.parametrize(
    ("unit", "value", "day"), [("DAYS", "71", 70), ("WEEKS", "10", 69), ("MONTHS", "2.3326", 70), ("YEARS", "1", 364)]
)
def test_times_without_dates_are_counted_from_1_in_their_unit(unit: str, value: str, day: int) -> None:
    adtte = f"USUBJID,PARAMCD,PARAM,AVAL,AVALU,CNSR\nS-1,OS,Overall Survival,{value},{unit},0\n"
    adsl = "USUBJID,ARM,SEX\nS-1,Active,F\n"
    assert cohort(read(adsl=adsl, adtte=adtte, adpc="", adae="")).patients["death_day"].tolist() == [day]


def test_times_in_an_unknown_unit_are_refused() -> None:
    adtte = "USUBJID,PARAMCD,PARAM,AVAL,AVALU,CNSR\nS-1,OS,Overall Survival,3,CYCLES,0\n"
    assert "AVALU" in errors(read(adsl="USUBJID,ARM,SEX\nS-1,A,F\n", adtte=adtte, adpc="", adae=""))


def test_values_that_contradict_their_dates_are_told() -> None:
    result = read(adtte=ADTTE.replace("S-3,OS,Overall Survival,169", "S-3,OS,Overall Survival,99"))
    (told,) = [entry for entry in result.issues if entry.column == "AVAL"]
    assert (told.severity, told.rows) == ("warning", (4,))
    assert cohort(result).patients["last_day"].tolist()[2] == 168


@pytest.mark.parametrize("code", ["-1", "0.5", "Y", ""])
def test_censoring_codes_that_are_none_are_refused(code: str) -> None:
    assert errors(read(adtte=ADTTE.replace("OS,Overall Survival,169,2", f"OS,Overall Survival,169,{code}"))) == ["CNSR"]


def test_two_rows_of_one_parameter_are_refused_unless_one_is_marked() -> None:
    twice = ADTTE + "S-1,OS,Overall Survival,300,1,2020-01-01,2020-10-26,Alive\n"
    assert "USUBJID" in errors(read(adtte=twice))
    header, *rows = twice.splitlines()
    marked = [f"{header},ANL01FL", *(f"{row},{'' if ',300,' in row else 'Y'}" for row in rows)]
    assert cohort(read(adtte="\n".join(marked))).patients["last_day"].tolist()[0] == 365


def test_derived_rows_of_a_parameter_do_not_count() -> None:
    """S-1 has a second row that was derived: it is no second answer."""
    header, *rows = ADTTE.splitlines()
    derived = "S-1,OS,Overall Survival,300,0,2020-01-01,2020-10-26,Imputed,LOCF"
    result = read(adtte="\n".join([f"{header},DTYPE", *(f"{row}," for row in rows), derived]))
    assert cohort(result).patients[["last_day", "death_day"]].iloc[0].tolist() == pytest.approx(
        [365, np.nan], nan_ok=True
    )


def test_concentrations_are_those_before_the_dose_without_derived_rows() -> None:
    result = read()
    rows = cohort(result).measurements
    assert rows[["patient", "day", "variable", "value"]].to_numpy().tolist() == [
        ["S-1", 0, "TAC", 0.0],
        ["S-1", 30, "TAC", 7.5],
        ["S-1", 0, "kl6", 900.0],
    ]
    measure = cohort(result).dictionary.measure["TAC"]
    assert (measure.label, measure.unit) == ("Tacrolimus concentration", "ng/mL")
    left = {
        entry.wrong: entry.rows for entry in result.notes if "left out:" in entry.wrong and entry.table == "adpc.csv"
    }
    assert set(left.values()) == {(4,), (5,)}


def test_a_value_marked_as_the_baseline_counts_on_day_0() -> None:
    adpc = """USUBJID,PARAMCD,PARAM,AVAL,AVALU,ADT,ABLFL
S-1,KL6,KL-6,900,U/mL,2019-12-20,Y
S-1,KL6,KL-6,950,U/mL,2019-11-20,
"""
    result = read(adpc=adpc)
    assert cohort(result).measurements[["day", "value"]].to_numpy().tolist() == [[0, 900], [-42, 950]]
    (note,) = [entry for entry in result.notes if entry.column == "ABLFL"]
    assert (note.rows, note.count) == ((2,), 1)


def test_death_may_come_from_the_dates_of_adsl_although_there_are_parameters() -> None:
    changed = ADTTE.replace(",OS,", ",TTAE,")
    assert errors(read(adtte=changed)) == ["PARAMCD"]
    patients = cohort(read({"death_day": BY_DATES}, adtte=changed)).patients.set_index("patient")
    assert patients.loc[["S-2"], ["death_day", "last_day"]].to_numpy().tolist() == [[70, 70]]
    assert patients["death_day"].notna().sum() == 1


def test_columns_that_identify_somebody_are_told_and_not_kept() -> None:
    header, *rows = ADSL.splitlines()
    named = "\n".join([f"{header},BRTHDTC", *(f"{row},1956-01-02" for row in rows)])
    result = read(adsl=named)
    assert result.unread == (Unread("adsl.csv", "BRTHDTC", "a date of birth"),)
    assert "BRTHDTC" in [entry.column for entry in result.issues]
    assert "1956-01-02" not in cohort(result).patients.to_csv()


def test_a_parameter_of_the_dictionary_in_another_unit_stays_apart() -> None:
    result = cohort(read(adpc=ADPC.replace("U/mL", "kU/L")))
    assert result.dictionary.measure["KL6"].unit == "kU/L"
    assert np.isnan(result.patients["kl6"]).all()


def test_reactions_are_related_and_emerged_under_treatment() -> None:
    result = read()
    assert cohort(result).reactions.to_numpy().tolist() == [
        ["S-1", 10, "Infections", "Pneumonia", "Yes", "Recovered"],
        ["S-2", 2, "Other", "Anaemia", "No", "Unknown"],
    ]
    left = [entry.rows for entry in result.notes if entry.table == "adae.csv" and "left out" in entry.wrong]
    assert left == [(4,), (3,), (6,)]


def test_only_who_discontinued_stops() -> None:
    rows = cohort(read()).treatments
    assert rows[["patient", "day", "drug", "action"]].to_numpy().tolist() == [
        ["S-1", 0, "tacrolimus", "start"],
        ["S-2", 0, "tacrolimus", "start"],
        ["S-3", 0, "Placebo", "start"],
        ["S-4", 0, "Placebo", "start"],
        ["S-1", 60, "tacrolimus", "stop"],
    ]


def test_dates_as_sas_counts_them() -> None:
    origin = pd.Timestamp("1960-01-01")
    adsl = ADSL
    for text in sorted({word for line in ADSL.splitlines() for word in line.split(",") if word.startswith("2020-")}):
        adsl = adsl.replace(text, str((pd.Timestamp(text) - origin).days))
    assert adsl != ADSL
    pd.testing.assert_frame_equal(cohort(read(adsl=adsl)).patients, cohort(read()).patients)


def test_an_unknown_data_set_is_left_out_with_a_warning() -> None:
    result = read(advs="USUBJID,VSTEST\nS-1,Pulse\n")
    assert [entry.table for entry in result.issues if "none of those understood" in entry.wrong] == ["advs.csv"]
    assert cohort(result).n == 5


def test_without_patients_there_is_no_cohort() -> None:
    result = read(adsl="", adtte="")
    assert result.cohort is None
    assert "There is no data set that lists the subjects: ADSL, or ADTTE." in [entry.wrong for entry in result.issues]


PHARMAVERSE = Path(__file__).parents[4] / "shared" / "adam" / "pharmaverseadam"


@pytest.mark.skipif(not PHARMAVERSE.is_dir(), reason="the data sets of pharmaverseadam are not beside this project")
def test_the_data_sets_of_pharmaverseadam() -> None:
    result = opened({path.name: path.read_bytes() for path in PHARMAVERSE.glob("*.csv")}, "Pilot")
    pilot = cohort(result)
    outcome = pilot.of_population("outcome")
    _, died = outcome.time_to(DICTIONARY.endpoint["overall_survival"])
    assert (pilot.n, outcome.n, int(died.sum())) == (306, 254, 3)
    assert [(entry.code, entry.patients, entry.events) for entry in result.parameters] == [
        ("OS", 254, 3), ("PFS", 254, 6), ("RSD", 4, 1),
    ]  # fmt: skip
    adsl = pd.read_csv(PHARMAVERSE / "adsl.csv", keep_default_na=False)
    assert pilot.patients["age"].tolist() == adsl["AGE"].tolist()
    adtte = pd.read_csv(PHARMAVERSE / "adtte_onco.csv")
    survival = adtte[adtte["PARAMCD"] == "OS"].set_index("USUBJID")["AVAL"]
    expected = survival.reindex(outcome.patients["patient"]).to_numpy() - 1
    np.testing.assert_array_equal(outcome.time_to(DICTIONARY.endpoint["overall_survival"])[0], expected)
    assert len(pilot.reactions) == 686
    assert set(pilot.measurements["variable"]) == {"XAN"}
    assert len(pilot.measurements) == 168


def warned(result: Opened) -> list[str]:
    return [entry.wrong for entry in result.issues if entry.severity == "warning"]


def test_deaths_that_adsl_and_the_parameter_put_on_different_days_are_told() -> None:
    assert not any("DTHDT" in wrong for wrong in warned(read()))
    other = read(adsl=ADSL.replace("2020-04-11,2020-04-11", "2020-04-13,2020-04-13"))
    assert "DTHDT of 1 subject is not the day of OS, which counts: “S-2”." in warned(other)
    assert cohort(other).patients.set_index("patient").loc["S-2", "death_day"] == 70


def test_an_event_of_death_that_adsl_does_not_know_is_told() -> None:
    flagged = ADSL.replace("DTHDT\n", "DTHDT,DTHFL\n", 1).replace(",NA\n", ",NA,N\n")
    flagged = flagged.replace("2020-04-11,2020-04-11", "2020-04-11,NA,N")
    expected = "1 subject has an event of OS, which counts as death, and no death in ADSL (DTHFL, DTHDT): “S-2”."
    assert expected in warned(read(adsl=flagged))
    assert expected not in warned(read())


def test_a_date_of_death_without_its_flag_is_told() -> None:
    flagged = ADSL.replace("DTHDT\n", "DTHDT,DTHFL\n", 1).replace("2020-04-11,2020-04-11", "2020-04-11,2020-04-11,N")
    expected = "1 subject has a date of death (DTHDT) and DTHFL = N: “S-2”."
    assert expected in warned(read(adsl=flagged))
    assert expected not in warned(read(adsl=flagged.replace(",N\n", ",Y\n")))


def test_subjects_with_another_drug_are_told() -> None:
    (told,) = [entry for entry in read().notes if "takes no" in entry.wrong or "take no" in entry.wrong]
    assert told.rows == (4, 5)
    assert told.wrong.startswith("2 subjects take no tacrolimus but “Placebo”. Day 0 is the first day of that")
    assert not any("take no" in entry.wrong for entry in read(adsl=ADSL.replace("Placebo", "Prograf")).notes)


def test_without_a_safety_flag_a_day_0_tells_who_is_treated() -> None:
    plain = read(adsl=ADSL.replace(",SAFFL", ",SAFEX"))
    assert any("are the 4 treated patients (who have a day 0)" in entry.wrong for entry in plain.notes)


def test_days_between_dates_are_not_taken_for_months() -> None:
    early = ADSL.replace("2020-12-31", "2020-02-03").replace("2020-04-11,2020-04-11", "2020-02-11,2020-02-11")
    found = read(adsl=early.replace("2020-07-01", "2020-02-03"), adtte="", adpc="", adae="")
    assert cohort(found).patients["last_day"].max() < 180
    assert not any("months" in entry.wrong for entry in found.notes)


def test_several_data_sets_of_times_are_one_where_no_parameter_stands_in_two() -> None:
    header, *rows = ADTTE.splitlines()
    first, rest = ("\n".join([header, *(row for row in rows if (",OS," in row) is here)]) for here in (True, False))
    split = read(adtte="", adtte_os=first, adtte_other=rest)
    assert cohort(split).provenance.fingerprint == cohort(read()).provenance.fingerprint
    assert [entry.code for entry in split.parameters] == ["OS", "PFS", "FUP"]
    assert "Several files or sheets hold the table ADTTE" in " ".join(
        entry.sentence for entry in read(again=first).issues
    )


@pytest.mark.parametrize(
    "exposure",
    [
        "USUBJID,TRTSDT,TRT01A,EXTRT,EXDOSE,ASTDT\nS-1,2020-01-01,Placebo,PLACEBO,0,2020-01-01\n",
        "USUBJID,TRTSDT,TRT01A,ASTDT\nS-1,2020-01-01,Placebo,2020-01-01\nS-1,2020-01-01,Placebo,2020-02-01\n",
    ],
)
def test_records_of_exposure_are_left_out_and_take_nobodys_place(exposure: str) -> None:
    found = read(adex=exposure)
    assert cohort(found).provenance.fingerprint == cohort(read()).provenance.fingerprint
    assert [entry.table for entry in found.issues if "none of those understood" in entry.wrong] == ["adex.csv"]


def test_data_sets_may_be_mapped_as_any_other_table() -> None:
    files = {"adsl.csv": ADSL.encode()}
    proposed = opened(files, taken="as_tables").mapping
    assert proposed is not None
    roles = {one.column: (one.role, one.name) for one in proposed.tables[0].columns}
    assert roles["USUBJID"] == ("patient", "")
    assert roles["TRTSDT"] == ("start", "")
    assert roles["LSTALVDT"] == ("listed", "last_day")
    assert roles["TRT01A"][0] in ("factor", "left_out")
    assert opened(files).mapping is None
