"""The figure sent ahead of a page is the one that the page then draws, computed once, and nothing else is sent."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.core.panel import Panel
from components.survival.panel import survival_panel
from components.ui.figure_channel import Channel

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("survival", "prognosis", "laboratory")
CLICKS: tuple[list[str], ...] = (["cadm"], ["pm"])


def figures(app: AppTest) -> dict[str, dict[str, Any]]:
    """What the page gives its figures, by their places."""
    given = [json.loads(element.proto.json) for element in app.main if element.type == "bidi_component"]
    return {data["key"]: data for data in given if "figure" in data}


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What was sent ahead, in its order."""
    found: list[dict[str, Any]] = []
    monkeypatch.setattr(Channel, "send", lambda _channel, message: found.append(json.loads(message)))
    return found


def opened(page: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    return app.switch_page(f"pages/explore/{page}.py").run()


def choose(app: AppTest, subtypes: list[str]) -> None:
    app.button_group(key="subtype").set_value(subtypes).run()


@pytest.mark.parametrize("page", PAGES)
def test_what_goes_ahead_is_the_first_figure_that_the_page_draws(page: str, sent: list[dict[str, Any]]) -> None:
    app = opened(page)
    sent.clear()
    for subtype in CLICKS:
        choose(app, subtype)
        assert not app.exception
        key, shown = next(iter(figures(app).items()))
        assert sent.pop() == shown, key
        assert sent == []


def test_a_figure_that_stays_is_not_sent_again(sent: list[dict[str, Any]]) -> None:
    app = opened("survival")
    before = figures(app)["survival"]
    sent.clear()
    app.run()
    assert sent == []
    assert figures(app)["survival"] == before


def test_later_figures_of_a_place_have_higher_numbers(sent: list[dict[str, Any]]) -> None:
    app = opened("survival")
    numbers = []
    for subtype in (*CLICKS, *CLICKS):
        choose(app, subtype)
        numbers.append(sent[-1]["number"])
    assert numbers == sorted(set(numbers))


def test_a_panel_is_computed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("survival")
    computed: list[str] = []

    def counted(result: Any, *drawing: Any) -> Panel:
        computed.append(result.endpoint.key)
        return survival_panel(result, *drawing)

    monkeypatch.setattr("pages.explore.survival.survival_panel", counted)
    choose(app, CLICKS[0])
    assert computed == ["overall_survival"]


def test_a_page_that_fails_leaves_the_filter_to_go_back_with(monkeypatch: pytest.MonkeyPatch) -> None:
    app = opened("survival")

    def failing(*_: Any) -> Panel:
        raise ValueError

    monkeypatch.setattr("pages.explore.survival.survival_panel", failing)
    choose(app, CLICKS[0])
    assert app.exception
    assert app.button_group(key="subtype").value == CLICKS[0]
    monkeypatch.undo()
    choose(app, CLICKS[1])
    assert not app.exception


def test_nothing_goes_ahead_of_the_stage(sent: list[dict[str, Any]]) -> None:
    app = opened("survival")
    sent.clear()
    app.button(key="present-now").click().run()
    assert not app.exception
    choose(app, CLICKS[0])
    assert sent == []
