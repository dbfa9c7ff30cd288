"""Words of the Methods page: the conventions in force, and docs/methods.md, which is the one source of the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from components.core.method import PAPER, Method
from components.core.procedure_words import sentence
from components.core.table import Table
from components.methods import document
from components.survival.words import method_sentence
from data.language import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from components.core.procedure import Procedure

FILE = Path(__file__).resolve().parents[2] / "docs" / "methods.md"

IN_FORCE = say("In force now")
AS_IN_THE_PAPER = say("These are the usual conventions of SAS 9.4.")
BUT_FOR_LIMITS = say(
    "These are the usual conventions of SAS 9.4 but for one: it has log-log limits everywhere, "
    "which do not hold with few events."
)
CHANGED = say("This differs from the usual conventions of SAS 9.4, whose options are marked (SAS).")
WHERE = say("“Statistical conventions” at the side changes them for every page but Evidence.")
TO_EVIDENCE = say("Every published number beside the recomputed one, and R’s answers beside these")
CONTENTS = say("On this page")
EVERY_PAGE = say("the bar above every page, every report")
CAN_RUN = say("What can be computed, and where")
CAN_RUN_HINT = say(
    "Every procedure, with the pages and panels that show it; formula, source and call in R stand below."
)
NOTHING_USED = say("The page you came from only counts: in this view it shows nothing that was estimated or tested.")
BY_PAGE = say("What each page can use")
BY_PAGE_HINT = say("Come here from one of these pages, and the list is of that page alone, as you left it.")
USED_COLUMNS = (say("Procedure"), say("What was done"), say("Source"), say("The same in R"))
BY_PAGE_COLUMNS = (say("Page"), say("Panels"), say("Procedures"))
PLACES_COLUMNS = (say("Procedure"), say("Where"))


@dataclass(frozen=True)
class Section:
    """A section of the document: its heading, blank for the lines before the first, and its text in Markdown."""

    title: str
    text: str

    @property
    def anchor(self) -> str:
        """Where a link on the page leads to it."""
        return re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-")


@cache
def sections(file: Path = FILE) -> tuple[Section, ...]:
    """The document cut at its second-level headings; its title is the page's own and is left out, as are the marks."""
    first, *rest = re.split(r"^## ", document.shown(file.read_text(encoding="utf-8")), flags=re.MULTILINE)
    opening = Section("", first.partition("\n")[2].strip())
    return (
        opening,
        *(Section(title.strip(), text.strip()) for title, _, text in (part.partition("\n") for part in rest)),
    )


def contents() -> str:
    """Links to the sections, in one line of Markdown."""
    titles = (Section(CAN_RUN, ""), *(section for section in sections() if section.title))
    return f"**{CONTENTS}:** {' · '.join(f'[{section.title}](#{section.anchor})' for section in titles)}"


def used_title(page: str) -> str:
    """What heads the methods of the page that the visitor came from."""
    return say("What {page} uses in this view", page=page)


def folded(titles: Sequence[str]) -> str:
    """What of that page is left out because it is folded away there."""
    return say(
        "Not included, because it is folded away there: {titles}.", titles="; ".join(f"“{title}”" for title in titles)
    )


def used_table(title: str, procedures: Iterable[Procedure], level: float) -> Table:
    """The procedures of one panel, each with its sentence."""
    rows = tuple((one.name, sentence(one, level), one.source, one.r) for one in procedures)
    return Table(USED_COLUMNS, rows, title, texts=frozenset(range(len(USED_COLUMNS))))


def by_page_table(places: Iterable[tuple[str, str, Iterable[Procedure]]]) -> Table:
    """The panels of every page, given as page, place on the page and procedures, each with what it can be made with."""
    rows = tuple((page, label, "; ".join(one.name for one in used)) for page, label, used in places)
    return Table(BY_PAGE_COLUMNS, rows, texts=frozenset(range(len(BY_PAGE_COLUMNS))))


def places_table(places: Mapping[Procedure, Sequence[tuple[str, str]]]) -> Table:
    """Every procedure with the pages and panels that can show it; ``places`` are pairs of both, none: every page."""
    rows = tuple((one.name, _where(found)) for one, found in places.items())
    return Table(PLACES_COLUMNS, rows, texts=frozenset(range(len(PLACES_COLUMNS))))


def _where(found: Sequence[tuple[str, str]]) -> str:
    pages: dict[str, list[str]] = {}
    for page, panel in found:
        pages.setdefault(page, []).append(panel)
    return "; ".join(f"{page}: {', '.join(panels)}" for page, panels in pages.items()) or EVERY_PAGE


def in_force(method: Method) -> str:
    """The conventions behind every number now, and whether they are those of SAS."""
    against = {PAPER: AS_IN_THE_PAPER, Method(): BUT_FOR_LIMITS}.get(method, CHANGED)
    return f"{method_sentence(method)} {against}"
