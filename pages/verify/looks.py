"""How many comparisons were looked at here, and which hold?"""

from __future__ import annotations

from components.links.page import Page
from components.links.page_input import PageInput
from components.links.part import BeginLedgerAnew, Part, Parts, Said, Signpost, Way
from components.links.view import View
from components.looks import words
from components.looks.panel import looks_panel


def panels(here: PageInput, _view: View) -> Parts:
    """The list, under what it is worth."""
    if here.ledger.entries:
        yield Said(words.line(here.ledger))
        yield Said(words.verdict(here.ledger))
    else:
        yield Signpost(words.NONE, words.NONE_ON_FILE, Way("survival"), words.BEGIN)
    yield Part("looks", lambda: looks_panel(here.ledger), counts="rounded")
    yield BeginLedgerAnew()


PAGE = Page(words.TITLE, "pages/verify/looks.py", words.QUESTION, panels=panels, filtered=False, position=30)
