"""What a filter changes in the adverse reactions, against the same numbers asked for apart."""

from __future__ import annotations

from components.core.made_factors import INNER, REST
from components.safety.before_after import reactions_before_after
from components.safety.reactions import reactions
from components.safety.reactions_chart import reaction_bars
from data.filters import filter_from_query
from data.reading.read import reconstructed_cohort


def test_shown_and_left_out_add_up_and_bars_go_on_to_everybody() -> None:
    whole, cadm = reconstructed_cohort().of_population("safety"), filter_from_query("subtype=cadm").filter
    change, apart, everybody = reactions_before_after(whole, cadm), reactions(cadm.of(whole)), reactions(whole)
    for serious in (False, True):
        shown, left = (change.of(group.id, serious=serious) for group in (INNER, REST))
        assert shown is not None
        assert left is not None
        assert shown == apart.row(serious=serious).cells[0].patients
        assert shown.n + left.n == everybody.row(serious=serious).cells[0].patients.n
        gap = change.difference(serious=serious).value
        assert gap is not None
        assert abs(gap - 100 * (shown.n / shown.of - left.n / left.of)) < 1e-9
    bars = reaction_bars(apart, change=change).plots[0].marks[0].bars  # type: ignore[union-attr]
    counted = [row.cells[0].patients.n for row in everybody.rows if row.category and not row.term and not row.serious]
    assert [sum(part.size for part in bar.parts) for bar in bars] == counted


def test_a_filter_that_keeps_nobody_has_no_difference() -> None:
    whole = reconstructed_cohort().of_population("safety")
    nobody = filter_from_query("subtype=pm&anti_mda5=positive").filter
    assert not reactions_before_after(whole, nobody).difference().known
