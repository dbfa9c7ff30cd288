"""A hospital's own files: uploaded, refused with every problem or opened, seen on the other pages, and forgotten."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import FilePayload, Page, expect

from components.own_cohort import words
from data.reading.layout import COLUMNS
from tests.browser.own_files import as_csv, rows
from tests.browser.reading import cohort_line, pill
from tests.browser.visit import idle, visit

pytestmark = pytest.mark.browser


def choose(page: Page, files: dict[str, bytes]) -> None:
    page.locator("input[type=file]").set_input_files(
        [FilePayload(name=f"{name}.csv", mimeType="text/csv", buffer=content) for name, content in files.items()]
    )
    expect(page.get_by_text(words.FOUND)).to_be_visible()
    idle(page)


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label).click()
    page.wait_for_timeout(300)
    idle(page)


def go(page: Page, title: str) -> None:
    page.get_by_test_id("stTopNavLink").filter(has_text=title).click()
    page.wait_for_timeout(300)
    idle(page)


def back_to_the_page(page: Page) -> None:
    page.get_by_role("link", name="Imported cohort: ").first.click()
    page.wait_for_timeout(300)
    idle(page)


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    found = {table: rows(table) for table in COLUMNS}
    kl6 = [row for row in found["measurements"] if row["variable"] == "kl6"]
    found["measurements"] += [{**row, "variable": "CK"} for row in kl6]
    return {table: as_csv(found[table]) for table in COLUMNS}


def test_own_files_are_opened_seen_and_forgotten(page: Page, dashboard: str, files: dict[str, bytes]) -> None:
    patients = rows("patients")
    outcome = [row for row in patients if row["population"] == "Outcome"]
    deaths = sum(bool(row["death_day"]) for row in outcome)
    visit(page, f"{dashboard}/cohort?subtype=CADM&age=50&age=60")
    choose(page, files)
    page.get_by_role("textbox", name=words.NAME).fill("Ward 4")
    press(page, words.OPEN)
    expect(page.locator(".st-key-open-now")).to_contain_text(f"Ward 4: {len(patients)} patients, {deaths} deaths.")
    assert urlsplit(page.url).query.startswith("data=own-")

    go(page, "Survival")
    assert cohort_line(page).startswith(f"{len(outcome)} patients, {deaths} deaths")
    expect(page.locator(".st-key-cohort-bar")).to_contain_text("Imported cohort: Ward 4, kept in this session only.")
    pill(page, "anti_mda5", "Positive")
    positive = sum(row["anti_mda5"] == "Positive" for row in outcome)
    assert cohort_line(page).startswith(f"{positive} of {len(outcome)} patients")

    go(page, "Laboratory")
    page.locator(".st-key-value").get_by_role("combobox").click()
    page.get_by_role("option", name="CK").click()
    page.wait_for_function("() => location.search.includes('value=own-')")  # no link names a hospital's own column
    idle(page)
    expect(page.locator(".live-plot .main-svg").first).to_be_visible()

    back_to_the_page(page)
    press(page, words.BACK)
    expect(page.locator(".st-key-open-now")).to_contain_text("Reconstructed cohort: 179 patients, 16 deaths.")
    go(page, "Laboratory")
    assert urlsplit(page.url).query == ""
    go(page, "Survival")
    assert cohort_line(page).startswith("169 patients, 16 deaths")


def test_bad_files_show_every_problem_and_change_nothing(page: Page, dashboard: str, files: dict[str, bytes]) -> None:
    patients = files["patients"].replace(b",CADM,", b",CADN,", 1).replace(b"Female", b"Femle", 1)
    bad = files | {"patients": patients, "reactions": files["reactions"].replace(b"Infections", b"Infektion", 1)}
    bad["letter"] = b"%PDF-1.7"
    visit(page, f"{dashboard}/cohort")
    choose(page, bad)
    expect(page.get_by_test_id("stAlert")).to_contain_text("4 problems stand in the way, so nothing was opened.")
    told = page.locator(".myo-found").first.inner_text()
    for word in ("“CADN”", "“Femle”", "“Infektion”", "letter.csv", "This is not a table."):
        assert word in told
    assert page.get_by_role("button", name=words.OPEN).count() == 0
    go(page, "Survival")
    assert cohort_line(page).startswith("169 patients, 16 deaths")


def test_the_empty_workbook_is_downloaded(page: Page, dashboard: str, tmp_path: Path) -> None:
    visit(page, f"{dashboard}/cohort")
    with page.expect_download() as download:
        page.get_by_role("button", name=words.WORKBOOK).click()
    download.value.save_as(tmp_path / "template.xlsx")
    assert download.value.suggested_filename == words.WORKBOOK_NAME
    page.locator("input[type=file]").set_input_files(tmp_path / "template.xlsx")
    expect(page.get_by_test_id("stAlert")).to_contain_text("1 problem stands in the way")
    expect(page.locator(".myo-found").first).to_contain_text("There is no patient in the table.")
