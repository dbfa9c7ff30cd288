from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from components.reconstruct.annealing import NotFoundError
from components.reconstruct.cohort_files import TABLES, Quality, kept_or_written, quality_in, written
from components.reconstruct.ensemble import RECORD, members, seeds_of
from components.reconstruct.targets import Targets, published_targets
from data.cohort import Tables

FOLDER = Path(__file__).resolve().parents[2] / "data" / "cohort"


@pytest.fixture(scope="module")
def tables() -> Tables:
    """The committed files as they are."""
    read = (pd.read_csv(FOLDER / f"{name}.csv", keep_default_na=False, na_values=[""]) for name in TABLES)
    return Tables(*read)


def test_seeds_are_numbers_and_ranges() -> None:
    assert seeds_of("1-3") == (1, 2, 3)
    assert seeds_of("3, 5,8-10,5") == (3, 5, 8, 9, 10)
    for text in ("", "a", "1-b", "-3"):
        with pytest.raises(ValueError, match="seeds are numbers"):
            seeds_of(text)


def test_an_interrupted_ensemble_goes_on_where_it_ended(tmp_path: Path, tables: Tables) -> None:
    asked: list[int] = []

    def search(seed: int, targets: Targets, report: Callable[[str], None]) -> Tables:
        assert targets.numbers
        report(f"seed {seed}")
        asked.append(seed)
        if seed == 2:
            raise NotFoundError("seed 2: no cohort")
        return tables

    told: list[str] = []
    found = list(members((1, 2), tmp_path, published_targets(), told.append, search))
    assert [place.name for place in found] == ["seed-0001"]
    record = json.loads((tmp_path / "seed-0001" / RECORD).read_text(encoding="utf-8"))
    assert record["seed"] == 1
    assert record["reproduced"] == record["answerable"] > 800
    assert record["incoherent"] == 0
    assert set(record["assumptions"]) > {"early_mda5", "together"}
    assert json.loads((tmp_path / "seed-0002" / RECORD).read_text(encoding="utf-8"))["failed"] == "seed 2: no cohort"

    again = list(members((1, 2, 3), tmp_path, published_targets(), told.append, search))
    assert [place.name for place in again] == ["seed-0001", "seed-0003"]
    assert asked == [1, 2, 3]


def test_a_better_cohort_is_not_overwritten(tmp_path: Path, tables: Tables) -> None:
    written(tables, tmp_path)
    there = quality_in(tmp_path)
    assert there is not None
    assert there.perfect
    before = (tmp_path / "patients.csv").read_bytes()
    worse = Quality(there.reproduced - 1, there.answerable, 0)
    assert not kept_or_written(tables, worse, tmp_path)
    assert (tmp_path / "patients.csv").read_bytes() == before
    assert kept_or_written(tables, there, tmp_path)
    assert quality_in(tmp_path / "nothing") is None
