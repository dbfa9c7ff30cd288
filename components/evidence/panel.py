"""The panels of the Evidence page: how many published numbers are reproduced, each of them, and R's answers."""

from __future__ import annotations

from components.core.panel import Panel
from components.evidence import agreement_words as r_words
from components.evidence import coverage_words, words
from components.evidence.agreement import Agreement
from components.evidence.chart import fidelity_chart
from components.evidence.coverage import Coverage
from components.evidence.coverage_chart import coverage_chart
from components.evidence.fidelity import Fidelity
from components.evidence.on_pages import OnPage


def fidelity_panel(result: Fidelity, pages: tuple[OnPage, ...] = ()) -> Panel:
    """The squares, with a notice when a number is missed, and on which ``pages`` the numbers stand."""
    figure, notices = fidelity_chart(result), words.missed_notices(result)
    alt, note = words.summary(result), words.figure_note(result)
    return Panel("fidelity", words.title(result), figure, (), alt, note, notices, result=result,
                 under_figure=words.on_pages_sentence(pages))  # fmt: skip


def coverage_panel(result: Coverage, trial: tuple[Coverage, Coverage] | None = None) -> Panel:
    """Numbers that were left out of the search beside the range that reconstructions gave without them.

    The note says what a ``trial`` found of the numbers it asked for: as the reconstructions were made, and with
    strengths drawn.
    """
    note = coverage_words.note(result)
    alt = " ".join(text for text in (coverage_words.meaning(result), coverage_words.missed(result)) if text)
    return Panel(
        "coverage",
        coverage_words.title(result),
        coverage_chart(result),
        (),
        alt,
        f"{note} {coverage_words.with_strengths_drawn(*trial)}" if trial else note,
        aside=(coverage_words.table(result),),
        result=result,
        under_figure=coverage_words.meaning(result),
    )


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
