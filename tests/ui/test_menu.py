"""Sections and addresses of pages come from where their files lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import PAGES
from components.links.page import SECTIONS, Page
from components.ui.menu import ICON


@pytest.mark.parametrize(
    ("file", "section", "address"),
    [
        ("pages/explore/survival.py", "", "survival"),
        ("pages/verify/evidence.py", "Verify", "evidence"),
        ("pages/tools/presentation.py", "Tools", "presentation"),
    ],
)
def test_section_and_address(file: str, section: str, address: str) -> None:
    page = Page("Title", file, "Question?")
    assert (page.section, page.address) == (section, address)


def test_pages_of_every_other_folder_than_those_to_explore_stand_under_a_heading() -> None:
    folders = {Path(page.file).parent.name for page in PAGES}
    assert folders - {"explore"} == set(SECTIONS) == {"verify", "tools"}


def test_a_page_without_its_file_does_not_exist() -> None:
    assert not Page("Title", "pages/explore/no_such_page.py", "Question?").exists
    assert Page("Title", "app.py", "Question?").exists


def test_icon_is_drawn_here_not_fetched() -> None:
    assert Path(ICON).read_text(encoding="utf-8").startswith("<svg ")
