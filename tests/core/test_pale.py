"""A kept cohort behind the patients shown: drawn as its own, and compared without those it shares with them."""

from __future__ import annotations

from components.baseline.analysis import baseline
from components.baseline.before_after import baseline_before_after
from components.baseline.words import Display, baseline_table
from components.core.pale import NO_FILTER, Pale
from components.core.pale_words import pale_of
from components.courses.analysis import course
from components.courses.before_after import course_before_after
from components.courses.before_after_words import change_table
from components.safety.before_after import reactions_before_after
from components.safety.reactions import reactions
from components.survival.analysis import survival
from components.survival.before_after import before_after
from components.survival.before_after_words import before_after_table
from data.filters import Filter, filter_from_query
from data.kept_cohorts import KeptCohort
from data.reading.read import reconstructed_cohort
from data.variables import DICTIONARY

WHOLE = reconstructed_cohort().of_population("outcome")
POSITIVE = filter_from_query("anti_mda5=positive").filter
CADM = Pale(KeptCohort("a", filter_from_query("subtype=cadm").filter, "Amyopathic"))
DEATH, KL6 = DICTIONARY.endpoints[0], DICTIONARY.measure["kl6"]

KEPT = CADM.of(WHOLE)
OTHERS = KEPT.where(~POSITIVE.kept(KEPT))


def test_without_one_everybody_stands_behind_and_the_words_are_the_filters() -> None:
    assert NO_FILTER.of(WHOLE) is WHOLE
    assert NO_FILTER.with_shown(WHOLE, POSITIVE) is WHOLE
    assert pale_of(NO_FILTER, 7) == "Without the filter (n = 7)"
    assert pale_of(CADM, 7) == "Amyopathic (n = 7)"
    assert (CADM.others, CADM.apart) == ("Others of Amyopathic", "Shown minus others")


def test_those_shown_who_are_not_of_it_are_compared_with_the_whole_of_it() -> None:
    both = CADM.with_shown(WHOLE, filter_from_query("subtype=pm").filter)
    assert both.n == KEPT.n + filter_from_query("subtype=pm").filter.of(WHOLE).n
    assert CADM.with_shown(WHOLE, Filter()).n == WHOLE.n


def test_survival() -> None:
    change = before_after(WHOLE, DEATH, POSITIVE, pale=CADM)
    assert change.before is not None
    assert change.shown is not None
    assert change.left_out is not None
    assert change.before.at == survival(KEPT, DEATH).curves[0].at
    assert change.shown.at == survival(POSITIVE.of(WHOLE), DEATH).curves[0].at
    assert change.left_out.at == survival(OTHERS, DEATH).curves[0].at
    table = before_after_table(change)
    assert table.columns == (
        "Beside Amyopathic",
        "Amyopathic",
        "Patients shown",
        "Others of Amyopathic",
        "Shown minus others",
    )
    assert table.caption.startswith("The patients shown are set against the others of Amyopathic (Subtype: CADM)")


def test_a_course() -> None:
    change = course_before_after(WHOLE, KL6, POSITIVE, pale=CADM)
    own = [course(of, KL6).series[0] for of in (KEPT, POSITIVE.of(WHOLE), OTHERS)]
    for found, expected in zip((change.before, change.shown, change.left_out), own, strict=True):
        assert found is not None
        assert [str(point.values.distribution) for point in found.points] == [
            str(point.values.distribution) for point in expected.points
        ]
    assert [row[0] for row in change_table(change).rows][:3] == ["Amyopathic", "Patients shown", "Others of Amyopathic"]


def test_reactions() -> None:
    change = reactions_before_after(WHOLE, POSITIVE, pale=CADM)
    assert change.everybody() == reactions(KEPT).row().cells[0].patients
    assert change.of("shown") == reactions(POSITIVE.of(WHOLE)).row().cells[0].patients
    assert change.of("rest") == reactions(OTHERS).row().cells[0].patients


def test_the_table_of_the_start() -> None:
    shown = baseline(POSITIVE.of(WHOLE), None, ("sex", "age"))
    change = baseline_before_after(WHOLE, POSITIVE, ("sex", "age"), pale=CADM)
    table = baseline_table(shown, Display("mean"), change)
    alone = baseline_table(baseline(KEPT, None, ("sex", "age")), Display("mean"))
    assert table.columns[-2:] == ("Amyopathic", "Difference, shown v others of Amyopathic")
    assert [row[2] for row in table.rows] == [row[1] for row in alone.rows]


def test_the_pale_part_of_a_bar_counts_those_of_the_kept_cohort_who_are_not_shown() -> None:
    """The two overlap: no count of one less that of the other is a number of patients."""
    change = reactions_before_after(WHOLE, POSITIVE, pale=CADM)
    others = WHOLE.where(CADM.cohort.filter.kept(WHOLE) & ~POSITIVE.kept(WHOLE)) if CADM.cohort else WHOLE
    own = [row for row in reactions(others).rows if row.category and not row.term and not row.serious]
    expected = {row.id: row.cells[0].patients.n for row in own if row.cells[0].patients.n}
    assert expected
    assert {id_: n for id_, n in change.of_others.items() if n} == expected
