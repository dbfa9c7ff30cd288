"""The adjusted comparison against R's models and by hand; who is left out; and where no model is fitted, why."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from components.core.estimate import Reason
from components.survival.adjusted import ADJUSTED_COX, ADJUSTED_FIRTH, STRATIFIED_LOG_RANK, Adjusted, adjusted, offered
from components.survival.adjusted_panel import adjusted_panel
from components.survival.hazard_ratios import prognosis
from data.cohort import Cohort, Provenance, Tables, cohort_from
from data.reading.read import reconstructed_cohort
from data.variables import DICTIONARY

REFERENCE = Path(__file__).parents[1] / "reference"
DEATH = DICTIONARY.leading
CT, SEX, AGE, OXYGEN = (DICTIONARY.factor["ct_pattern"], DICTIONARY.factor["sex"], DICTIONARY.number["age"],
                        DICTIONARY.factor["oxygen"])  # fmt: skip
PROGRESSION = DICTIONARY.endpoint["progression_free"]
CELLS = dict(zip(("squamous", "smallcell", "adeno", "large"), CT.words[:4], strict=True))


def cohort_of(**columns: object) -> Cohort:
    people = pd.DataFrame(columns)
    people["patient"] = [f"V{i}" for i in range(len(people))]
    people["population"] = "Outcome"
    people["death_day"] = np.where(people.pop("died"), people["last_day"], np.nan)
    return cohort_from(Tables(people, pd.DataFrame(), pd.DataFrame(), pd.DataFrame()), Provenance("imported", "m", "0"))


@pytest.fixture
def veteran() -> Cohort:
    """Squamous cells are the reference, as are the men, who had the first of two treatments."""
    table = pd.read_csv(REFERENCE / "veteran.csv")
    return cohort_of(last_day=table["time"], died=table["status"] == 1, ct_pattern=table["celltype"].map(CELLS),
                     sex=np.where(table["trt"] == 1, "Male", "Female"), age=table["age"],
                     sao2=table["karno"])  # fmt: skip


def numbers(found: Iterable[float | None]) -> list[float]:
    return [np.nan if one is None else one for one in found]


def outcome() -> Cohort:
    return reconstructed_cohort().of_population("outcome")


@pytest.mark.parametrize(("penalised", "name"), [(True, "firth"), (False, "plain")])
def test_ratios_are_those_of_r(veteran: Cohort, penalised: bool, name: str) -> None:  # noqa: FBT001
    rows = pd.read_csv(REFERENCE / "multivariable_cox.csv")
    r = rows[(rows["dataset"] == "veteran") & (rows["ties"] == "breslow") & (rows["model"] == name)]
    found = adjusted(veteran, DEATH, CT, (SEX, DICTIONARY.number["sao2"], AGE), penalised=penalised)
    levels = [level for level in found.levels if not level.reference]
    assert [level.label for level in levels] == [CT.levels[k].label for k in (1, 2, 3)]
    of_r = r.iloc[[1, 2, 3]]
    for ours, theirs in (
        ((level.adjusted.value for level in levels), np.exp(of_r["coef"])),
        ((level.adjusted.lower for level in levels), np.exp(of_r["lower"])),
        ((level.adjusted.upper for level in levels), np.exp(of_r["upper"])),
        ((level.adjusted_p for level in levels), of_r["p"]),
    ):
        np.testing.assert_allclose(numbers(ours), theirs, rtol=1e-7)
    sex, karno, age = found.others
    assert (sex.level, sex.against) == (SEX.levels[1], SEX.levels[0])
    assert sex.ratio.value == pytest.approx(np.exp(r["coef"].iloc[0]), rel=1e-7)
    for one, k in ((karno, 4), (age, 5)):
        assert one.size == pytest.approx(float(np.std(veteran.patients[one.of.key], ddof=1)))
        assert one.ratio.value == pytest.approx(np.exp(r["coef"].iloc[k] * one.size), rel=1e-7)
        assert one.p == pytest.approx(r["p"].iloc[k], abs=1e-9)
    assert (found.coefficients, found.events, found.reason) == (6, 128, None)
    assert {ADJUSTED_FIRTH if penalised else ADJUSTED_COX, STRATIFIED_LOG_RANK} <= set(found.procedures)


def test_the_stratified_test_is_that_of_r(veteran: Cohort) -> None:
    rows = pd.read_csv(REFERENCE / "logrank.csv")
    rows = rows[(rows["dataset"] == "veteran") & (rows["group_var"] == "celltype")]
    found = adjusted(veteran, DEATH, CT, (SEX, AGE))
    assert found.strata == 2
    for test, name in ((found.stratified, "stratified_logrank"), (found.unstratified, "logrank")):
        assert test is not None
        assert test.statistic == pytest.approx(rows[rows["test"] == name]["chisq"].iloc[0], rel=1e-8)
    assert adjusted(veteran, DEATH, CT, (AGE,)).stratified is None


def test_alone_is_the_comparison_without_covariates_of_the_same_patients() -> None:
    """With everybody known the unpenalised ratios alone are those of the forest plot."""
    cohort = outcome()
    one = prognosis(cohort, PROGRESSION, (SEX,)).comparisons[0].level("female")
    found = adjusted(cohort, PROGRESSION, SEX, (OXYGEN,), penalised=False)
    female = next(level for level in found.levels if level.group.id == "female")
    assert found.n == cohort.n
    assert female.alone.value == pytest.approx(one.ratio.value, rel=1e-9)
    assert female.alone_p == pytest.approx(one.p, rel=1e-7)
    assert female.adjusted.value != pytest.approx(one.ratio.value, rel=1e-6)


def test_who_is_not_known_is_left_out_once_and_by_name() -> None:
    cohort = outcome()
    mda5, ars = DICTIONARY.factor["anti_mda5"], DICTIONARY.factor["anti_ars"]
    found = adjusted(cohort, PROGRESSION, mda5, (ars, AGE))
    unknown = (cohort.codes(mda5) < 0) | (cohort.codes(ars) < 0)
    assert found.n == int((~unknown).sum()) == found.analysed.n == sum(level.n for level in found.levels)
    assert [one.exclusion.of for one in found.analysed.left_out] == [mda5.label, ars.label]
    assert found.analysed.of == cohort.n


def test_a_landmark_holds_for_the_adjusted_comparison_too() -> None:
    factor = DICTIONARY.factor["steroid_tapered"]
    found = adjusted(outcome(), PROGRESSION, factor, (SEX,), 136)
    assert found.landmark is not None
    assert found.n == found.landmark.cohort.n == found.analysed.n
    assert found.analysed.follow_up.start == 136
    with pytest.raises(ValueError, match="landmark"):
        adjusted(outcome(), PROGRESSION, factor, (SEX,))


def test_events_after_the_horizon_do_not_count() -> None:
    assert adjusted(outcome(), DEATH, SEX, (OXYGEN,)).events == 16
    cut = adjusted(outcome(), DEATH, SEX, (OXYGEN,), until=200)
    days, had = outcome().time_to(DEATH)
    assert cut.events == int((had & (days <= 200)).sum())
    assert cut.analysed.follow_up.end == 200


def test_below_five_events_for_each_coefficient_no_model_is_fitted() -> None:
    """16 deaths: three coefficients have 5.3 each, four have 4.0."""
    three = adjusted(outcome(), DEATH, SEX, (OXYGEN, AGE))
    four = adjusted(outcome(), DEATH, DICTIONARY.factor["subtype"], (OXYGEN, AGE))
    assert (three.coefficients, three.reason, four.coefficients) == (3, None, 4)
    assert four.reason is Reason.TOO_FEW_PER_COEFFICIENT
    assert {level.adjusted.reason for level in four.levels if not level.reference} == {four.reason}
    panel = adjusted_panel(four)
    assert panel.notices[0].startswith("No model is fitted: 16 deaths for 4 coefficients, 4.0 each. Below 5 each")
    assert "16 deaths for 3 coefficients, 5.3 each: below 10" in adjusted_panel(three).notices[0]
    assert "16 deaths for 3 coefficients" in adjusted_panel(three).note


def of(rows: list[tuple[int, bool, str, str]]) -> Adjusted:
    days, died, sex, oxygen = zip(*rows, strict=True)
    return adjusted(cohort_of(last_day=days, died=died, sex=sex, oxygen=oxygen), DEATH, SEX, (OXYGEN,))


def test_what_follows_from_the_groups_is_named() -> None:
    found = of([(day, day % 2 == 0, *pair) for day in range(1, 25)
                for pair in [("Male", "Absent"), ("Female", "Present")]])  # fmt: skip
    assert (found.reason, found.culprits) == (Reason.COLLINEAR, ("Oxygen administration",))
    assert "oxygen administration follows from what else is in the model" in adjusted_panel(found).notices[0]
    assert {level.alone.reason for level in found.levels if not level.reference} == {Reason.COLLINEAR}


def test_a_separated_model_is_finite_with_the_penalty_and_says_why_without() -> None:
    rows = [(day, sex == "Female", sex, oxygen) for day in range(1, 13)
            for sex in ("Male", "Female") for oxygen in ("Absent", "Present")]  # fmt: skip
    days, died, sex, oxygen = zip(*rows, strict=True)
    cohort = cohort_of(last_day=days, died=died, sex=sex, oxygen=oxygen)
    plain = adjusted(cohort, DEATH, SEX, (OXYGEN,), penalised=False)
    assert plain.reason is Reason.MONOTONE
    assert "Switch on Firth's penalty" in adjusted_panel(plain).notices[0]
    ratio = next(level for level in adjusted(cohort, DEATH, SEX, (OXYGEN,)).levels if not level.reference).adjusted
    assert ratio.value is not None
    assert 1 < (ratio.lower or 0) < ratio.value < (ratio.upper or 0) < np.inf


def test_where_there_is_nobody_or_nothing_to_compare(cohort: Cohort, empty: Cohort) -> None:
    assert adjusted(empty, DEATH, SEX, (OXYGEN,)).reason is Reason.NO_PATIENTS
    men = cohort.where(cohort.codes(SEX) == 0)
    assert adjusted(men, DEATH, SEX, (AGE,)).reason is Reason.ONE_LEVEL
    alive = outcome().where(outcome().patients["death_day"].isna().to_numpy())
    assert adjusted(alive, DEATH, SEX, (OXYGEN,)).reason is Reason.NO_EVENTS
    for one in (empty, men, alive):
        assert adjusted_panel(adjusted(one, DEATH, SEX, (OXYGEN,))).notices
    with pytest.raises(ValueError, match="Sex"):
        adjusted(cohort, DEATH, SEX, (SEX,))
    with pytest.raises(ValueError, match="at most 3"):
        adjusted(cohort, DEATH, SEX, (OXYGEN, AGE, CT, DICTIONARY.factor["fever"]))


def test_the_order_of_patients_and_of_covariates_changes_nothing() -> None:
    cohort = outcome()
    turned = cohort.with_patients(cohort.patients.iloc[::-1].reset_index(drop=True))
    one, other = adjusted(cohort, PROGRESSION, SEX, (OXYGEN, AGE)), adjusted(turned, PROGRESSION, SEX, (AGE, OXYGEN))
    for a, b in zip(one.levels, other.levels, strict=True):
        assert a.adjusted.value == pytest.approx(b.adjusted.value, rel=1e-8)
    assert one.p == pytest.approx(other.p, rel=1e-8)


def test_what_is_offered_is_known_at_the_start_and_not_the_factor_itself() -> None:
    factors, numbers = offered(DICTIONARY, DICTIONARY.factor["age_group"])
    assert not any(one.post_baseline or one.key == "age_group" for one in factors)
    assert "age" not in {one.key for one in numbers}
    assert "age" in {one.key for one in offered(DICTIONARY, SEX)[1]}


def test_the_panel_in_print() -> None:
    panel = adjusted_panel(adjusted(outcome(), PROGRESSION, SEX, (OXYGEN, AGE)))
    first, second = panel.tables
    assert panel.title == "Progression-free survival by sex, adjusted for oxygen administration and age"
    assert first.columns[3:] == ("Adjusted hazard ratio (95% CI)", "p", "Not adjusted, same patients", "p")
    assert first.rows[0][3] == "reference"
    assert first.caption.startswith("Log-rank test within 2 strata: p = ")
    assert [row[0].split(",")[0] for row in second.rows] == ["Oxygen administration: Present against Absent", "Age"]
    assert "The strata leave age aside." in panel.note
    assert "One Cox model with Firth's penalty, profile 95% limits" in panel.note.replace("one Cox", "One Cox")
