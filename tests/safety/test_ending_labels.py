"""Causes of death and reasons to stop are found by the word of files, and shown by their labels wherever they stand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from components.chart.numbers import shown
from components.core.groups import ALL
from components.overview.flow import flow
from components.overview.words import visit_hover
from components.patient.history import history
from components.patient.words import ending
from components.safety import deaths_words as words
from components.safety.causes_chart import label_counts_chart
from components.safety.deaths import deaths
from components.treatment.discontinuation import discontinuation
from data.cohort import Cohort
from data.levels import Level
from data.variables import DICTIONARY


def german(level: Level) -> Level:
    return replace(level, label=f"⟦{level.id}⟧")


@pytest.fixture
def relabelled(enrolled: Cohort) -> Cohort:
    """The patients written out by hand, where causes and reasons are called something else."""
    causes, reasons = (tuple(map(german, listed)) for listed in (DICTIONARY.causes_of_death, DICTIONARY.stop_reasons))
    return replace(enrolled, dictionary=replace(DICTIONARY, causes_of_death=causes, stop_reasons=reasons))


def test_ids_never_change() -> None:
    assert [level.id for level in DICTIONARY.causes_of_death] == [
        "lung_disease", "lung_cancer", "suicide", "heart_failure", "myocarditis",
    ]  # fmt: skip
    assert [level.id for level in DICTIONARY.stop_reasons] == [
        "lost", "death", "adverse_event", "visits_stopped", "inadequate_response", "uncontrolled_trough",
        "interactions",
    ]  # fmt: skip


def test_causes(relabelled: Cohort) -> None:
    """Suicide is listed, ILD is a word of the file's own."""
    found = deaths(relabelled)
    assert [cause.label for cause in found.causes.labels if cause.shares[0].n] == ["ILD", "⟦suicide⟧"]
    assert words.death_rows(found).rows[0][3] == "ILD and ⟦suicide⟧"
    assert "⟦suicide⟧" in words.mentions_summary("Deaths", found.causes)
    assert "⟦suicide⟧" in repr(label_counts_chart(found.columns, found.causes, ()))
    assert "⟦suicide⟧" in ending(history(relabelled, "P3"))


def test_reasons(relabelled: Cohort) -> None:
    found = discontinuation(relabelled)
    assert words.stop_rows(found).rows[2][3] == "⟦adverse_event⟧ and ⟦inadequate_response⟧"
    assert "⟦lost⟧ 1 and ⟦death⟧ 1" in words.no_decision(found)
    step = next(step for step in flow(relabelled).visits if step.visit.key == "Month 24")
    assert "⟦adverse_event⟧ and ⟦inadequate_response⟧: 1" in visit_hover(step)
    plain = discontinuation(replace(relabelled, dictionary=DICTIONARY))
    assert found.cell("Adverse event", ALL) == plain.cell("Adverse event", ALL)


def test_bars_without_groups_have_one_part(enrolled: Cohort) -> None:
    """Everybody is in the one column: no part is left for patients of an unknown group."""
    found = discontinuation(enrolled)
    bars = [row for row in shown(label_counts_chart(found.columns, found.reasons, ())) if row.shown_as == "bar"]
    assert bars
    assert len(bars) == len({row.category for row in bars})
    assert all(row.value for row in bars)
