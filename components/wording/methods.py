"""Words of the Methods page: the conventions in force, and docs/methods.md, which is the one source of the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from components.analysis.method import PAPER, Method
from components.wording.survival import method_sentence

FILE = Path(__file__).resolve().parents[2] / "docs" / "methods.md"

IN_FORCE = "In force now"
AS_IN_THE_PAPER = "These are the conventions of the paper (SAS 9.4)."
BUT_FOR_LIMITS = (
    "These are the conventions of the paper (SAS 9.4) but for one: it has log-log limits everywhere, which do not hold "
    "with few events."
)
CHANGED = "This differs from the paper, whose numbers need the options marked (paper)."
WHERE = "“Statistical conventions” at the side changes them for every page but Evidence."
TO_EVIDENCE = "Every published number beside the recomputed one, and R’s answers beside these"
CONTENTS = "On this page"


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
    """The document cut at its second-level headings; its title is the page's own and is left out."""
    first, *rest = re.split(r"^## ", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    opening = Section("", first.partition("\n")[2].strip())
    return (
        opening,
        *(Section(title.strip(), text.strip()) for title, _, text in (part.partition("\n") for part in rest)),
    )


def contents() -> str:
    """Links to the sections, in one line."""
    return " · ".join(f"[{section.title}](#{section.anchor})" for section in sections() if section.title)


def in_force(method: Method) -> str:
    """The conventions behind every number now, and whether they are the paper's."""
    against = {PAPER: AS_IN_THE_PAPER, Method(): BUT_FOR_LIMITS}.get(method, CHANGED)
    return f"{method_sentence(method)} {against}"
