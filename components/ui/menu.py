"""The menu: pages in their sections, each a file below `pages/` with an address of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from components.links.part import Panels

ROOT = Path(__file__).resolve().parents[2]
REGISTER = "pages of the menu"
ICON = str(Path(__file__).with_name("icon.svg"))


@dataclass(frozen=True)
class Page:
    """A page of the dashboard: one question, one file.

    `file` is relative to the project; its folder below `pages/` is the section of the menu (`pages/explore/...` is in
    "Explore") and its name the address (`survival.py` is `/survival`). `question` is what the page answers,
    `population` the analysis population it counts, blank when it counts nobody. `panels` is what the page gives back
    for a view; a page without it is a script.
    """

    title: str
    file: str
    question: str
    population: str = ""
    panels: Panels | None = None

    @property
    def section(self) -> str:
        """The heading the page stands under in the menu; pages to explore stand in sight, under none."""
        folder = Path(self.file).parent.name
        return "" if folder == "explore" else folder.capitalize()

    @property
    def address(self) -> str:
        """The path of the page in the address bar, without slashes."""
        return Path(self.file).stem

    @property
    def exists(self) -> bool:
        """Whether the page's file is there; a page without one is not in the menu."""
        return (ROOT / self.file).is_file()


def chosen_page(pages: tuple[Page, ...]) -> st.Page:
    """The page the visitor asked for, ready to `run()`; draws the menu. The first page is served at `/`."""
    st.session_state[REGISTER] = {page.address: page for page in pages if page.exists and page.panels is not None}
    sections: dict[str, list[st.Page]] = defaultdict(list)
    for page in pages:
        if page.exists:
            sections[page.section].append(
                st.Page(
                    ROOT / page.file,
                    title=page.title,
                    url_path=page.address,
                    help=page.question,
                    default=page is pages[0],
                )
            )
    return st.navigation(sections, position="top")


def pages_with_panels() -> Mapping[str, Page]:
    """Those pages of the menu that give back panels, by their address."""
    found: Mapping[str, Page] = st.session_state[REGISTER]
    return found
