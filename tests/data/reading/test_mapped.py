"""A hospital's own columns, from bytes to a cohort, by what is proposed and by what a visitor changes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from data.cohort import Cohort
from data.entries import Factor
from data.reading.dates import Order
from data.reading.mapping import DEATH, ColumnRole, Groups, Limit, Mapping, mapping_in, saved
from data.reading.read import Opened, opened
from data.recorded import with_recorded_variables

JAPANESE = """患者番号,性別,年齢,開始日,死亡日,最終受診日,喫煙歴,CRP値
A1,男,60,2020/4/1,,2021/4/1,あり,0.3
A2,女,70,2020年5月1日,R2.8.9,2020/8/9,なし,<0.1
A3,女,55,2020-06-01,,2021-06-01,なし,1.2
A4,男,48,2020/7/1,,2020/12/31,あり,3.4
A5,男,71,2020/7/1,,2020/12/30,あり,5.0
A6,女,48,2020/7/1,2020/7/31,2020/7/31,なし,9.4
A7,女,48,2020/7/1,,2020/12/31,なし,999
""".encode("cp932")


def proposed(files: dict[str, bytes]) -> Mapping:
    mapping = opened(files).mapping
    assert mapping is not None
    return mapping


def roles(mapping: Mapping, at: int = 0) -> dict[str, str]:
    return {one.column: f"{one.role} {one.name}".strip() for one in mapping.tables[at].columns}


def cohort(files: dict[str, bytes], mapping: Mapping) -> Cohort:
    found = opened(files, mapping=mapping)
    assert [one.sentence for one in found.issues if one.severity == "error"] == []
    assert found.cohort is not None
    return with_recorded_variables(found.cohort)


def refusals(found: Opened) -> list[str]:
    assert found.cohort is None
    return [one.sentence for one in found.issues if one.severity == "error"]


def own(found: Cohort, label: str) -> Factor:
    return next(one for one in found.dictionary.factors if one.label == label)


def words(found: Cohort, label: str) -> list[str]:
    return [str(word) for word in found.patients[own(found, label).key]]


def test_a_japanese_file_with_dates_needs_no_answer() -> None:
    files = {"患者.csv": JAPANESE}
    mapping = proposed(files)
    assert roles(mapping) == {
        "患者番号": "patient",
        "性別": "listed sex",
        "年齢": "listed age",
        "開始日": "start",
        "死亡日": "listed death_day",
        "最終受診日": "listed last_day",
        "喫煙歴": "factor 喫煙歴",
        "CRP値": "number CRP値",
    }
    assert mapping.column("患者.csv", "CRP値").missing == ("999",)
    found = cohort(files, mapping)
    days, died = found.time_to(found.dictionary.leading)
    assert days.tolist() == [365, 100, 365, 183, 182, 30, 183]
    assert died.tolist() == [False, True, False, False, False, True, False]
    assert words(found, "喫煙歴") == ["あり", "なし", "なし", "あり", "あり", "なし", "なし"]
    assert found.dictionary.day_0 == "start of follow-up"
    held = " ".join(map(str, found.patients.to_numpy().ravel()))
    assert "2020" not in held
    assert "開始日" not in found.patients


def test_what_was_understood_is_listed_with_counts() -> None:
    files = {"a.csv": JAPANESE}
    said = {
        one.column: one.wrong for one in opened(files, mapping=proposed(files)).notes if one.severity == "understood"
    }
    assert said["死亡日"] == "2 dates are taken as days since “開始日”; the dates themselves are not kept."
    assert said["CRP値"] in {"“999”: not recorded (1).", "Limits are taken as half the limit (1): <0.1 → 0.05."}


PATIENTS = b"id,time,status,grade,marker,hospital no\n" + b"".join(
    f"P{at},{30 * at},{at % 2},{'low' if at % 3 else 'High'},{value},{7000 + at}\n".encode()
    for at, value in enumerate(["1.5", "<0.4", "3", "4", "NA", "6", "-9", "8", "9", "10"], start=1)
)
FILES = {"p.csv": PATIENTS}


def told() -> Mapping:
    return proposed(FILES).with_event("p.csv", "status", "relapse", ("1",))


def test_an_endpoint_of_the_hospitals_own() -> None:
    found = cohort(FILES, told())
    (endpoint,) = found.dictionary.endpoints
    assert (endpoint.key, endpoint.label, endpoint.days) == ("own-1", "relapse", ("own-1_day",))
    assert found.time_to(endpoint)[0].tolist() == [30 * at for at in range(1, 11)]
    assert found.time_to(endpoint)[1].tolist() == [bool(at % 2) for at in range(1, 11)]
    assert found.dictionary.missing("death") is not None
    assert [one for one in found.dictionary.endpoints if "tacrolimus" in one.label] == []


def test_no_id_of_what_the_file_names_tells_its_name() -> None:
    dictionary = cohort(FILES, told()).dictionary
    named = [*dictionary.factor, *dictionary.endpoint]
    assert [key for key in named if not key.startswith("own-")] == []
    ids = {level.id for factor in dictionary.factors for level in factor.levels}
    assert all(one.startswith("own-") for one in ids)


@pytest.mark.parametrize(
    ("groups", "cuts", "expected"),
    [
        ("median", (), ["< 6", "≥ 6"]),
        ("tertiles", (), ["< 4", "4 to < 8", "≥ 8"]),
        ("cuts", (2.0, 9.0), ["< 2", "2 to < 9", "≥ 9"]),
    ],
)
def test_numbers_are_grouped_as_r_would(groups: Groups, cuts: tuple[float, ...], expected: list[str]) -> None:
    """R: ``quantile(c(1.5, 3, 4, 6, 8, 9, 10), c(1/3, 1/2, 2/3))`` is 4, 6 and 8."""
    column = replace(told().column("p.csv", "marker"), groups=groups, cuts=cuts, limit="missing", missing=("-9",))
    found = cohort(FILES, told().with_column("p.csv", column))
    labels = [level.label for level in own(found, "marker, groups").levels]
    assert labels == expected


def test_a_limit_is_what_the_visitor_takes_it_for() -> None:
    expected: dict[Limit, float] = {"half": 0.2, "limit": 0.4, "missing": np.nan}
    for limit, value in expected.items():
        column = replace(told().column("p.csv", "marker"), limit=limit)
        found = cohort(FILES, told().with_column("p.csv", column))
        number = next(one for one in found.dictionary.numbers if one.label == "marker")
        np.testing.assert_equal(found.patients[number.key].to_numpy()[1], value)
        np.testing.assert_equal(found.patients[number.key].to_numpy()[[4, 6]], [np.nan, np.nan])


def test_columns_that_tell_who_somebody_is_are_left_out() -> None:
    assert roles(proposed(FILES))["hospital no"] == "left_out"


def test_times_in_months_and_two_endpoints_with_their_own_censoring() -> None:
    rows = ["A,12,0,3,1,24", "B,6.5,1,2,0,6.5", "C,1,0,1,1,40"]
    files = {"p.csv": ("id,os_months,death,pfs_months,progressed,last\n" + "\n".join(rows) + "\n").encode()}
    mapping = proposed(files).with_event("p.csv", "death", DEATH, ("1",))
    mapping = mapping.with_column("p.csv", ColumnRole("last"))
    mapping = mapping.with_column("p.csv", ColumnRole("pfs_months", "time", "progress", "months"))
    mapping = mapping.with_column("p.csv", ColumnRole("progressed", "status", "progress", events=("1",)))
    found = cohort(files, mapping)
    assert found.time_to(found.dictionary.leading)[0].tolist() == [365, 198, 30]
    other = found.dictionary.endpoint["own-1"]
    assert found.time_to(other)[0].tolist() == [91, 61, 30]
    assert found.time_to(other)[1].tolist() == [True, False, True]


def test_visits_with_a_column_a_value_become_measurements_and_are_converted() -> None:
    patients = b"id,last_day,death_day\nA,400,\nB,300,300\n"
    visits = b"id,week,creatinine,site\n" + b"".join(
        f"{who},{week},{value},x\n".encode()
        for who, week, value in [
            ("A", 0, 0.8),
            ("A", 4, 0.9),
            ("A", 8, 1.0),
            ("B", 0, 1.1),
            ("B", 4, 1.2),
            ("B", 9, 1.3),
        ]
    )
    files = {"p.csv": patients, "v.csv": visits}
    mapping = proposed(files)
    assert roles(mapping, 1) == {
        "id": "patient",
        "week": "listed day",
        "creatinine": "laboratory creatinine",
        "site": "left_out",
    }
    column = replace(mapping.column("v.csv", "creatinine"), unit="mg/dL", shown="µmol/L")
    found = cohort(files, mapping.with_column("v.csv", column))
    assert found.measurements["day"].tolist() == [0, 28, 56, 0, 28, 63]
    assert found.measurements["value"].round(1).tolist() == [70.7, 79.6, 88.4, 97.2, 106.1, 114.9]
    assert found.dictionary.measure["creatinine"].unit == "µmol/L"


def test_a_column_a_visit_among_the_patients() -> None:
    rows = "".join(f"P{at},400,,{at}.5,{at + 10},{at + 20}\n" for at in range(1, 9))
    files = {"p.csv": f"id,last_day,death_day,ferritin,ck_baseline,ck_week4\n{rows}".encode()}
    found = cohort(files, proposed(files))
    first = found.measurements[found.measurements["patient"] == "P1"]
    assert sorted(zip(first["variable"], first["day"], first["value"], strict=True)) == [
        ("ck", 0, 11.0),
        ("ck", 28, 21.0),
        ("ferritin", 0, 1.5),
    ]


def test_another_drug_is_named_as_the_file_names_it() -> None:
    treatments = b"id,day,drug,action\nA,0,rituximab,start\nA,90,rituximab,stop\nB,0,rituximab,start\n"
    files = {"p.csv": b"id,time,dead\nA,400,0\nB,300,1\n", "treatments.csv": treatments}
    mapping = proposed(files).with_event("p.csv", "dead", DEATH, ("1",))
    assert mapping.study_drug == "rituximab"
    found = cohort(files, mapping)
    persistence = found.dictionary.in_role("persistence")
    assert persistence is not None
    assert (persistence.label, persistence.curve) == ("Persistence on rituximab", "Still taking rituximab")
    assert found.time_to(persistence)[0].tolist() == [90, 300]
    assert found.dictionary.day_0 == "start of rituximab"


def test_the_dose_of_another_drug_is_what_the_file_measures_under_its_name() -> None:
    files = {
        "p.csv": b"id,time,dead,weight\nA,400,0,50\nB,300,1,60\n",
        "treatments.csv": b"id,day,drug,action\nA,0,Ciclosporin,start\nB,0,Ciclosporin,start\n",
        "m.csv": b"id,day,variable,value\nA,0,ciclosporin,150\nB,0,ciclosporin,90\nA,91,trough,180\n",
    }
    mapping = proposed(files).with_event("p.csv", "dead", DEATH, ("1",))
    assert mapping.study_drug == "Ciclosporin"
    found = cohort(files, mapping)
    dose, by_weight, trough = found.dictionary.given("dose", "dose_per_kg", "trough")
    assert (dose.label, trough.label, trough.normal) == (
        *("Dose of Ciclosporin", "Trough of Ciclosporin"),
        (None, None),
    )
    assert found.patients[dose.key].tolist() == [150, 90]
    assert found.patients[by_weight.key].tolist() == [3, 1.5]
    assert found.dictionary.recorded((dose, by_weight, trough)) == (dose, by_weight, trough)


def test_every_problem_is_told_in_the_files_own_names() -> None:
    files = {"p.csv": b"code,enrolled,seen,state\nA,2020-01-01,03/04/2021,x\nB,,2021-13-01,y\n"}
    mapping = proposed(files)
    for column in (
        ColumnRole("code", "patient"),
        ColumnRole("enrolled", "start"),
        ColumnRole("seen", "listed", "last_day"),
    ):
        mapping = mapping.with_column("p.csv", column)
    said = refusals(opened(files, mapping=mapping))
    both = "The day cannot be distinguished from the month in “03/04/2021”. Choose which of "
    both += "them stands first, or write dates as 2024-03-31."
    assert f"p.csv, column seen, line 2: {both}" in said
    assert any(one.startswith("p.csv, column seen, line 3: Among dates stands “2021-13-01”") for one in said)


def test_two_columns_for_one_thing_and_words_for_numbers_are_refused() -> None:
    mapping = told().with_column("p.csv", ColumnRole("grade", "patient"))
    assert "p.csv: “id” and “grade” are each chosen as “patient”. Choose one, and leave the others out." in refusals(
        opened(FILES, mapping=mapping)
    )
    mapping = told().with_column("p.csv", ColumnRole("grade", "number"))
    assert any(
        "“High” and “low” is no number" in one or "is no number" in one
        for one in refusals(opened(FILES, mapping=mapping))
    )


def test_a_template_says_the_same_with_and_without_its_mapping() -> None:
    patients = b"patient,sex,anti_mda5,age,last_day,death_day\nP1,M,+,64,730,\nP2,F,neg,65,100,100\n"
    measured = b"patient,day,variable,value\nP1,0,fvc,80\nP2,3,ferritin,812.5\n"
    drugs = b"patient,day,drug,action,reason\nP1,300,Prograf,stop,Adverse event\n"
    files = {"patients.csv": patients, "measurements.csv": measured, "treatments.csv": drugs}
    plain, again = opened(files), opened(files, mapping=proposed(files))
    assert plain.cohort is not None
    assert again.cohort is not None
    for table in ("patients", "measurements", "reactions"):
        pd.testing.assert_frame_equal(getattr(plain.cohort, table), getattr(again.cohort, table))
    assert again.cohort.dictionary.study_drug.id == "tacrolimus"


@pytest.mark.parametrize(
    ("window", "baseline", "before"),
    [(0, [None, 10.0, None], 0), (7, [None, 10.0, 6.0], 1), (28, [4.0, 10.0, 6.0], 2), (56, [4.0, 10.0, 6.0], 2)],
)
def test_the_baseline_is_the_last_value_within_the_window(
    window: int, baseline: list[float | None], before: int
) -> None:
    patients = b"patient,sex,last_day,death_day\nP1,M,730,\nP2,F,100,100\nP3,F,90,\n"
    measured = (
        b"patient,day,variable,value\nP1,-40,ferritin,3\nP1,-20,ferritin,4\nP2,-3,ferritin,9\nP2,0,ferritin,10\n"
        b"P3,-7,ferritin,6\nP3,1,ferritin,7\n"
    )
    files = {"patients.csv": patients, "measurements.csv": measured}
    mapping = proposed(files)
    assert mapping.measures
    chosen = replace(mapping, baseline_window=window)
    found = cohort(files, chosen)
    values = found.patients["ferritin"].tolist()
    assert [None if np.isnan(value) else value for value in values] == baseline
    assert [visit.first for visit in found.dictionary.visits] == [-window, 1, 11, 61, 137, 274, 548]
    notes = " ".join(one.sentence for one in opened(files, mapping=chosen).notes)
    stated = f"from day \u2212{window} to day 0" if window else "The value of day 0 alone is the baseline"
    assert stated in notes
    counted = {0: "", 1: "1 baseline value is from before", 2: "2 baseline values are from before"}[before]
    assert counted in notes
    assert ("from before day 0" in notes) == bool(before)


def test_a_laboratory_value_by_its_name_is_not_left_out_for_a_cell_that_is_no_number() -> None:
    files = {
        "list.csv": "患者番号;KL-6 (U/mL);最終観察日;死亡日\nH1;1,200;400;\nH2;980;300;\nH3;未検;200;200\n".encode()
    }
    found = opened(files, mapping=proposed(files))
    assert [(one.column, one.role, one.name) for one in proposed(files).tables[0].columns][1] == (
        "KL-6 (U/mL)", "laboratory", "kl6",
    )  # fmt: skip
    (wrong,) = refusals(found)
    assert "KL-6" in wrong
    assert "1,200" in wrong
    mended = {"list.csv": files["list.csv"].replace(b"1,200", b"1200")}
    cohort = opened(mended, mapping=proposed(mended)).cohort
    assert cohort is not None
    assert cohort.measurements["value"].tolist() == [1200, 980]


ENDED = """ID,開始日,最終生存確認日,転帰
A,令和2年1月1日,令和2年3月1日,死亡
B,2020/1/1,2021/1/1,生存
C,2020/1/1,2021/1/1,生存
""".encode()


def test_a_last_date_and_what_it_ended_with_are_an_endpoint() -> None:
    files = {"a.csv": ENDED}
    mapping = proposed(files)
    assert roles(mapping)["転帰"] == "status"
    assert [one.column for _, one in mapping.unsettled] == ["転帰"]
    found = cohort(files, mapping.with_event("a.csv", "転帰", DEATH, ("死亡",)))
    assert found.patients["last_day"].tolist() == [60, 366, 366]
    assert found.patients["death_day"].tolist()[:1] == [60]
    assert found.patients["death_day"].isna().tolist() == [False, True, True]
    other = cohort(files, mapping.with_event("a.csv", "転帰", "Relapse", ("死亡",)))
    assert other.patients[other.dictionary.endpoints[-1].days[0]].tolist()[:1] == [60]


def test_the_day_of_death_of_two_columns_is_refused() -> None:
    files = {"a.csv": b"patient,last_day,death_day,dead\nA,5,5,1\nB,9,,0\n"}
    mapping = proposed(files).with_column("a.csv", ColumnRole("dead", "status", DEATH, events=("1",)))
    assert any("“death_day” and “dead” are each chosen" in one for one in refusals(opened(files, mapping=mapping)))


@pytest.mark.parametrize(
    ("name", "dead", "alive"),
    [("Vital status", "dead", "alive"), ("dead", "1", "0"), ("Patient died?", "yes", "no"), ("State", "Died", "Alive")],
)
def test_deaths_of_a_characteristic_without_their_day_are_refused(name: str, dead: str, alive: str) -> None:
    rows = "".join(f"P{n},{300 + n},{300 if n == 1 else ''},{dead if n < 3 else alive}\n" for n in range(1, 9))
    files = {"a.csv": f"patient,last_day,death_day,{name}\n{rows}".replace("301,300", "300,300").encode()}
    mapping = proposed(files)
    assert roles(mapping)[name].startswith("factor")
    (told,) = refusals(opened(files, mapping=mapping))
    assert f"By the column “{name}” 1 patient is dead and has no day of death: “P2”." in told
    left_out = mapping.with_column("a.csv", ColumnRole(name))
    assert cohort(files, left_out).n == 8


def test_a_last_day_without_anything_that_happened_is_refused() -> None:
    files = {"a.csv": b"patient,last_day,Group\nA,5,x\nB,9,y\nC,9,x\nD,9,y\n"}
    (told,) = refusals(opened(files, mapping=proposed(files)))
    assert told.startswith("a.csv: No column shows what happened to the patients")


def test_progressions_do_not_hide_that_nobody_said_who_died() -> None:
    files = {"a.csv": b"patient,last_day,Died,progression_day\nA,5,Yes,3\nB,9,No,\nC,9,No,\n"}
    mapping = proposed(files)
    assert [one.column for _, one in mapping.unsettled] == ["Died"]
    as_factor = mapping.with_column("a.csv", ColumnRole("Died", "factor", "Died"))
    assert any("“Died” 1 patient is dead" in one for one in refusals(opened(files, mapping=as_factor)))


@pytest.mark.parametrize(
    ("rows", "drug"), [("", ""), ("A,0,mycophenolate,start\n", "mycophenolate"), ("A,0,Prograf,start\n", "tacrolimus")]
)
def test_the_drug_studied_is_one_that_the_files_name(rows: str, drug: str) -> None:
    files = {"patients.csv": b"patient,last_day,death_day\nA,5,5\nB,9,\n"}
    files |= {"treatments.csv": f"patient,day,drug,action\n{rows}".encode()} if rows else {}
    found = opened(files)
    assert found.mapping is not None
    assert found.mapping.study_drug.casefold() == drug
    assert found.cohort is not None
    assert found.cohort.dictionary.study_drug.word.casefold() == drug


def test_a_column_that_is_there_twice_is_settled_on_the_screen() -> None:
    files = {"a.csv": b"id,id,sex,last_day,death_day\n1,H1,F,5,5\n2,H2,M,9,\n"}
    mapping = proposed(files)
    assert roles(mapping)["id (column 2)"] == "left_out"
    assert cohort(files, mapping).patients["patient"].tolist() == ["1", "2"]
    assert any("“id” is there twice" in one.sentence and one.severity == "error" for one in opened(files).issues)
    same = opened({"a.csv": b"id,id,sex,last_day,death_day\n1,1,F,5,5\n2,2,M,9,\n"})
    assert same.cohort is not None
    assert any("with the same content, and is read once" in one.sentence for one in same.notes)


def test_codes_of_patients_under_another_name_are_the_column_that_differs_in_every_row() -> None:
    files = {"a.csv": b"Patientennummer,Geschlecht,Therapiebeginn,Letzter Kontakt,Verstorben\n"}
    files["a.csv"] += b"17,w,2020-01-01,2021-01-01,nein\n18,m,2020-01-01,2021-02-01,ja\n19,m,2020-01-01,2021-02-01,ja\n"
    found = roles(proposed(files))
    assert [found[name] for name in ("Patientennummer", "Therapiebeginn", "Letzter Kontakt", "Verstorben")] == [
        "patient", "start", "listed last_day", "status death",
    ]  # fmt: skip


@pytest.mark.parametrize(("order", "days"), [("day first", 30), ("month first", 32)])
def test_dates_that_can_be_read_in_two_ways_are_read_as_the_visitor_says(order: Order, days: int) -> None:
    files = {"a.csv": b"id,start date,last visit,death_day\n1,01/02/2020,02/03/2020,\n2,01/02/2020,02/03/2020,\n"}
    mapping = proposed(files)
    assert len(refusals(opened(files, mapping=mapping))) >= 2
    for name in ("start date", "last visit"):
        mapping = mapping.with_column("a.csv", replace(mapping.column("a.csv", name), order=order))
    found = opened(files, mapping=mapping_in(saved(mapping)))
    assert found.cohort is not None
    assert found.cohort.patients["last_day"].tolist() == [days, days]
    assert sum("2 dates that could be read in two ways" in one.sentence for one in found.notes) == 2


def test_an_error_about_dates_is_not_followed_by_one_about_what_they_leave_empty() -> None:
    files = {"a.csv": b"id,start,last seen,death_day\n1,01/02/2020,02/03/2020,\n2,01/02/2020,02/03/2020,\n"}
    told = refusals(opened(files, mapping=proposed(files)))
    assert [("start" in one, "last seen" in one) for one in told] == [(True, False), (False, True)]
    none = {"a.csv": b"id,sex\n1,F\n2,M\n"}
    assert [one.split(": ")[1][:40] for one in refusals(opened(none, mapping=proposed(none)))] == [
        "No column shows how long the patients we"
    ]
