"""The panel of the comparisons looked at."""

from __future__ import annotations

from components.core.ledger import Ledger
from components.core.panel import Panel
from components.looks import words


def looks_panel(ledger: Ledger) -> Panel:
    """What was explored and what the paper printed, as tables; before the first look the sentence that says so."""
    if not ledger.entries:
        return Panel("looks", words.TITLE, None, (), words.NONE, "", (words.NONE_ON_FILE,))
    tables = tuple(table for table in (words.explored(ledger), words.printed(ledger)) if table.rows)
    alt = f"{words.line(ledger)} {words.verdict(ledger)}"
    return Panel("looks", words.TITLE, None, tables, alt, words.note(ledger), rounded=lambda: looks_panel(ledger))
