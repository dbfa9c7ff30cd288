"""Who had a reaction and when, in words."""

from __future__ import annotations

import pytest

from components.core.columns import Share
from components.core.groups import ALL
from components.core.markup import BOLD, BOLD_END
from components.safety import first_reaction_words as words
from components.safety.first_reaction import first_reaction
from components.safety.reactions import reactions
from components.safety.reported import Report, reaction_rows
from data.cohort import Cohort
from data.variables import DICTIONARY


@pytest.mark.parametrize(
    ("category", "serious", "sentence"),
    [
        (
            "Infections",
            False,
            (
                f"Infections: {BOLD}3 of 7 patients{BOLD_END} (42.9%), 5 reactions, on days 10, 20, 60, 100 and 120. "
                f"Serious: {BOLD}2 patients{BOLD_END} (28.6%), 2 reactions, on days 20 and 100."
            ),
        ),
        (
            "Infections",
            True,
            f"Infections: {BOLD}2 of 7 patients{BOLD_END} (28.6%), 2 reactions, all serious, on days 20 and 100.",
        ),
        (
            "Renal impairment",
            False,
            f"Renal impairment: {BOLD}1 of 7 patients{BOLD_END} (14.3%), 1 reaction, none serious, on day 50.",
        ),
        ("Lymphoma", False, "Lymphoma: reported in none of these 7 patients."),
    ],
)
def test_the_answer(cohort: Cohort, category: str, serious: bool, sentence: str) -> None:  # noqa: FBT001 - a table's column
    every = reactions(cohort)
    found, grave = every.patients(ALL, category, serious=serious), every.patients(ALL, category, serious=True)
    assert words.answer(found, grave, reaction_rows(cohort, category, serious=serious), category) == sentence


def test_each_report_a_row_under_the_term_it_was_filed_under(cohort: Cohort) -> None:
    table = words.reports_table(reaction_rows(cohort, "Infections", "Cytomegalovirus infection"))
    assert table.rows == (
        ("P1", "100", "3.3", "Infections", "Cytomegalovirus infection", "Yes", "Recovered"),
        ("P1", "120", "3.9", "Infections", "Cytomegalovirus viremia", "No", "Recovered"),
    )


def test_an_outcome_that_is_not_recorded_says_so(cohort: Cohort) -> None:
    assert words.reports_table(reaction_rows(cohort, term="Tremor")).rows[0][-1] == "not recorded"


@pytest.mark.parametrize(
    ("n", "said"), [(1, "on day 1"), (8, "on days 1, 2, 3, 4, 5, 6, 7 and 8"), (9, "from day 1 to day 9")]
)
def test_up_to_eight_days_are_named_one_by_one(n: int, said: str) -> None:
    reports = tuple(Report("P1", day, "Infections", "Pneumonia", serious=False, outcome="") for day in range(1, n + 1))
    assert words.answer(Share(1, 2), Share(0, 2), reports, "Infections").endswith(f", none serious, {said}.")


def test_estimates_by_group(cohort: Cohort) -> None:
    found = first_reaction(cohort, "Infections", by=DICTIONARY.factor["subtype"])
    assert words.incidence_title(found) == "Time to the first reaction: Infections, by subtype"
    assert words.incidence_table(found).rows == (
        ("PM", "2", "1", "0", "50.0% (0.6–91.0%)", "not estimable", "not estimable"),
        ("CADM", "3", "2", "1", "66.7% (5.4–94.5%)", "66.7% (5.4–94.5%)", "66.7% (5.4–94.5%)"),
        ("Classic DM", "2", "0", "0", "0.0%", "0.0%", "not estimable"),
    )
