from __future__ import annotations

import pytest

from components.core.columns import Share
from components.core.estimate import Reason
from components.engine.proportions import risk_difference
from components.safety.reactions import Reactions, reactions
from data.cohort import Cohort
from data.variables import DICTIONARY
from tests.written import of_patients

SUBTYPE = DICTIONARY.factor["subtype"]
YEAR = 365.25


def plain(result: Reactions) -> list[object]:
    return [(row.category, row.term, row.serious, row.cells) for row in result.rows]


@pytest.mark.parametrize(
    ("category", "term", "grade", "counts"),
    [
        ("", "", "all", (5, 8)),
        ("", "", "serious", (2, 2)),
        ("Infections", "", "all", (3, 5)),
        ("Infections", "", "serious", (2, 2)),
        ("Infections", "Pneumonia", "all", (2, 2)),
        ("Infections", "Pneumonia", "serious", (1, 1)),
        ("Infections", "Cytomegalovirus infection", "all", (1, 2)),
        ("Renal impairment", "Renal impairment", "all", (1, 1)),
        ("Lymphoma", "", "all", (0, 0)),
    ],
)
def test_a_patient_counts_once_a_row_and_every_reaction_counts(
    cohort: Cohort, category: str, term: str, grade: str, counts: tuple[int, int]
) -> None:
    cell = reactions(cohort).row(category, term, serious=grade == "serious").cells[0]
    assert (cell.patients.n, cell.reactions) == counts
    assert cell.patients.of == 7


def test_columns_and_their_counts(cohort: Cohort) -> None:
    result = reactions(cohort, SUBTYPE)
    assert result.columns.labels == ("All patients", "PM", "Overall DM", "CADM", "Classic DM")
    assert [cell.patients.n for cell in result.row("Infections").cells] == [3, 1, 2, 2, 0]
    assert [cell.patients.of for cell in result.row("Infections").cells] == [7, 2, 5, 3, 2]


def test_terms_stand_under_their_category_most_frequent_first(cohort: Cohort) -> None:
    terms = [row.term for row in reactions(cohort).rows if row.category == "Infections" and not row.serious]
    assert terms == ["", "Pneumonia", "Cytomegalovirus infection", "Herpes zoster"]
    categories = dict.fromkeys(row.category for row in reactions(cohort).rows)
    assert tuple(categories) == ("", *(level.word for level in DICTIONARY.reaction_categories))


def test_a_term_is_found_without_its_category_and_an_absent_one_has_nobody(cohort: Cohort) -> None:
    result = reactions(cohort, SUBTYPE)
    assert result.row(term="Tremor") is result.row("Psychiatric and nervous system disorders", "Tremor")
    assert result.patients("cadm", term="Tremor").n == 1
    assert result.patients("cadm", term="Nasopharyngitis") == Share(0, 3)
    with pytest.raises(KeyError):
        result.row(term="Nasopharyngitis")


def test_incidence_counts_time_until_the_first_reaction(cohort: Cohort) -> None:
    # Infections: P1 day 10, P3 day 20, P4 day 60; P2 100, P5 750, P6 400, P7 30 days without.
    cell = reactions(cohort).row("Infections").cells[0]
    years = (10 + 20 + 60 + 100 + 750 + 400 + 30) / YEAR
    assert cell.patient_years == pytest.approx(years, rel=1e-12)
    assert cell.rate.value == pytest.approx(100 * 3 / years, rel=1e-12)
    # Garwood's limits of 3 events: 0.618672 and 8.767273.
    assert (cell.rate.lower, cell.rate.upper) == pytest.approx((61.86721 / years, 876.7273 / years), rel=1e-6)


def test_incidence_over_the_whole_follow_up_counts_every_reaction(cohort: Cohort) -> None:
    cell = reactions(cohort, exposure="whole follow-up").row("Infections").cells[0]
    years = (800 + 100 + 50 + 740 + 750 + 400 + 30) / YEAR
    assert cell.patient_years == pytest.approx(years, rel=1e-12)
    assert cell.rate.value == pytest.approx(500 / years, rel=1e-12)


def test_difference_is_against_the_reference_and_never_between_overlapping_columns(cohort: Cohort) -> None:
    everybody, pm, dm, cadm, classic = reactions(cohort, SUBTYPE).row("Infections").cells
    assert everybody.difference is None
    assert pm.difference is None
    expected = risk_difference(2, 3, 1, 2)
    assert cadm.difference is not None
    assert cadm.difference.value == pytest.approx(100 * (2 / 3 - 1 / 2), rel=1e-12)
    assert cadm.difference.lower == pytest.approx(100 * float(expected.lower), rel=1e-12)
    assert cadm.difference.upper == pytest.approx(100 * float(expected.upper), rel=1e-12)
    assert dm.difference is not None
    assert dm.difference.value == pytest.approx(-10)
    assert classic.difference is not None
    assert classic.difference.value == pytest.approx(-50)


def test_counts_of_the_groups_add_up(cohort: Cohort) -> None:
    for row in reactions(cohort, SUBTYPE).rows:
        everybody, pm, dm, cadm, classic = row.cells
        assert everybody.reactions == pm.reactions + dm.reactions
        assert dm.patients.n == cadm.patients.n + classic.patients.n
        assert everybody.patient_years == pytest.approx(pm.patient_years + cadm.patient_years + classic.patient_years)
        assert row.cells[0].patients.n <= row.cells[0].reactions


def test_who_reacts_before_the_start_is_never_at_risk_of_a_first_reaction() -> None:
    """P1 reacts on day -3, P2 on day 73, P3 never in 292 days: 365 days at risk of 2 first reactions."""
    made = of_patients(
        {"patient": ["P1", "P2", "P3"], "last_day": [100, 300, 292]},
        reactions={"patient": ["P1", "P2"], "day": [-3, 73], "category": "Infections", "term": "Pneumonia",
                   "serious": "No"},
    )  # fmt: skip
    cell = reactions(made).row().cells[0]
    assert cell.patient_years == pytest.approx(365 / 365.25)
    assert cell.rate.value == pytest.approx(2 / (365 / 365.25) * 100)


def test_the_order_of_the_rows_does_not_matter(cohort: Cohort, reversed_cohort: Cohort) -> None:
    assert plain(reactions(cohort, SUBTYPE)) == plain(reactions(reversed_cohort, SUBTYPE))


def test_nobody_left_gives_reasons(empty: Cohort) -> None:
    cell = reactions(empty, SUBTYPE).row().cells[0]
    assert (cell.patients.n, cell.patients.of, cell.reactions) == (0, 0, 0)
    assert cell.patients.percent.reason is Reason.NO_PATIENTS
    assert cell.rate.reason is Reason.NO_FOLLOW_UP


def test_a_factor_known_only_later_is_refused(cohort: Cohort) -> None:
    with pytest.raises(ValueError, match="after the start"):
        reactions(cohort, DICTIONARY.factor["trough_range"])
