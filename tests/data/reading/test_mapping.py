from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.reading.mapping import (
    DEATH,
    FORMAT,
    USUAL_WINDOW,
    ColumnRole,
    Mapping,
    TableRole,
    fitted,
    mapping_in,
    saved,
    still_lacking,
)
from data.reading.mapping_messages import lacking
from data.reading.read import opened
from data.variables import DICTIONARY

PATIENTS = TableRole(
    "a.csv",
    "patients",
    (
        ColumnRole("id", "patient"),
        ColumnRole("t", "time", unit="days"),
        ColumnRole("s", "status"),
        ColumnRole("crp", "number", "CRP", groups="cuts", cuts=(0.5, 10.0), missing=("999",), limit="limit"),
        ColumnRole("氏名"),
    ),
)
MAPPING = Mapping((PATIENTS, TableRole("b.csv", "left_out", ())), "prednisone")

columns = st.builds(
    ColumnRole,
    st.text(min_size=1, max_size=8),
    st.sampled_from(["left_out", "patient", "time", "status", "number", "laboratory"]),
    st.text(max_size=5),
    events=st.lists(st.text(max_size=3), max_size=3).map(tuple),
    cuts=st.lists(st.floats(-1e6, 1e6), max_size=3).map(tuple),
    day=st.integers(-400, 4000),
)


@given(st.lists(columns, max_size=5), st.text(max_size=8), st.integers(0, 3650))
def test_what_is_saved_is_read_back(entries: list[ColumnRole], drug: str, window: int) -> None:
    mapping = Mapping((TableRole("x", "patients", tuple(entries)),), drug, window)
    assert mapping_in(saved(mapping)) == mapping


def test_a_saved_mapping_holds_names_codes_and_units_only() -> None:
    told = json.loads(saved(MAPPING))
    assert told["format"] == FORMAT
    assert told["tables"][0]["columns"][0] == {"column": "id", "role": "patient"}
    assert told["tables"][0]["columns"][3] == {
        "column": "crp", "role": "number", "name": "CRP", "missing": ["999"], "groups": "cuts", "cuts": [0.5, 10.0],
        "limit": "limit",
    }  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b'{"format": "another"}',
        saved(MAPPING).replace(b'"number"', b'"numbers"'),
        saved(MAPPING).replace(b'"limit"', b'"limits"'),
        saved(MAPPING).replace(b'"groups"', b'"grouped"'),
        *(
            saved(MAPPING).replace(b'"baseline_window": 28', b'"baseline_window": ' + no)
            for no in (b"-1", b"3651", b"true", b'"28"', b"2.5")
        ),
        b"[" * 100_000,
    ],
)
def test_anything_else_is_refused_without_being_quoted(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"^no saved mapping$"):
        mapping_in(content)


def test_the_event_of_a_status_is_that_of_its_time() -> None:
    assert [column.column for _, column in MAPPING.unsettled] == ["s"]
    told = MAPPING.with_event("a.csv", "s", DEATH, ("1",))
    assert told.unsettled == ()
    assert told.column("a.csv", "t").name == DEATH
    assert told.column("a.csv", "s").events == ("1",)
    assert MAPPING.with_unit("a.csv", "t", "").unsettled[0][1].column == "t"


def test_a_saved_mapping_fits_next_months_file_whatever_its_name() -> None:
    new = TableRole(
        "b 2027.csv", "patients", (*(ColumnRole(one.column) for one in PATIENTS.columns), ColumnRole("new"))
    )
    mapping, missing = fitted(MAPPING, Mapping((new,)))
    assert mapping.tables[0].columns[:5] == PATIENTS.columns
    assert mapping.tables[0].columns[5] == ColumnRole("new")
    assert (mapping.study_drug, mapping.baseline_window, missing) == ("prednisone", 28, ())
    assert fitted(replace(MAPPING, baseline_window=91), Mapping((new,)))[0].baseline_window == 91


def test_the_window_for_the_baseline_is_at_first_the_studys_own() -> None:
    before = b"".join(line for line in saved(MAPPING).splitlines() if b"baseline_window" not in line)
    assert mapping_in(before).baseline_window == -DICTIONARY.visits[0].first == USUAL_WINDOW
    assert not MAPPING.measures
    assert replace(MAPPING, tables=(replace(PATIENTS, holds="measurements"),)).measures


def test_what_a_saved_mapping_names_and_the_files_lack_is_told() -> None:
    less = replace(PATIENTS, columns=PATIENTS.columns[:3])
    assert fitted(MAPPING, Mapping((less,)))[1] == (("a.csv", "crp"),)
    other = TableRole("c.csv", "patients", (ColumnRole("x"), ColumnRole("y")))
    mapping, missing = fitted(MAPPING, Mapping((other,)))
    assert mapping.tables == (other,)
    assert missing == (("a.csv", ""),)


def test_two_meanings_of_one_file_are_two_cohorts_and_its_name_is_none() -> None:
    patients = b"patient,last_day,death_day,stage\na,400,,1\nb,90,90,2\nc,700,,3\nd,500,,2\n"
    first = opened({"list.csv": patients}).mapping
    assert first is not None
    stage = ColumnRole("stage", "number", "Stage", groups="median")

    def data(file: str, **other: Any) -> str:
        settled = replace(first, tables=(replace(first.tables[0], sheet=file),))
        cohort = opened({file: patients}, mapping=settled.with_column(file, replace(stage, **other))).cohort
        assert cohort is not None
        return cohort.provenance.fingerprint

    assert data("list.csv") == data("list (1).csv")
    assert len({data("list.csv"), data("list.csv", groups="tertiles"), data("list.csv", name="Grade")}) == 3
    by_drug = opened({"list.csv": patients}, mapping=replace(first, study_drug="rituximab")).cohort
    as_it_is = opened({"list.csv": patients}, mapping=first).cohort
    assert by_drug is not None
    assert as_it_is is not None
    assert by_drug.provenance.fingerprint != as_it_is.provenance.fingerprint


def test_a_column_that_another_has_become_is_missed_no_longer() -> None:
    less = replace(PATIENTS, columns=(*PATIENTS.columns[:1], *PATIENTS.columns[2:3], ColumnRole("days")))
    mapping, missing = fitted(MAPPING, Mapping((less,)))
    assert [(name, role) for _, name, role in still_lacking(MAPPING, mapping, missing)] == [
        ("t", "time"), ("crp", "number")
    ]  # fmt: skip
    again = mapping.with_column("a.csv", ColumnRole("days", "time", unit="days"))
    (left,) = still_lacking(MAPPING, again, missing)
    assert left == ("a.csv", "crp", "number")
    assert lacking(*left).severity == "warning"
    assert lacking("a.csv", "t", "time").severity == "error"
    assert still_lacking(MAPPING, mapping, (("b.csv", ""),)) == (("b.csv", "", None),)
