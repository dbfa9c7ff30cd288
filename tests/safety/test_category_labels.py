"""A category of reactions is found by the word of files, and shown by its label wherever it is named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from components.patient.history import history
from components.safety import first_reaction_words as first
from components.safety import reactions_words as counted
from components.safety.first_reaction import first_reaction
from components.safety.reactions import reactions
from components.safety.reactions_chart import reaction_dots
from components.safety.reported import reaction_rows
from data.cohort import Cohort
from data.variables import DICTIONARY

SUBTYPE = DICTIONARY.factor["subtype"]
WORD, LABEL = "Infections", "⟦Infektionen⟧"


@pytest.fixture
def relabelled(cohort: Cohort) -> Cohort:
    """The patients written out by hand, where Infections are called something else."""
    listed = (replace(level, label=LABEL) if level.word == WORD else level for level in DICTIONARY.reaction_categories)
    return replace(cohort, dictionary=replace(DICTIONARY, reaction_categories=tuple(listed)))


def test_ids_of_categories_never_change() -> None:
    assert [level.id for level in DICTIONARY.reaction_categories] == [
        "infections",
        "renal_impairment",
        "impaired_glucose_tolerance",
        "psychiatric_and_nervous_system_disorders",
        "cardiac_dysfunction",
        "pancreatic_dysfunction",
        "lymphoma",
        "other",
    ]


def test_a_category_that_is_not_listed_is_shown_as_files_write_it() -> None:
    assert [DICTIONARY.category_label(word) for word in ("Lymphoma", "Own", "")] == ["Lymphoma", "Own", ""]


def test_counts_show_the_label(cohort: Cohort, relabelled: Cohort) -> None:
    plain, other = reactions(cohort), reactions(relabelled)
    assert [row.cells for row in other.rows] == [row.cells for row in plain.rows]
    assert other.row(WORD).label == LABEL
    first_bar = counted.bars(other)[0]
    assert (first_bar.id, first_bar.label, LABEL in first_bar.hover) == ("infections", LABEL, True)
    for said in (counted.reactions_table(other, 1).rows[1][0], counted.reactions_summary(other)):
        assert LABEL in said
        assert WORD not in said


def test_the_comparison_shows_the_label(relabelled: Cohort) -> None:
    found = reactions(relabelled, SUBTYPE)
    assert counted.compared_table(found, "patients", serious=False, fewest=2).rows[1][0] == LABEL
    drawn = repr(reaction_dots(found, SUBTYPE.levels, serious=False))
    assert LABEL in drawn
    assert f"'{WORD}'" not in drawn, "a click gives the id"


def test_who_and_when_show_the_label(relabelled: Cohort) -> None:
    reports = reaction_rows(relabelled, WORD, "Pneumonia")
    assert {row[3] for row in first.reports_table(reports).rows} == {LABEL}
    assert first.incidence_title(first_reaction(relabelled, WORD, "Pneumonia")).endswith(f": Pneumonia ({LABEL})")
    assert first.incidence_title(first_reaction(relabelled, WORD)).endswith(f": {LABEL}")
    whose = history(relabelled, reports[0].patient)
    assert LABEL in {report.category for report in whose.reports}


def test_terms_that_are_counted_together_show_the_label_of_their_group(cohort: Cohort) -> None:
    groups = tuple(replace(group, label=f"⟦{group.word}⟧") for group in DICTIONARY.term_groups)
    other = replace(cohort, dictionary=replace(DICTIONARY, term_groups=groups))
    found, plain = reactions(other), reactions(cohort)
    assert [(row.category, row.term, row.cells) for row in found.rows] == [
        (row.category, row.term, row.cells) for row in plain.rows
    ]
    shown = {row.term: row.label for row in found.rows if row.term}
    assert shown["Cytomegalovirus infection"] == "⟦Cytomegalovirus infection⟧"
    assert shown["Pneumonia"] == "Pneumonia", "a term of no group is shown as files write it"
    title = first.incidence_title(first_reaction(other, WORD, "Cytomegalovirus infection"))
    assert title.endswith(": ⟦Cytomegalovirus infection⟧ (Infections)")
