"""The panels of the Evidence page: how many published numbers are reproduced, each of them, and R's answers."""

from __future__ import annotations

from components.core.panel import Panel
from components.evidence import agreement_words as r_words
from components.evidence import words
from components.evidence.agreement import Agreement
from components.evidence.chart import fidelity_chart
from components.evidence.fidelity import Fidelity


def fidelity_panel(result: Fidelity) -> Panel:
    """The squares, with a notice when a number is missed."""
    figure, notices = fidelity_chart(result), words.missed_notices(result)
    alt, note = words.summary(result), words.figure_note(result)
    return Panel("fidelity", words.title(result), figure, (), alt, note, notices, result=result)


def numbers_panel(result: Fidelity, chosen: words.Chosen) -> Panel:
    """The published numbers that were asked for, each beside the recomputed one."""
    table = words.numbers_table(result, chosen)
    return Panel("numbers", words.NUMBERS, None, (table,), words.summary(result), "", result=result)


def agreement_panel(result: Agreement | None) -> Panel:
    """R's answers beside ours; without answers for this cohort, the sentence that says so."""
    title = words.AGREEMENT
    if result is None:
        return Panel("agreement", title, None, (), r_words.ABSENT, "", (r_words.ABSENT,))
    tables = (r_words.kinds_table(result), r_words.lines_table(result))
    return Panel("agreement", title, None, tables, r_words.sentence(result), r_words.sentence(result), result=result)
