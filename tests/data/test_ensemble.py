"""The committed ensemble: whole, of the committed cohort, and faithful."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from time import sleep

import numpy as np
import pytest

from components.reconstruct.packed import untrue
from data.cohort import Cohort, Provenance, Tables, cohort_from
from data.ensemble import (
    FOLDER,
    Ensemble,
    Member,
    Packing,
    damaged,
    ensemble_of,
    has_ensemble,
    positions,
    recorded_members,
    tables_of,
)
from data.reading.read import reconstructed_cohort, tables_in

COMMITTED = reconstructed_cohort()


def test_its_files_are_as_they_were_written_and_small() -> None:
    assert damaged() == ()
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) < 5_000_000


@pytest.mark.parametrize("document", ["README.md", "CHANGELOG.md", "docs/reconstruction.md"])
def test_documents_name_as_many_members_as_there_are(document: str) -> None:
    words = {100: "hundred reconstructions"}
    text = (FOLDER.parents[1] / document).read_text(encoding="utf-8")
    assert words[len(recorded_members())] in " ".join(text.split())


def test_every_member_is_recorded_as_faithful_and_coherent_once() -> None:
    members = recorded_members()
    assert len({one.seed for one in members}) == len(members) > 1
    assert {(one.reproduced, one.incoherent) for one in members} == {(one.answerable, 0) for one in members}


def test_a_member_computed_anew_is_as_recorded() -> None:
    last = len(recorded_members()) - 1
    assert untrue(places=range(last, last + 1)) == ()


def test_the_stack_holds_what_each_member_holds_alone() -> None:
    ensemble = ensemble_of(COMMITTED)
    assert ensemble is not None
    assert has_ensemble(COMMITTED)
    place = ensemble.n - 1
    alone = cohort_from(tables_of(place), Provenance("reconstructed", "", ""))
    own = ensemble.stack.where(positions(ensemble.stack) == place)
    for factor in COMMITTED.dictionary.factors:
        assert own.codes(factor).tolist() == alone.codes(factor).tolist()
    for endpoint in COMMITTED.dictionary.endpoints:
        for here, there in zip(own.time_to(endpoint), alone.time_to(endpoint), strict=True):
            assert here.tolist() == there.tolist()
    assert len(own.reactions) == len(alone.reactions)


def test_the_committed_cohort_is_a_member() -> None:
    first = cohort_from(tables_of(0), Provenance("reconstructed", "", ""))
    assert recorded_members()[0].seed == 1
    np.testing.assert_array_equal(first.last_days, COMMITTED.last_days)


def test_no_other_cohort_has_an_ensemble() -> None:
    for provenance in (
        Provenance("imported", "", COMMITTED.provenance.fingerprint),
        Provenance("reconstructed", "", "x"),
    ):
        other: Cohort = replace(COMMITTED, provenance=provenance)
        assert not has_ensemble(other)
        assert ensemble_of(other) is None


def test_the_same_members_are_packed_into_the_same_bytes_and_come_back(tmp_path: Path) -> None:
    tables = tables_in(FOLDER.with_name("cohort"))
    few = Tables(*(getattr(tables, name).head(40) for name in ("patients", "measurements", "reactions", "treatments")))
    packing = Packing()
    packing.add(Member(7, 871, 871, 0, ("a trait",)), few)
    packing.add(Member(9, 871, 871, 0, ()), few)
    for name in ("one", "two"):
        packing.write(tmp_path / name, "fingerprint")
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()
    assert recorded_members(tmp_path / "one") == tuple(packing.members)
    assert tables_of(1, tmp_path / "one").patients["patient"].tolist() == few.patients["patient"].tolist()
    (tmp_path / "two" / "reactions.parquet").write_bytes(b"")
    assert damaged(tmp_path / "two") == ("reactions.parquet",)


@pytest.mark.parametrize("text", ["seed 9"])
def test_a_member_that_is_not_as_recorded_is_named(tmp_path: Path, text: str) -> None:
    packing = Packing()
    packing.add(Member(9, 871, 871, 0, ("no such trait",)), tables_of(0))
    packing.write(tmp_path, "fingerprint")
    assert untrue(tmp_path)[0].startswith(text)


def test_sessions_that_ask_together_compute_once() -> None:
    ensemble = ensemble_of(COMMITTED)
    assert ensemble is not None
    alone, begun, together = Ensemble(ensemble.stack, ensemble.members), [], Barrier(4)

    def slow() -> int:
        begun.append(1)
        sleep(0.02)
        return alone.once(("within",), lambda: 7)

    def ask() -> int:
        together.wait()
        return alone.once(("slow",), slow)

    with ThreadPoolExecutor(4) as pool:
        assert [one.result() for one in [pool.submit(ask) for _ in range(4)]] == [7] * 4
    assert begun == [1]
