from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from data.reading.installed import tables_in_sqlite


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of a database in use and of its log, with 300 rows committed, one not, and no index of the log."""
    live = tmp_path / "live.db"
    with closing(sqlite3.connect(live)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA wal_autocheckpoint=0")
        connection.execute("CREATE TABLE patients (patient, last_day)")
        connection.commit()
        connection.executemany("INSERT INTO patients VALUES (?, ?)", [(f"P{n}", n) for n in range(300)])
        connection.commit()
        connection.execute("DELETE FROM patients WHERE last_day < 10")
        connection.commit()
        connection.execute("INSERT INTO patients VALUES ('not committed', 1)")
        (tmp_path / "copy").mkdir()
        copy = tmp_path / "copy" / "study.db"
        shutil.copy(live, copy)
        shutil.copy(f"{live}-wal", f"{copy}-wal")
    return copy


def days(database: Path) -> list[int]:
    return [int(line.split(",")[1]) for line in tables_in_sqlite(database)["patients.csv"].decode().splitlines()[1:]]


def test_a_copy_is_read_with_the_changes_beside_it_and_nothing_is_written(copied: Path) -> None:
    before = sorted(path.name for path in copied.parent.iterdir())
    assert days(copied) == list(range(10, 300))
    assert sorted(path.name for path in copied.parent.iterdir()) == before


def test_of_a_log_that_breaks_off_what_is_complete_counts(copied: Path) -> None:
    log = copied.with_name("study.db-wal")
    log.write_bytes(log.read_bytes()[:-100])
    assert days(copied) == list(range(300))


def test_a_log_of_something_else_changes_nothing(copied: Path) -> None:
    copied.with_name("study.db-wal").write_bytes(b"no log at all" * 10)
    assert tables_in_sqlite(copied) == {}


def test_sqlite_reads_the_same(copied: Path) -> None:
    ours = tables_in_sqlite(copied)
    with closing(sqlite3.connect(copied)) as connection:
        theirs = connection.execute("SELECT last_day FROM patients").fetchall()
    assert [(day,) for day in days(copied)] == theirs
    assert tables_in_sqlite(copied) == ours
