from __future__ import annotations

from dataclasses import replace

import numpy as np

from components.overview.flow import Departure, VisitStep, flow
from components.overview.rounded import rounded_flow
from data.cohort import Cohort
from data.levels import level_of
from data.variables import DICTIONARY


def test_populations_and_who_is_left_out(enrolled: Cohort) -> None:
    steps = flow(enrolled).populations
    assert [(step.population.key, step.n, step.left_out) for step in steps] == [
        ("enrolled", 9, ()),
        ("forms", 8, ("P9",)),
        ("safety", 7, ("P8",)),
        ("outcome", 6, ("P7",)),
    ]


def _words(step: VisitStep) -> list[tuple[list[str], int]]:
    return [([reason.word for reason in reasons], n) for reasons, n in step.reasons]


def test_visits_with_who_left_when_and_why(enrolled: Cohort) -> None:
    visits = {step.visit.label: step for step in flow(enrolled).visits}
    death = (level_of("Patient death", DICTIONARY.stop_reasons),)
    assert [(step.followed, step.seen, step.missed, step.died, step.left) for step in visits.values()] == [
        (6, 6, 0, 0, 0),
        (6, 3, 3, 0, 0),
        (6, 5, 1, 0, 0),
        (5, 0, 5, 1, 0),
        (4, 1, 3, 0, 1),
        (4, 2, 2, 0, 0),
        (3, 2, 1, 0, 1),
    ]
    assert visits["Month 3"].departures == (Departure("P3", 50, died=True, reasons=death),)
    assert _words(visits["Month 6"]) == [(["Loss to follow-up (changed hospital)"], 1)]
    assert _words(visits["Month 24"]) == [(["Adverse event", "Inadequate response"], 1)]


def test_those_who_departed_after_the_last_visit_began(enrolled: Cohort) -> None:
    assert flow(enrolled).after == (
        Departure("P4", 740, died=False, reasons=()),
        Departure("P5", 750, died=True, reasons=()),
        Departure("P1", 800, died=False, reasons=()),
    )


def test_every_step_adds_up(enrolled: Cohort) -> None:
    result = flow(enrolled)
    before = result.populations[-1].n
    for step in result.visits:
        assert step.followed + step.died + step.left == before
        assert step.seen + step.missed == step.followed
        assert sum(n for _, n in step.reasons) == step.left
        before = step.followed
    assert len(result.after) == before
    for earlier, later in zip(result.populations, result.populations[1:], strict=False):
        assert later.n + len(later.left_out) == earlier.n


def test_nobody_left(empty: Cohort) -> None:
    result = flow(empty)
    assert [step.n for step in result.populations] == [0, 0, 0, 0]
    assert [step.followed for step in result.visits] == [0] * len(DICTIONARY.visits)
    assert result.after == ()


def test_a_last_day_that_is_not_recorded_is_day_0(gaps: Cohort) -> None:
    """Asked of a population that allows it: who has no last day is followed on day 0 and no longer."""
    members = gaps.patients["population"].replace("Safety only", "Outcome")
    whole = flow(gaps.with_patients(gaps.patients.assign(population=members)))
    assert (whole.visits[0].followed, whole.visits[1].followed) == (7, 6)
    assert [departure for step in whole.visits for departure in step.departures if departure.patient == "P7"] == [
        Departure("P7", 0, died=False, reasons=())
    ]


def test_where_small_counts_are_hidden_the_gone_so_far_are_rounded_together(enrolled: Cohort) -> None:
    """Three leave before each of four visits, one of them by death: 3, 6, 9 and 12 are none, 5, 5 and 10."""
    found = flow(enrolled)
    gone = tuple(Departure(f"S{k}", k, k == 0, ()) for k in range(3))
    steps = tuple(replace(step, departures=gone, followed=97 - 3 * i, seen=40) for i, step in enumerate(found.visits))
    rounded = rounded_flow(replace(found, visits=steps))
    left = np.cumsum([step.left for step in rounded.visits]).tolist()
    assert left == [(2 * (i + 1)) // 5 * 5 for i in range(len(steps))]
    assert np.cumsum([step.died for step in rounded.visits]).tolist() == [(i + 1) // 5 * 5 for i in range(len(steps))]
    assert not any(step.departures or step.reasons for step in rounded.visits)
    assert all(step.followed % 5 == 0 and step.seen == 40 for step in rounded.visits)
    assert not any(any(step.left_out) for step in rounded.populations)
