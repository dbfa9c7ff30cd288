from __future__ import annotations

import numpy as np
import pytest

from components.core.estimate import Reason
from components.core.groups import ALL
from components.core.method import Method
from components.safety.first_reaction import first_reaction
from data.cohort import Cohort
from data.variables import DICTIONARY
from tests.written import of_patients

SUBTYPE = DICTIONARY.factor["subtype"]


def test_infections_of_everybody_by_hand(cohort: Cohort) -> None:
    # Days: P1 10 +, P3 20 +, P7 30 left, P4 60 +, P2 100 left, P6 400 left, P5 750 died.
    (curve,) = first_reaction(cohort, "Infections", at_days=(15, 365, 730)).curves
    assert (curve.group.id, curve.n, curve.events, curve.deaths, curve.last_day) == (ALL, 7, 3, 1, 750)
    assert curve.days.tolist() == [0, 10, 20, 30, 60, 100, 400, 750]
    steps = [0, 1 / 7, 2 / 7, 2 / 7, 2 / 7 + 5 / 7 / 4, 2 / 7 + 5 / 28, 2 / 7 + 5 / 28, 2 / 7 + 5 / 28]
    assert curve.incidence == pytest.approx(steps, rel=1e-12)
    assert [at.value for at in curve.at] == pytest.approx([1 / 7, 13 / 28, 13 / 28], rel=1e-12)
    assert all(at.lower is not None and at.upper is not None and at.lower < at.upper for at in curve.at)


def test_death_before_any_reaction_competes(cohort: Cohort) -> None:
    cadm = next(c for c in first_reaction(cohort, "Infections", by=SUBTYPE, at_days=(750,)).curves if c.label == "CADM")
    assert (cadm.n, cadm.events, cadm.deaths) == (3, 2, 1)
    assert cadm.at[0].value == pytest.approx(2 / 3)


def test_a_reaction_on_the_first_day_counts_from_the_start(cohort: Cohort) -> None:
    (curve,) = first_reaction(cohort, "Impaired glucose tolerance", at_days=(0,)).curves
    assert curve.events == 1
    assert curve.at[0].value == pytest.approx(1 / 7)


def test_a_reaction_counts_up_to_and_with_the_last_day_and_from_day_0_on() -> None:
    """P1 reacts on the day of death, P2 on the day of the last visit, P3 a day after it, P4 before the start."""
    names = ["P1", "P2", "P3", "P4"]
    made = of_patients(
        {"patient": names, "last_day": [20, 40, 30, 50], "death_day": [20, None, None, None]},
        reactions={
            "patient": names,
            "day": [20, 40, 31, -3],
            "category": "Infections",
            "term": "Pneumonia",
            "serious": "No",
        },
    )
    (curve,) = first_reaction(made, at_days=(0, 19, 20, 39, 40)).curves
    assert (curve.n, curve.events, curve.deaths) == (4, 3, 0)
    assert curve.days.tolist() == [0, 0, 20, 30, 40]
    assert [at.value for at in curve.at] == pytest.approx([1 / 4, 1 / 4, 1 / 2, 1 / 2, 1])


def test_serious_only(cohort: Cohort) -> None:
    (curve,) = first_reaction(cohort, serious=True).curves
    assert curve.events == 2
    assert curve.days.tolist() == [0, 20, 30, 100, 400, 740, 750]


def test_numbers_under_the_curves(cohort: Cohort) -> None:
    table = first_reaction(cohort, "Infections", risk_days=(0, 30, 100)).risk_table
    assert table.at_risk[:, 0].tolist() == [7, 5, 3]
    assert table.events[:, 0].tolist() == [0, 2, 3]
    assert table.censored[:, 0].tolist() == [0, 1, 2]


def test_beyond_follow_up_and_without_any_reaction(cohort: Cohort) -> None:
    curves = first_reaction(cohort, "Infections", by=SUBTYPE, at_days=(365, 730)).curves
    classic = next(curve for curve in curves if curve.label == "Classic DM")
    assert classic.at[0].value == 0
    assert classic.at[1].reason is Reason.BEYOND_FOLLOW_UP
    assert np.isnan(classic.lower).all()  # log-log limits have no value at 0
    shown = first_reaction(cohort, "Infections", by=SUBTYPE, at_days=(365, 730), method=Method()).curves[-1]
    assert shown.lower.tolist() == [0] * len(shown.days)
    assert shown.at[0].limits == "beta product"
    assert (shown.at[0].lower, shown.at[0].upper) == pytest.approx((0, 1 - 0.025))  # one is followed beyond day 365
    assert shown.at[1] == classic.at[1]


def test_nobody_left_gives_no_curve(empty: Cohort) -> None:
    assert first_reaction(empty, by=SUBTYPE).curves == ()


def test_a_factor_known_only_later_is_refused(cohort: Cohort) -> None:
    with pytest.raises(ValueError, match="after the start"):
        first_reaction(cohort, by=DICTIONARY.factor["trough_range"])


def test_all_groups_together_have_their_patients_and_first_reactions(cohort: Cohort) -> None:
    result = first_reaction(cohort, by=DICTIONARY.factor["subtype"])
    alone = first_reaction(cohort)
    assert (result.n, result.events) == (alone.n, alone.events)
    assert (alone.n, alone.events) == (alone.curves[0].n, alone.curves[0].events)
    assert result.endpoint.events == "first reactions"


def test_somebody_whose_last_day_is_not_recorded_ends_on_day_0(gaps: Cohort) -> None:
    """P7, of the safety population only: counted, and never followed for more days than the other endpoints say."""
    safety = gaps.of_population("safety")
    (curve,) = first_reaction(safety, "Infections", at_days=(15,)).curves
    assert (curve.n, curve.events, curve.days.min()) == (7, 3, 0)
    assert curve.at[0].value == pytest.approx(1 / 6)  # P7 left before P1 on day 10
    assert safety.last_days.tolist() == safety.time_to(DICTIONARY.endpoint["overall_survival"])[0].tolist()


def test_groups_compared_are_looks_each_of_what_was_asked(cohort: Cohort) -> None:
    of_any = first_reaction(cohort, by=SUBTYPE).looks
    infections = first_reaction(cohort, "Infections", serious=True, by=SUBTYPE)
    (share,) = (look for look in infections.looks if look.beside[-2:] == ("cause-event", "share"))
    assert (share.n, share.events, share.p) == (infections.n, infections.events, infections.comparisons[0].test.p)
    assert share.compared == f"{SUBTYPE.label}, Infections, serious"
    assert {look.key for look in of_any}.isdisjoint(look.key for look in infections.looks)
    assert first_reaction(cohort).looks == ()


def test_a_share_of_few_is_judged_by_dealing_the_groups_anew() -> None:
    """The two with a reaction among 2 of 40: one in C(40, 2) dealings puts both there again."""
    names = [f"P{i}" for i in range(40)]
    sexes = ["Female"] * 2 + ["Male"] * 38
    made = of_patients(
        {"patient": names, "sex": sexes, "last_day": [*range(10, 50)]},
        reactions={"patient": names[:2], "day": [3, 4], "category": "Infections", "term": "Pneumonia", "serious": "No"},
    )
    looks = first_reaction(made, by=DICTIONARY.factor["sex"]).looks
    share = next(look for look in looks if look.beside[-2:] == ("cause-event", "share"))
    assert share.p < 1e-6
    assert share.judged_p == pytest.approx(1 / 780, abs=0.0015)
