"""The cohort that an operator names: a folder or a database, opened as it would be on the page, or refused in words."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from components.core.page_words import provenance_line
from data.reading import installed
from data.reading.installed import MAPPING, NAME, WHERE, Installed, read_study
from data.reading.mapping import ColumnRole, TableRole, saved
from data.reading.mapping import Mapping as ColumnMapping
from data.reading.read import opened
from data.reading.sheet import LIMITS

PATIENTS = pd.DataFrame(
    {
        "patient": ["a", "b", "c"],
        "subtype": ["CADM", "PM", "PM"],
        "last_day": [400, 90, 700],
        "death_day": [None, 90, None],
    }
)


def studied(place: Path, **environment: str) -> Installed:
    found = read_study({WHERE: str(place), **environment})
    assert found is not None
    return found


def test_none_is_named() -> None:
    assert read_study({}) is None
    assert read_study({WHERE: "  "}) is None


def test_a_folder_of_files(tmp_path: Path) -> None:
    PATIENTS.to_csv(tmp_path / "patients.csv", index=False)
    (tmp_path / ".hidden").write_text("nothing to be read")
    cohort = studied(tmp_path, **{NAME: "Lung registry"}).cohort
    assert cohort is not None
    assert (cohort.n, cohort.provenance.kind, cohort.provenance.name) == (3, "imported", "Lung registry")
    assert provenance_line(cohort.provenance) == "Cohort of this installation: Lung registry"
    assert studied(tmp_path).cohort.provenance.name == tmp_path.stem  # type: ignore[union-attr]


def test_a_database_gives_the_same_cohort_and_is_not_written(tmp_path: Path) -> None:
    folder, database = tmp_path / "files", tmp_path / "registry.db"
    folder.mkdir()
    PATIENTS.to_csv(folder / "patients.csv", index=False)
    with closing(sqlite3.connect(database)) as connection:
        PATIENTS.to_sql("patients", connection, index=False)
        connection.commit()
    before = database.read_bytes()
    of_folder, of_database = studied(folder).cohort, studied(database).cohort
    assert of_folder is not None
    assert of_database is not None
    assert of_database.provenance.name == "registry"
    assert of_database.provenance.fingerprint == of_folder.provenance.fingerprint
    assert database.read_bytes() == before


@pytest.mark.parametrize("writing", [False, True])
def test_a_database_with_a_log_of_its_changes_is_read_with_them(tmp_path: Path, *, writing: bool) -> None:
    database = tmp_path / "registry.db"
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA journal_mode=WAL")
    PATIENTS.to_sql("patients", connection, index=False)
    connection.commit()
    if not writing:
        connection.close()
    try:
        cohort = studied(database).cohort
    finally:
        connection.close()
    assert cohort is not None
    assert cohort.n == 3


def test_what_is_none_of_the_tables_is_left_out_and_listed(tmp_path: Path) -> None:
    folder, database = tmp_path / "files", tmp_path / "registry.db"
    folder.mkdir()
    log = pd.DataFrame({"user": ["x", "y"], "changed": ["a", "b"]})
    PATIENTS.to_csv(folder / "patients.csv", index=False)
    log.to_csv(folder / "audit.csv", index=False)
    (folder / "Read me.pdf").write_bytes(b"%PDF-1.7")
    with closing(sqlite3.connect(database)) as connection:
        PATIENTS.to_sql("patients", connection, index=False)
        log.to_sql("audit", connection, index=False)
        connection.commit()
    said = "audit.csv: It is none of the four tables and was left out."
    assert studied(database).left_out == (said,)
    found = studied(folder)
    assert found.cohort is not None
    assert found.left_out == (said.replace("audit.csv", "Read me.pdf"), said)
    # On the page, where it can be mended, the same file is a question.
    assert opened({name: (folder / name).read_bytes() for name in ("patients.csv", "audit.csv")}).cohort is None


def test_more_than_is_accepted_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed, "LIMITS", replace(LIMITS, megabytes=0))
    (tmp_path / "a.csv").write_bytes(b"x" * 1000)
    (tmp_path / "b.csv").write_bytes(b"x" * 1000)
    assert {name: len(text) for name, text in installed.read_files(sorted(tmp_path.iterdir())).items()} == {
        "a.csv": 1,
        "b.csv": 0,
    }


def test_a_saved_mapping_is_applied(tmp_path: Path) -> None:
    PATIENTS.rename(columns={"patient": "who", "last_day": "until", "death_day": "gone"}).to_csv(
        tmp_path / "list.csv", index=False
    )
    columns = (
        ColumnRole("who", "patient"),
        ColumnRole("until", "listed", name="last_day"),
        ColumnRole("gone", "listed", name="death_day"),
    )
    mapping = ColumnMapping((TableRole("list", "patients", columns),))
    (tmp_path / MAPPING).write_bytes(saved(mapping))
    cohort = studied(tmp_path).cohort
    assert cohort is not None
    assert cohort.last_days.tolist() == [400, 90, 700]
    (tmp_path / "archive.csv").write_text("who,until,gone\nz,9,9\n")  # before the list by its name, and alike
    again = studied(tmp_path)
    assert again.cohort is not None
    assert again.cohort.last_days.tolist() == [400, 90, 700]
    assert again.left_out == ("archive.csv: It is none of the four tables and was left out.",)


@pytest.mark.parametrize("content", [b"", b"{}", b'{"format": "other"}'])
def test_what_is_no_mapping_is_refused(tmp_path: Path, content: bytes) -> None:
    PATIENTS.to_csv(tmp_path / "patients.csv", index=False)
    (tmp_path / MAPPING).write_bytes(content)
    assert studied(tmp_path).reasons == (f"{MAPPING} is no mapping that this version has saved.",)


def test_every_reason_is_said_and_no_value_is_repeated(tmp_path: Path) -> None:
    PATIENTS.assign(last_day=["400", "secret", "700"], subtype=["CADM", "PM", "Hidden"]).to_csv(
        tmp_path / "patients.csv", index=False
    )
    found = studied(tmp_path)
    assert found.cohort is None
    said = " ".join(found.reasons)
    assert "patients, column last_day, line 3" in said
    assert "secret" not in said
    assert "Hidden" not in said
    assert "Open a cohort" in found.reasons[-1]


def test_what_is_not_there_or_holds_nothing(tmp_path: Path) -> None:
    assert studied(tmp_path / "nowhere").reasons == (f"{WHERE} names {tmp_path / 'nowhere'}, which is not there.",)
    assert studied(tmp_path).reasons == (f"{tmp_path}, which {WHERE} names, holds no table.",)
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"SQLite format 3\0" + b"x" * 200)
    assert studied(broken).reasons == (f"{broken}, which {WHERE} names, cannot be read.",)
