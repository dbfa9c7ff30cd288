"""The command writes what the page shows: the same panels from the same link, with and without a browser."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import pytest
from streamlit.testing.v1 import AppTest

import components.ui.cards
import components.ui.documents
import components.ui.page_view
import components.ui.panel_view
from app import PAGES
from components.core.panel import Panel
from components.export.numbers import numbers_file
from components.export.stamp import stamp
from components.links.computed import asked, computed
from components.links.page_input import PageInput, ground
from components.links.view import answered
from components.report.__main__ import main
from components.ui.shown import shown
from components.ui.study import IMPORTED
from data.cohort import Cohort
from data.reading.read import reconstructed_cohort
from tests.export.test_every_panel import ROOT, UNFOLDED
from tests.links.answers import sparing

ON = date(2026, 1, 1)
COMPUTED = {page.address: page for page in PAGES if page.panels and page.address != "patient"}


def told(panel: Panel, here: PageInput) -> tuple[object, ...]:
    """All that a panel says, and every number it plots."""
    numbers = (
        numbers_file(panel, stamp(here.cohort, here.filter, panel, ON, here.method))
        if panel.figure or panel.tables
        else b""
    )
    return panel.title, panel.alt, panel.notices, panel.note, panel.tables, panel.aside, panel.cases, numbers


@pytest.mark.parametrize("page", sorted(COMPUTED))
def test_the_same_link_gives_the_same_panels_with_and_without_a_browser(
    gaps: Cohort, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    chance = Random(f"report {page}")  # noqa: S311 - no secret
    entry = COMPUTED[page]
    study = reconstructed_cohort() if page in {"overview", "biomarker", "evidence"} else gaps
    single = study.provenance.kind == "reconstructed"
    view = answered(page, ground(study, entry, single=single, others=PAGES), sparing(study, chance))
    drawn: list[tuple[object, ...]] = []

    def kept(panel: Panel, *_: object, **__: object) -> None:
        drawn.append(told(panel, shown()))

    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(components.ui.panel_view, "export_bar", kept)
    monkeypatch.setattr(components.ui.cards, "export_menu", kept)
    monkeypatch.setattr(components.ui.page_view, "show_answer", kept)
    monkeypatch.setattr(components.ui.documents, "show_tables", kept)
    monkeypatch.setattr(components.ui.documents, "show_search", lambda search: kept(search.everything.panel()))
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120)
    if not single:
        test.session_state[IMPORTED] = study
    for key in UNFOLDED:
        test.session_state[key] = True
    asked_for: dict[str, list[str]] = {}
    for key, text in view.pairs:
        asked_for.setdefault(key, []).append(text)
    for key, texts in asked_for.items():
        test.query_params[key] = texts
    test.switch_page(entry.file)
    test.run()
    assert not test.exception
    found = asked(entry, study, view.query, single=single, others=PAGES)
    assert entry.panels is not None
    assert [told(panel, found.here) for _, panel in computed(entry, found, folded=True)] == drawn
    assert drawn


def test_the_command_writes_a_folder_for_each_panel(tmp_path: Path) -> None:
    query = "subtype=CADM&by=Sex"
    assert main(["--page", "survival", "--query", query, "--out", str(tmp_path), "--folded"]) == 0
    assert {str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*.*")} == {
        f"{key}/{name}" for key in ("survival", "pairs") for name in ("report.html", "figure.png", "numbers.csv")
    } - {"pairs/figure.png"}
    assert "Subtype: CADM" in (tmp_path / "survival" / "report.html").read_text(encoding="utf-8")


def test_what_the_link_asks_in_vain_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--page", "prognosis", "--query", "subtype=XYZ", "--out", str(tmp_path)]) == 0
    assert "subtype=XYZ" in capsys.readouterr().err


def test_files_that_hold_no_cohort_are_explained_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "patients.csv"
    for content in (None, "patient,last_day\nP1,soon\n"):
        if content:
            file.write_text(content, encoding="utf-8")
        assert main(["--page", "survival", "--out", str(tmp_path / "out"), "--cohort", str(file)]) == 1
        assert "patients" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_an_own_cohort_lists_no_patient_unless_asked(tmp_path: Path) -> None:
    file = tmp_path / "patients.csv"
    file.write_text("patient,last_day,death_day,death_cause\nP1,400,400,Cancer\nP2,500,,\n", encoding="utf-8")
    base = ["--page", "safety", "--query", "section=Deaths", "--cohort", str(file), "--out"]
    assert main([*base, str(tmp_path / "few")]) == 0
    assert "P1" not in (tmp_path / "few" / "deaths" / "report.html").read_text(encoding="utf-8")


def test_a_page_with_nothing_but_what_is_folded_away_writes_that(tmp_path: Path) -> None:
    assert main(["--page", "Filter", "--query", "?subtype=cadm", "--out", str(tmp_path)]) == 0
    assert [file.parent.name for file in tmp_path.rglob("report.html")] == ["attrition"]


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("nothing", "There is no page “nothing”. Pages with panels: overview (Overview), narrow (Filter), "),
        ("cohort-file", "There is no page “cohort-file”."),
        ("presentation", "The page “Presentation” belongs to a session and has no panels."),
    ],
)
def test_a_page_that_has_no_panels_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], page: str, told: str
) -> None:
    assert main(["--page", page, "--out", str(tmp_path / "out")]) == 1
    assert capsys.readouterr().err.startswith(told)
    assert not (tmp_path / "out").exists()


def test_a_page_without_a_panel_says_what_it_says_on_the_screen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "patients.csv"
    file.write_text("patient,last_day,death_day\nP1,400,400\nP2,500,\n", encoding="utf-8")
    asked_ = ["--page", "treatment", "--cohort", str(file), "--out", str(tmp_path / "out")]
    assert main(asked_) == 1
    assert "No drug is named as the one studied, so neither its dose" in capsys.readouterr().err
    assert main(["--page", "patient", "--patient", "nobody", "--out", str(tmp_path / "out")]) == 1
    assert "“nobody” is none of the patients shown." in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_copied_link_is_taken_whole_and_says_whose_patients_it_shows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    link = "http://127.0.0.1:8501/survival?subtype=cadm&data={}&v=0.1.0#top"
    told = ["--page", "survival", "--out", str(tmp_path / "out"), "--query"]
    assert main([*told, link.format("own-0123456789ab")]) == 1
    assert capsys.readouterr().err == "The link shows a cohort that is not open here. Name its files with --cohort.\n"
    assert main([*told, link.format("0123456789ab")]) == 0
    assert capsys.readouterr().err == ("This link was made with other data (“0123456789ab”): numbers may differ.\n")
    assert main([*told, link.format(reconstructed_cohort().provenance.fingerprint)]) == 0
    assert capsys.readouterr().err == ""
    assert "Subtype: CADM" in (tmp_path / "out" / "survival" / "report.html").read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    assert main(["--page", "survival", "--out", str(tmp_path / "out")]) == 1
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    "query", ["%%%", "a=b&&=;", "by=%00&by=&age=1e999&age=nan", "landmark=x&at=-1&at=1e9", "?" * 9]
)
def test_odd_queries_end_with_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str], query: str) -> None:
    assert main(["--page", "baseline", "--query", query, "--out", str(tmp_path)]) == 0
    assert capsys.readouterr().err.startswith("Parts of this link are not known here and were ignored: ")
