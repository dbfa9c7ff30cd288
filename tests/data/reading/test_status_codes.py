"""A code of a status that a saved mapping does not know is asked for, and never taken for censored."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.reading.installed import MAPPING, WHERE, read_study
from data.reading.mapping import ColumnRole, Mapping, mapping_in, saved
from data.reading.read import Opened, opened
from data.reading.status_codes import with_codes, with_questions


def files(*codes: str) -> dict[str, bytes]:
    rows = "".join(f"p{i},{100 + i},{code}\n" for i, code in enumerate(codes * 5))
    return {"m.csv": f"patient,months,status\n{rows}".encode()}


def first(*codes: str) -> Opened:
    return opened(files(*codes))


def settled(found: Opened, *events: str) -> Mapping:
    assert found.mapping is not None
    (table,) = found.mapping.tables
    one = found.mapping.with_column(table.sheet, ColumnRole("status", "status", "death", events=events))
    return one.with_column(table.sheet, ColumnRole("months", "time", unit="days"))


KEPT = mapping_in(saved(with_codes(settled(first("alive", "dead"), "dead"), first("alive", "dead").contents)))


def test_a_saved_mapping_knows_the_codes_that_are_no_event() -> None:
    assert KEPT.column(KEPT.tables[0].sheet, "status").censored == ("alive",)


@pytest.mark.parametrize(
    ("codes", "asked"),
    [
        (("alive", "dead"), False),
        (("dead",), False),
        (("alive", "dead", "deceased"), True),
        (("alive",), True),
        (("0", "1"), True),
    ],
)
def test_a_code_that_it_does_not_know_and_an_event_that_nobody_has_are_questions(
    codes: tuple[str, ...],
    tmp_path: Path,
    *,
    asked: bool,
) -> None:
    again = with_questions(KEPT, first(*codes).contents)
    assert bool(again.unsettled) is asked
    old = with_questions(settled(first("alive", "dead"), "dead"), first(*codes).contents)
    assert bool(old.unsettled) is asked  # saved by a version that kept no other codes: two codes leave no doubt
    for name, content in files(*codes).items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / MAPPING).write_bytes(saved(KEPT))
    installed = read_study({WHERE: str(tmp_path)})
    assert installed is not None
    assert (installed.cohort is None) is asked
    assert (f"{MAPPING} does not know all codes" in " ".join(installed.reasons)) is asked
