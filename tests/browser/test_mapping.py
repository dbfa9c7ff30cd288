"""Files as other programs ship them, dropped untouched: what is asked is answered with a click, and they open."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from components.own_cohort import mapping_words, words
from tests.browser.reading import cohort_line
from tests.browser.test_cohort_page import go
from tests.browser.visit import idle, visit
from tests.data.reading.test_mapped import JAPANESE
from tests.data.reading.test_redcap import RAW, labelled
from tests.own_cohort.public_data import files

pytestmark = pytest.mark.browser

ANOTHER, DEATH = mapping_words.EVENTS["other"], mapping_words.EVENTS["death"]


@dataclass(frozen=True)
class Dropped:
    """Files, the pills to be clicked, and what the survival page then counts."""

    names: tuple[str, ...]
    clicks: tuple[str, ...]
    counts: str


DROPPED = (
    Dropped(("pbc", "pbcseq"), ("2 (161 patients)", DEATH), "418 patients, 161 deaths"),
    Dropped(("gbsg2",), ("1 (299 patients)", ANOTHER), "686 patients, 299 events (cens)"),
    Dropped(("whas500",), ("1 (215 patients)", DEATH), "500 patients, 215 deaths"),
    Dropped(("rossi",), ("1 (114 patients)",), "432 patients, 114 events (arrest)"),
    Dropped(("larynx",), ("1 (50 patients)", "years"), "90 patients, 50 deaths"),
    Dropped(("veteran",), ("1 (128 patients)", DEATH), "137 patients, 128 deaths"),
    Dropped(("患者",), (), "7 patients, 2 deaths"),
    Dropped(("REDCap export",), (), "2 patients, 1 death"),
)

OURS = {"患者": JAPANESE, "REDCap export": labelled(RAW).encode()}
"""Files that no package ships: Japanese in Shift JIS with dates, and an export of REDCap with labels."""


def drop(page: Page, content: dict[str, bytes]) -> None:
    page.locator("input[type=file]").set_input_files(
        [FilePayload(name=name, mimeType="text/csv", buffer=text) for name, text in content.items()]
    )
    expect(page.get_by_text(words.FOUND)).to_be_visible()
    idle(page)


def click(page: Page, where: Locator) -> None:
    where.click()
    page.wait_for_timeout(300)
    idle(page)


def answers(page: Page, text: str) -> Locator:
    return page.locator(".st-key-mapping").get_by_test_id("stButtonGroup").get_by_text(text, exact=True)


@pytest.mark.parametrize("one", DROPPED, ids=lambda one: one.names[0])
def test_a_file_is_opened_untouched_with_a_click_for_what_nobody_can_tell(
    page: Page, dashboard: str, one: Dropped
) -> None:
    content = {f"{name}.csv": OURS[name] if name in OURS else files(name)[f"{name}.csv"] for name in one.names}
    visit(page, f"{dashboard}/cohort")
    drop(page, content)
    assert page.get_by_role("button", name=words.OPEN).count() == (not one.clicks)
    for answer in one.clicks:
        click(page, answers(page, answer))
    click(page, page.get_by_role("button", name=words.OPEN))
    go(page, "Survival")
    assert cohort_line(page).startswith(one.counts)
    assert "own-" in page.url
    assert not [name for name in ("cens", "arrest", "horTh", "患者", "%E6") if name in page.url]


def test_each_step_is_undone_and_a_saved_mapping_answers_next_month(page: Page, dashboard: str) -> None:
    content = files("veteran")
    visit(page, f"{dashboard}/cohort")
    drop(page, content)
    undo = page.get_by_role("button", name=mapping_words.UNDO, exact=True)
    assert undo.is_disabled()
    for answer in ("1 (128 patients)", DEATH):
        click(page, answers(page, answer))
    expect(page.get_by_role("button", name=words.OPEN)).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name=mapping_words.SAVE).click()
    kept = download.value.path().read_bytes()
    assert json.loads(kept)["tables"][0]["sheet"] == "veteran.csv"
    click(page, undo)
    assert page.get_by_role("button", name=words.OPEN).count() == 0
    click(page, page.get_by_role("button", name=words.AGAIN))
    drop(page, {**content, mapping_words.SAVE_NAME: kept})
    expect(page.get_by_text(mapping_words.USED)).to_be_visible()
    click(page, page.get_by_role("button", name=words.OPEN))
    expect(page.locator(".st-key-open-now")).to_contain_text("137 patients, 128 deaths")
