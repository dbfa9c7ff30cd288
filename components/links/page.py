"""A page as it is declared: title, question and file, whom it counts, what it asks, and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from components.links.asked import PageControls
from components.links.part import Panels
from components.methods.where_used import Place
from data.language import say

ROOT = Path(__file__).resolve().parents[2]

SECTIONS = {"verify": say("Verify"), "tools": say("Tools")}
"""The heading of the pages of a folder, where they stand under one in the menu."""


@dataclass(frozen=True)
class Page:
    """A page of the dashboard: one question, one file.

    `file` is relative to the project; its folder below `pages/` is the section of the menu (`pages/explore/...` is in
    none) and its name the address (`survival.py` is `/survival`). `question` is what the page answers,
    `population` the analysis population it counts, blank when it counts nobody. `panels` is what the page gives back
    for a view, `controls` what it asks beside filter and conventions; a page without panels is a script. A page that is
    not `filtered` shows everybody, whatever filter and conventions say. Pages of a section stand in the order of their
    `position`, and list in `places` what their panels can be made with. `unranged` says, by the key of the part, why a
    panel of patients gives no ranges across reconstructions; every other one does.
    """

    title: str
    file: str
    question: str
    population: str = ""
    panels: Panels | None = None
    controls: PageControls | None = None
    filtered: bool = True
    places: tuple[Place, ...] = ()
    position: int = 0
    unranged: Mapping[str, str] = field(default_factory=dict)

    @property
    def section(self) -> str:
        """The heading the page stands under in the menu; pages to explore stand in sight, under none."""
        return SECTIONS.get(Path(self.file).parent.name, "")

    @property
    def address(self) -> str:
        """The path of the page in the address bar, without slashes."""
        return Path(self.file).stem

    @property
    def exists(self) -> bool:
        """Whether the page's file is there; a page without one is not in the menu."""
        return (ROOT / self.file).is_file()
