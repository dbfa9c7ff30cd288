"""Held-out truth: what is hidden with a number, what a member gives without it, and what the document says of it."""

from __future__ import annotations

from dataclasses import replace
from math import exp, log
from pathlib import Path

import numpy as np
import pytest

from components.evidence.coverage import RECORD, coverage, recorded_values, trial
from components.reconstruct.factors import levels_of
from components.reconstruct.held_out import record
from components.reconstruct.left_out import left_out, rebuilt, without
from components.reconstruct.targets import RATIO, Targets, published_targets
from components.reconstruct.unprinted import Z, drawn_strengths, spread_of_ratios
from data.cohort import Provenance, cohort_from
from data.ensemble import FOLDER, tables_of
from data.variables import DICTIONARY

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "reconstruction.md"
TARGETS = published_targets()
NUMBER = TARGETS.numbers[0]
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


def test_an_interrupted_record_goes_on_with_what_is_missing(tmp_path: Path) -> None:
    """One number of a member is missing: it is searched and comes out as recorded; a second run adds nothing."""
    for file in FOLDER.iterdir():
        if file.name != RECORD:
            (tmp_path / file.name).symlink_to(file)
    recorded = recorded_values(FOLDER / RECORD)
    there = [f"{id_},{seed},{value}" for (id_, seed), value in recorded.items() if seed == 2 and id_ != "T4-003"]
    (tmp_path / RECORD).write_text("\n".join([*there, ""]), encoding="utf-8")
    told: list[str] = []
    for _ in range(2):
        record((2,), TARGETS, told.append, tmp_path)
        lines = (tmp_path / RECORD).read_text(encoding="utf-8").splitlines()
        assert lines == [*there, f"T4-003,2,{recorded['T4-003', 2]}"]
    assert told == ["seed 2: every number left out once"] * 2


@pytest.mark.parametrize("id_", ["T4-155"])
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


def test_the_document_says_what_drawn_strengths_change() -> None:
    both = trial(TARGETS.numbers)
    assert both is not None
    made, drawn = both
    assert made.n == drawn.n == sum(1 for chosen in ASKED.values() if chosen.key)
    n = f"{drawn.n} (expected {drawn.expected:.1f}) over {drawn.reconstructions} members"
    assert f"from {made.covered} to {drawn.covered} of {n}" in " ".join(DOCUMENT.read_text(encoding="utf-8").split())


def test_the_strength_that_is_drawn_has_the_spread_of_the_printed_ratios() -> None:
    """Of the ratios 0.5 and 2 with the same error 0.25 tau squared is (log 2) squared less that of the error."""
    base = replace(NUMBER, variable="sex", population="outcome", group="", visit="", digits=4)
    numbers = tuple(
        replace(base, id=f"{level} {statistic}", level=level, statistic=statistic, printed=f"{value:.4f}")
        for level, ratio in (("Male", 0.5), ("Female", 2.0))
        for statistic, value in zip(RATIO, (ratio, ratio * exp(-Z / 4), ratio * exp(Z / 4)), strict=True)
    )
    assert spread_of_ratios(Targets(numbers)) == pytest.approx((log(2) ** 2 - 1 / 16) ** 0.5, rel=1e-3)
    assert 0.6 < spread_of_ratios(TARGETS) < 0.9


def test_strengths_are_drawn_of_levels_without_a_printed_ratio_alone() -> None:
    """DAD is left out, UIP has no death, NSIP is the reference; what is printed keeps the ratio that is printed."""
    rest = without(TARGETS, ASKED["T4-116"].hidden)
    factor = DICTIONARY.factor["ct_pattern"]
    drawn = [drawn_strengths(rest.factor(factor), rest, np.random.default_rng(seed)) for seed in range(200)]
    assert factor.words == ("NSIP", "UIP", "OP", "DAD", "Others")
    assert not np.array(drawn)[:, :3].any()
    assert np.array(drawn)[:, 3:].std() == pytest.approx(spread_of_ratios(rest), rel=0.15)
    for key in ("onset", "anti_mda5", "subtype"):
        rng = np.random.default_rng(1)
        assert not drawn_strengths(TARGETS.factor(DICTIONARY.factor[key]), TARGETS, rng).any()
        assert rng.random() == np.random.default_rng(1).random()


def test_who_died_leans_to_a_level_with_a_strength() -> None:
    member = cohort_from(tables_of(1), Provenance("reconstructed", "seed 2", ""))
    people = member.of_population("safety").patients.reset_index(drop=True)
    chosen = ASKED["T4-083"]
    rest = without(TARGETS, chosen.hidden)
    factor = DICTIONARY.factor["fever"]
    died = people["death_day"].notna().to_numpy()

    def with_fever(log_odds: float) -> int:
        levels = levels_of(people, factor, rest, 1.0, np.random.default_rng(1), np.array([0.0, log_odds]))
        return sum(level == "Present" for level, dead in zip(levels, died, strict=True) if dead)

    assert with_fever(-6.0) <= 1
    assert with_fever(6.0) >= 14
