"""Held-out truth: what is hidden with a number, what a member gives without it, and what the document says of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from components.evidence.coverage import RECORD, coverage, recorded_values
from components.reconstruct.left_out import left_out, rebuilt, without
from components.reconstruct.targets import published_targets
from data.cohort import Provenance, cohort_from
from data.ensemble import FOLDER, tables_of

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "reconstruction.md"
TARGETS = published_targets()
ASKED = {number.id: chosen for chosen in left_out(TARGETS) for number in chosen.asked}


def test_what_would_give_a_number_away_is_left_out_with_it() -> None:
    """The ratio of diffuse alveolar damage stands in a table and in the text, with both limits."""
    chosen = ASKED["T4-116"]
    assert {n.statistic for n in chosen.hidden} == {"hazard_ratio", "lower", "upper"}
    rest = without(TARGETS, chosen.hidden)
    assert [n for n in rest.chosen(variable="ct_pattern", level="DAD") if n.statistic == "hazard_ratio"] == []
    assert len(rest.numbers) == len(TARGETS.numbers) - 6


def test_survival_of_both_results_goes_with_the_ratio_of_an_antibody() -> None:
    assert {n.printed for n in ASKED["T4-155"].hidden} >= {"8.16", "66.7", "100.0"}


@pytest.mark.parametrize("id_", ["T4-003", "T4-155"])
def test_a_member_gives_what_is_recorded_of_it(id_: str) -> None:
    recorded = recorded_values(FOLDER / RECORD)
    member = cohort_from(tables_of(1), Provenance("reconstructed", "seed 2", ""))
    assert f"{rebuilt(ASKED[id_], member, 2, TARGETS)[id_]:.6g}" == recorded[id_, 2]


def test_the_document_says_how_many_are_covered() -> None:
    found = coverage(TARGETS.numbers)
    assert found is not None
    assert {one.number.id for one in found.numbers} == set(ASKED)
    assert {len(one.values) for one in found.numbers} == {11}
    assert f"**{found.covered} of {found.n}**" in DOCUMENT.read_text(encoding="utf-8")
