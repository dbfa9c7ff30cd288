from __future__ import annotations

from components.core.estimate import Estimate
from components.core.ledger import Entry, Ledger
from components.core.look import Look
from components.looks import words
from components.looks.panel import looks_panel
from data.variables import DICTIONARY

DEATH = DICTIONARY.endpoints[0]
PM, CADM, DM = DICTIONARY.factor["subtype"].levels


def entry(p: float, *, shown: str = "", printed: bool = False) -> Entry:
    look = Look(DEATH, "subtype", "Subtype", (CADM, PM), 107, 13, p, Estimate(9.04, 1.18, 69.51))
    return Entry(look, "survival", shown, "All patients, no filter", None, printed)


def test_the_line_counts_and_says_how_often_so_many_deceive() -> None:
    assert words.line(Ledger()) == "No further comparison looked at so far."
    seven = Ledger().with_entries(entry(0.5, shown=str(k)) for k in range(7))
    assert words.line(seven) == (
        "7 comparisons looked at. Where nothing truly differs, at least one p-value below 0.05 is seen in about 30% of "
        "such sessions."
    )


def test_rows_stand_by_p_with_both_corrections() -> None:
    ledger = Ledger().with_entries([entry(0.5), entry(0.0004, shown="x"), entry(0.001, shown="y", printed=True)])
    table = words.explored(ledger)
    assert [row[-3:] for row in table.rows] == [("< 0.001", "0.040", "0.040"), ("0.500", "1.000", "1.000")]
    assert table.rows[0][:6] == (
        "Overall survival: Subtype", "CADM v PM", "All patients, no filter", "107", "13", "9.04 (1.18–69.51)"
    )  # fmt: skip
    assert [row[-1] for row in words.printed(ledger).rows] == ["0.001"]


def test_what_holds_is_said_and_what_does_not() -> None:
    assert words.verdict(Ledger()) == "None of the comparisons goes beyond those that were published."
    weak, strong = Ledger().with_entries([entry(0.03)]), Ledger().with_entries([entry(0.0004)])
    assert words.verdict(weak) == "None of them holds when all are allowed for: the smallest Holm p-value is 1.000."
    assert words.verdict(strong) == (
        "One holds when all are allowed for (Holm p below 0.05): Overall survival: Subtype (CADM v PM)."
    )


def test_the_panel_has_a_table_for_each_kind_that_there_is() -> None:
    assert looks_panel(Ledger()).notices == (words.NONE_ON_FILE,)
    panel = looks_panel(Ledger().with_entries([entry(0.5, printed=True)]))
    assert [table.caption for table in panel.tables] == [words.PRINTED]
    assert "judged as 100 comparisons" in panel.note


def test_a_file_says_which_of_how_many_its_comparison_is() -> None:
    first, second, known = entry(0.5), entry(0.0004, shown="x"), entry(0.001, shown="y", printed=True)
    ledger = Ledger().with_entries([first, second, known])
    assert words.carried(ledger, ()) == ()
    assert words.carried(ledger, [second]) == (
        (
            "Comparison 2 of 2 looked at so far: p < 0.001; allowing for all of them (judged as 100) Holm p = 0.040, "
            "FDR p = 0.040."
        ),
    )
    assert words.carried(ledger, [first, second, known]) == (
        (
            "2 of the 2 comparisons looked at so far: smallest p < 0.001; allowing for all of them (judged as 100) "
            "smallest Holm p = 0.040, smallest FDR p = 0.040."
        ),
        "1 comparison shown was printed by the paper and is not counted; 2 others were looked at so far.",
    )


def test_a_comparison_that_the_list_does_not_hold_yet_is_its_last() -> None:
    assert words.carried(Ledger().with_entries([entry(0.5)]), [entry(0.2, shown="x")]) == (
        (
            "Comparison 2 of 2 looked at so far: p = 0.200; allowing for all of them (judged as 100) Holm p = 1.000, "
            "FDR p = 1.000."
        ),
    )
