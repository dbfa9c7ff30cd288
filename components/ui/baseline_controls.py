"""The controls of the baseline page."""

from __future__ import annotations

from components.baseline import words
from components.baseline.analysis import TABLE_1
from components.core.columns import Columns
from components.links import offered
from components.ui import ask
from data.dictionary import Dictionary, Factor, Number


def rows(dictionary: Dictionary, columns: Factor | None) -> tuple[str, ...]:
    """The variables of the table: those of the paper, or everything that was recorded at the start."""
    which = ask.segments(offered.BASELINE_ROWS, words.ROWS)
    if which == words.PAPER_ROWS:
        return tuple(key for key in dictionary.listed(TABLE_1) if columns is None or key != columns.key)
    factors = [factor for factor in dictionary.factors if not factor.post_baseline and factor is not columns]
    entries: list[Number | Factor] = [*dictionary.numbers, *factors]
    sections = dict.fromkeys(entry.section for entry in factors)
    listed = [entry.key for section in sections for entry in entries if entry.section == section]
    return (*listed, *(measure.key for measure in dictionary.measures if measure.kind != "finding"))


def numbers() -> words.Numbers:
    """Means with standard deviations, or medians with quartiles."""
    return ask.segments(offered.NUMBERS_AS, words.NUMBERS_AS)


def compared(columns: Columns) -> tuple[str, str] | None:
    """Two columns whose standardized difference is printed, or None."""
    control = offered.difference(columns)
    return ask.one_of(control, words.DIFFERENCE, width=200, tip=words.DIFFERENCE_HELP) if control else None
