"""Table 2 in print, for the nine patients written out by hand."""

from __future__ import annotations

from components.safety import reactions_words as words
from components.safety.reactions import reactions
from data.cohort import Cohort
from data.variables import DICTIONARY

SUBTYPE = DICTIONARY.factor["subtype"]


def test_patients_reactions_and_incidence_all_and_serious(cohort: Cohort) -> None:
    table = words.reactions_table(reactions(cohort), fewest=1)
    assert table.rows[0] == ("Any reaction", "5 (71.4)", "8", "205.2 (66.6–478.9)", "2 (28.6)", "2", "34.1 (4.1–123.3)")
    assert table.rows[3][:3] == ("Cytomegalovirus infection", "1 (14.3)", "2")
    assert [table.rows[i][0] for i in sorted(table.inner)] == [
        "Pneumonia",
        "Cytomegalovirus infection",
        "Herpes zoster",
        "Tremor",
    ]


def test_rare_terms_are_left_out_and_no_term_repeats_its_category(cohort: Cohort) -> None:
    labels = [row[0] for row in words.reactions_table(reactions(cohort), fewest=2).rows]
    assert "Pneumonia" in labels
    assert "Tremor" not in labels
    assert labels.count("Renal impairment") == 1


def test_each_statistic_by_group(cohort: Cohort) -> None:
    found = reactions(cohort, SUBTYPE)
    infections = {
        cell: next(
            row for row in words.compared_table(found, cell, serious=False, fewest=2).rows if row[0] == "Infections"
        )
        for cell in words.CELLS
    }
    assert infections["patients"][1:] == ("3 (42.9)", "1 (50.0)", "2 (40.0)", "2 (66.7)", "0")
    assert infections["reactions"][1:] == ("5", "3", "2", "2", "0")
    assert infections["rate"][1] == "80.0 (16.5–233.7)"
    assert infections["difference"][2:5] == ("1 (50.0)", "−10.0 (−59.4 to 44.8)", "16.7 (−44.6 to 65.5)")


def test_serious_only(cohort: Cohort) -> None:
    table = words.compared_table(reactions(cohort, SUBTYPE), "patients", serious=True, fewest=2)
    assert table.columns[:2] == ("Serious reaction", "All patients (n\u00a0=\u00a07)")
    assert table.rows[1] == ("Infections", "2 (28.6)", "1 (50.0)", "1 (20.0)", "1 (33.3)", "0")


def test_bars_stand_as_filed_or_the_most_frequent_first(cohort: Cohort) -> None:
    found = reactions(cohort)
    assert [bar.label for bar in words.bars(found)] == [level.label for level in DICTIONARY.reaction_categories]
    assert [(bar.n, bar.serious, bar.text) for bar in words.bars(found)[:2]] == [
        (3, 2, "3 (42.9%), 2 serious"),
        (1, 0, "1 (14.3%)"),
    ]
    assert [(bar.label, bar.text) for bar in words.bars(found, 2)] == [
        ("Infections", "3 (42.9%)"),
        ("Renal impairment", "1 (14.3%)"),
    ]


def test_summary(cohort: Cohort) -> None:
    assert words.reactions_summary(reactions(cohort)).startswith(
        "5 of 7 patients (71.4%) had 8 adverse reactions; 2 patients had a serious one."
    )
