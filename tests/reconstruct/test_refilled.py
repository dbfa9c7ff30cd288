"""Skeletons of members filled again under the second version of the assumptions, and which filling is taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from components.evidence.fidelity import fidelity
from components.reconstruct import assembly
from components.reconstruct.annealing import NotFoundError
from components.reconstruct.assembly import most_believable
from components.reconstruct.assumptions import SECOND, assumptions
from components.reconstruct.believable import TRAITS, Finding, highest_diffusion, pneumonia_long_before
from components.reconstruct.bounds import span
from components.reconstruct.coherence import incoherences
from components.reconstruct.refilled import refilling, skeleton_of
from components.reconstruct.skeleton import Skeleton
from components.reconstruct.targets import published_targets
from data.cohort import Cohort, Provenance, Tables, cohort_from
from data.ensemble import FOLDER, tables_of
from data.variables import DICTIONARY

TARGETS = published_targets()
SEED, PLACE = 3, 2


@pytest.fixture(scope="module")
def bones() -> Skeleton:
    return skeleton_of(tables_of(PLACE))


def silent(line: str) -> None:
    assert line


def test_a_skeleton_is_read_from_a_cohort(tiny: Tables) -> None:
    people = tiny.patients.assign(anti_mda5=pd.Series(["Positive", None, None], dtype=object))
    found = skeleton_of(replace(tiny, patients=people))
    assert found.patients["subtype"].tolist() == ["CADM", "PM"]
    assert found.patients["anti_mda5"].tolist() == ["Positive", None]
    assert found.patients["cause_of_death"].tolist() == ["Interstitial lung disease", None]
    assert found.patients["death_day"].tolist()[0] == 100.0
    assert found.stops["stop_day"].tolist() == [100.0, 200.0]
    assert found.stops["stop_reasons"].tolist() == ["Patient death", "Adverse event"]


def test_the_order_in_which_patients_were_found_decides_nothing(bones: Skeleton) -> None:
    mixed = np.random.default_rng(1).permutation(len(bones.patients))
    other = Skeleton(*(table.iloc[mixed].reset_index(drop=True) for table in (bones.patients, bones.stops)))
    assert not other.patients.equals(bones.patients)
    assert_frame_equal(other.ordered.patients, bones.ordered.patients)
    assert_frame_equal(other.ordered.stops, bones.ordered.stops)


def test_a_filling_loses_nothing_printed_and_has_lungs_of_the_diseased(
    bones: Skeleton, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assembly, "REFINEMENTS", 1)
    found = most_believable(SEED, bones, TARGETS, silent)
    assert found is not None
    cohort = cohort_from(found, Provenance("reconstructed", "seed 3", ""))
    assert [row.number.id for row in fidelity(cohort, TARGETS.numbers).rows if not row.reproduced] == []
    assert incoherences(cohort) == ()
    assert highest_diffusion(cohort) <= 140
    assert found.measurements.loc[found.measurements["variable"] == "aado2", "value"].min() >= 5
    before = cohort_from(tables_of(PLACE), Provenance("reconstructed", "seed 3", ""))
    assert pneumonia_long_before(cohort) < pneumonia_long_before(before)
    assert skeleton_of(found).ordered.patients.equals(bones.ordered.patients)


@pytest.mark.parametrize(("missed", "taken"), [((2, 1, 1), 1), ((3, 0, 1), 1), ((2,), 0), ((), None)])
def test_of_several_fillings_the_most_believable_is_taken(
    bones: Skeleton, monkeypatch: pytest.MonkeyPatch, missed: tuple[int, ...], taken: int | None
) -> None:
    """The first with the fewest traits missed; after one that misses none no further filling is made."""
    made: list[Tables] = []

    def fillings(*_: object) -> Iterator[Tables]:
        for n in missed:
            made.append(Tables(*(pd.DataFrame({"missed": [n]}) for _ in range(4))))
            yield made[-1]

    def findings(one: pd.DataFrame, traits: tuple[object, ...]) -> tuple[Finding, ...]:
        assert traits == tuple(trait for trait in TRAITS if not trait.of_skeleton)
        return tuple(Finding(TRAITS[1], 1.0) for _ in range(int(one["missed"][0])))

    monkeypatch.setattr(assembly, "_fillings", fillings)
    monkeypatch.setattr(assembly, "_cohort", lambda tables: tables.patients)
    monkeypatch.setattr(assembly, "traits_of", findings)
    found = most_believable(1, bones, TARGETS, silent)
    assert found is (None if taken is None else made[taken])
    assert len(made) == (missed.index(0) + 1 if 0 in missed else len(missed))


def test_a_skeleton_that_cannot_be_filled_gives_no_member(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assembly, "REFINEMENTS", 0)
    with pytest.raises(NotFoundError, match="seed 3: its skeleton cannot be filled"):
        refilling(FOLDER)(SEED, TARGETS, silent)
    with pytest.raises(KeyError):
        refilling(FOLDER)(0, TARGETS, silent)


def test_traits_of_the_skeleton_are_those_of_survival_alone(committed: Cohort) -> None:
    blank = committed.patients.drop(columns=["onset", "ct_pattern", "oxygen", "sao2", "weight"])
    bare = committed.with_patients(blank)
    for trait in TRAITS:
        if trait.of_skeleton:
            assert trait.value(bare) == trait.value(committed)


def test_bounds_of_the_diseased() -> None:
    for key, least, most in (("dlco", 15, 140), ("aado2", 5, 110), ("ferritin", 10, 5000)):
        low, high = span(DICTIONARY.measure[key], np.random.default_rng(1), 500, assumptions(SEED, SECOND))
        assert least <= low.min() < high.max() <= most
    assert span(DICTIONARY.measure["dlco"], np.random.default_rng(1), 500)[1].max() > 180
