from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from components.core.estimate import Reason
from components.survival.time_varying import intervals, time_varying
from data.cohort import Cohort, Provenance, Tables, cohort_from
from data.entries import Factor
from data.levels import Level, levels
from data.variables import COURSE, DICTIONARY

REFERENCE = Path(__file__).parents[1] / "reference"
DEATH = DICTIONARY.endpoint["overall_survival"]
TROUGH = DICTIONARY.factor["trough_range"]
THIRDS = levels({"low": "< 2", "middle": "2 to < 6", "high": ">= 6"})
BILIRUBIN = Factor("bilirubin", "Bilirubin at month 3", THIRDS, "low", COURSE,
                   source="kl6", cuts=(2, 6), visit="Month 3")  # fmt: skip


def made(patients: Sequence[tuple[str, float, float | None]], troughs: Sequence[tuple[str, int, float]]) -> Cohort:
    people = pd.DataFrame(patients, columns=["patient", "last_day", "death_day"]).assign(population="Outcome")
    values = pd.DataFrame(troughs, columns=["patient", "day", "value"]).assign(variable="trough")
    return cohort_from(Tables(people, values, pd.DataFrame(), pd.DataFrame()), Provenance("imported", "made", "0"))


def rows(cohort: Cohort) -> list[tuple[int, int, int, int, bool]]:
    cut = intervals(cohort, DEATH, TROUGH)
    columns = (cut.patient, cut.start, cut.stop, cut.level, cut.event)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def test_a_value_holds_after_its_day_until_the_next() -> None:
    """P1 dies on day 40, the day of a measurement: the level before it counts. P2 leaves on day 30."""
    cohort = made(
        [("P1", 40, 40), ("P2", 30, None), ("P3", 9, 9), ("P4", 50, None)],
        [("P1", 10, 4), ("P1", 25, 7), ("P1", 40, 12), ("P2", 0, 11), ("P3", 9, 3), ("P3", 20, 5)],
    )
    assert rows(cohort) == [(0, 10, 25, 0, False), (0, 25, 40, 1, True), (1, 0, 30, 2, False)]
    found = time_varying(cohort, DEATH, TROUGH)
    assert (found.n, found.unmeasured, found.events, found.events_before) == (2, 2, 1, 1)
    assert [(level.label, level.patients, level.days, level.events) for level in found.levels] == [
        ("< 5 ng/mL", 1, 15, 0),
        ("5 to 10 ng/mL", 1, 15, 1),
        ("> 10 ng/mL", 1, 30, 0),
    ]
    assert found.reason is Reason.TOO_FEW_EVENTS


def test_days_before_day_0_count_for_nothing() -> None:
    """A value of day -5 is the level from day 0 on; one replaced before or on day 0 was nobody's level."""
    cohort = made([("P1", 40, 40), ("P2", 30, None)], [("P1", -9, 12), ("P1", -5, 4), ("P1", 10, 7), ("P2", -3, 11)])
    assert rows(cohort) == [(0, 0, 10, 0, False), (0, 10, 40, 1, True), (1, 0, 30, 2, False)]
    assert rows(made([("P1", 40, None)], [("P1", -2, 3), ("P1", 0, 7)])) == [(0, 0, 40, 1, False)]


def test_nobody_is_followed_longer_at_levels_than_altogether() -> None:
    rng = np.random.default_rng(11)
    for _ in range(60):
        last = rng.integers(0, 60, 5)
        patients = [(f"P{i}", float(day), float(day) if rng.random() < 0.5 else None) for i, day in enumerate(last)]
        taken = [(f"P{rng.integers(5)}", int(rng.integers(-30, 60)), float(rng.integers(0, 15))) for _ in range(12)]
        cohort = made(patients, taken)
        cut = intervals(cohort, DEATH, TROUGH)
        assert (cut.start >= 0).all()
        assert (np.bincount(cut.patient, cut.stop - cut.start, 5) <= cohort.time_to(DEATH)[0]).all()


def test_the_last_of_several_values_on_a_day_counts() -> None:
    assert rows(made([("P1", 40, None)], [("P1", 5, 3), ("P1", 5, 7)])) == [(0, 5, 40, 1, False)]


def test_the_order_of_the_rows_does_not_matter() -> None:
    troughs = [("P1", 10, 4.0), ("P1", 25, 7.0), ("P2", 0, 11.0)]
    patients = [("P1", 40, 40), ("P2", 30, None)]
    assert rows(made(patients, troughs)) == rows(made(patients, troughs[::-1]))


def bilirubin() -> Cohort:
    visits = pd.read_csv(REFERENCE / "pbcseq_visits.csv")
    visits["patient"] = visits["id"].astype(str)
    people = visits.drop_duplicates("id").rename(columns={"futime": "last_day"})
    people = people.assign(death_day=people["last_day"].where(people["died"] == 1), population="Outcome")
    values = visits.rename(columns={"bili": "value"}).assign(variable="kl6")
    tables = Tables(people[["patient", "population", "last_day", "death_day"]],
                    values[["patient", "day", "variable", "value"]], pd.DataFrame(), pd.DataFrame())  # fmt: skip
    return cohort_from(tables, Provenance("imported", "pbcseq", "0"))


def test_agrees_with_r() -> None:
    found = time_varying(bilirubin(), DEATH, BILIRUBIN)
    answer = pd.read_csv(REFERENCE / "time_varying.csv")
    assert found.levels[0].reference
    for level, row in zip(found.levels[1:], answer.itertuples(), strict=True):
        assert (level.days, level.events) == (row.days, row.events)
        assert np.log(level.ratio.value or 0) == pytest.approx(row.coefficient, abs=1e-8)
        width = np.log(level.ratio.upper or 0) - np.log(level.ratio.lower or 1)
        assert width / (2 * 1.959963984540054) == pytest.approx(row.std_err, abs=1e-8)


def test_a_level_without_events_has_no_ratio_and_leaves_the_others_theirs() -> None:
    """Whoever stayed alive is moved to a level of his own: the other ratios are those among the dead."""
    cohort = bilirubin()
    died = cohort.patients["death_day"].notna().to_numpy(dtype=bool)
    rows_ = cohort.measurements
    alive = rows_["patient"].isin(cohort.patients["patient"][~died])
    people = cohort.patients[["patient", "population", "last_day", "death_day"]]
    tables = Tables(people, rows_.assign(value=rows_["value"].mask(alive, 1000)), pd.DataFrame(), pd.DataFrame())
    split = replace(BILIRUBIN, levels=(*BILIRUBIN.levels, Level("highest", ">= 500")), cuts=(2, 6, 500))
    found = time_varying(cohort_from(tables, Provenance("imported", "moved", "0")), DEATH, split)
    among_dead = time_varying(cohort.where(died), DEATH, BILIRUBIN)
    assert found.levels[3].ratio.reason is Reason.NO_EVENTS_IN_LEVEL
    assert [level.ratio for level in found.levels[:3]] == [level.ratio for level in among_dead.levels]


def test_nobody_measured_and_no_events_at_the_reference() -> None:
    nobody = time_varying(made([("P1", 40, 40)], []), DEATH, TROUGH)
    assert (nobody.reason, nobody.levels) == (Reason.NOT_MEASURED, ())
    six = made([(f"P{i}", 40 + i, 40 + i) for i in range(6)], [(f"P{i}", 1, 3.0) for i in range(6)])
    assert time_varying(six, DEATH, TROUGH).reason is Reason.NO_EVENTS_IN_REFERENCE
    halves = levels({"low": "< 5", "high": ">= 5"})
    low = Factor("low", "Trough at month 3", halves, "low", COURSE, source="trough", cuts=(5,),
                 visit="Month 3")  # fmt: skip
    assert time_varying(six, DEATH, low).reason is Reason.ALL_EVENTS_IN_ONE_LEVEL


@pytest.mark.parametrize(("events", "reason"), [(4, Reason.TOO_FEW_EVENTS), (5, None)])
def test_five_events_are_enough(events: int, reason: Reason | None) -> None:
    """Twelve patients with a trough of 3 or 7 in turn; the first of them die, one a day."""
    patients = [(f"P{i}", 40 + i, 40 + i if i < events else None) for i in range(12)]
    cohort = made(patients, [(f"P{i}", 1, (3.0, 7.0)[i % 2]) for i in range(12)])
    found = time_varying(cohort, DEATH, TROUGH)
    assert (found.events, found.reason) == (events, reason)


def test_events_separated_in_time_have_no_ratio_but_a_second_look() -> None:
    """Three die at a low trough before anybody has a middle one, three at a middle one while others are still low."""
    patients: list[tuple[str, float, float | None]] = [(f"P{i}", 5 + i, 5 + i) for i in range(3)]
    patients += [(f"P{i}", 9 + i, 9 + i) for i in range(3, 6)] + [(f"P{i}", 90, None) for i in range(6, 10)]
    taken = [(f"P{i}", 1, 3.0) for i in range(10)] + [(f"P{i}", 10, 7.0) for i in range(3, 7)]
    found = time_varying(made(patients, taken), DEATH, TROUGH)
    low, middle = found.levels
    assert (low.events, middle.events, found.reason) == (3, 3, None)
    assert (low.ratio.reason, low.p) == (Reason.MONOTONE, None)
    (look,) = found.sensitivity
    assert (look.label, look.profile.value, look.profile.lower) == ("< 5 ng/mL", 0, 0)
    assert 0 < (look.profile.upper or 0) < 1
    assert 0 < (look.firth.lower or 0) < (look.firth.value or 0) < (look.firth.upper or 0)


def test_a_reference_without_events_leaves_the_second_look() -> None:
    patients = [(f"P{i}", 40 + i, 40 + i if i < 6 else None) for i in range(12)]
    found = time_varying(made(patients, [(f"P{i}", 1, 3.0 if i < 8 else 7.0) for i in range(12)]), DEATH, TROUGH)
    assert found.reason is Reason.NO_EVENTS_IN_REFERENCE
    (look,) = found.sensitivity
    assert (look.profile.value, look.profile.upper) == (np.inf, np.inf)
    assert look.firth.value is not None


def test_random_measurements_give_finite_ratios_that_are_the_top_of_the_profile_or_a_reason() -> None:
    rng = np.random.default_rng(12)
    reasons = set()
    for _ in range(80):
        last = rng.integers(2, 40, 14)
        patients = [(f"P{i}", float(day), float(day) if rng.random() < 0.5 else None) for i, day in enumerate(last)]
        taken = [(f"P{rng.integers(14)}", int(rng.integers(0, 30)), float(rng.choice([3, 7, 12]))) for _ in range(30)]
        found = time_varying(made(patients, taken), DEATH, TROUGH)
        looks = {look.label: look for look in found.sensitivity}
        for level in found.levels:
            if level.reference:
                continue
            reasons.add(level.ratio.reason)
            if level.ratio.value is None:
                assert level.p is None
                continue
            assert level.ratio.value == pytest.approx(looks[level.label].profile.value, rel=1e-6)
            assert 0 < (level.ratio.lower or 0) < level.ratio.value < (level.ratio.upper or 0) < 1e6
    assert {None, Reason.MONOTONE, Reason.NO_EVENTS_IN_LEVEL, Reason.TOO_FEW_EVENTS} <= reasons
