"""A figure redrawn over any other shows what it shows when it is drawn first: every text, mark, value and axis."""

from __future__ import annotations

import json
import os
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit

import plotly
import pytest
from playwright.sync_api import Page, Route

from app import PAGES as MENU
from components.chart.enlarged import fitting
from components.chart.screen import figure as drawn
from components.links.page_input import ground
from components.links.view import answered
from components.ui.live_plot import written
from data.reading.read import reconstructed_cohort
from tests.browser.figures import charts_of
from tests.links.answers import sparing

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
COMPONENT = HERE.parents[1] / "components" / "ui" / "live_plot.js"
LIBRARY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
SERVED = {
    "/": (HERE / "drawing.html", "text/html"),
    "/live_plot.js": (COMPONENT, "text/javascript"),
    "/plotly.js": (LIBRARY, "text/javascript"),
}
SEED = os.environ.get("MYOSCOPE_SEED", "figures")
DRAWN = int(os.environ.get("MYOSCOPE_FIGURES", "40"))
VIEWS = int(os.environ.get("MYOSCOPE_VIEWS", "1"))


@pytest.fixture
def drawing(page: Page) -> Page:
    """A page with nothing but the component, and one place for a figure."""
    page.route("http://drawing.test/**", _served)
    page.goto("http://drawing.test/")
    page.wait_for_function("() => window.ready")
    return page


def _served(route: Route) -> None:
    file, kind = SERVED.get(urlsplit(route.request.url).path, (None, ""))
    if file is None:
        route.fulfill(status=404)
    else:
        route.fulfill(path=file, content_type=kind)


def every_figure(chance: Random) -> list[tuple[str, str]]:
    """Figures of every page: as it opens, and under links at random."""
    study = reconstructed_cohort()
    found = []
    for entry in MENU:
        if "/tools/" in entry.file or entry.address == "methods":
            continue
        on = ground(study, entry, single=True)
        links = [{}, *(_asked(answered(entry.address, on, sparing(study, chance)).pairs) for _ in range(VIEWS))]
        for link in links:
            for key, chart in charts_of(entry.file, link).items():
                small, large = (written(drawn(one)) for one in (chart, fitting(chart, 1000, 640)[0]))
                found += [(f"{entry.address} {key} {link}", small), (f"{entry.address} {key} on stage {link}", large)]
    return found


def _asked(pairs: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    asked: dict[str, list[str]] = {}
    for key, text in pairs:
        asked.setdefault(key, []).append(text)
    return asked


def difference(drawing: Page, figure: str) -> list[str]:
    """In what the figure drawn over the one before differs from the same figure drawn first."""
    live, fresh = (drawing.evaluate(f"(figure) => window.{how}(figure)", figure) for how in ("live", "fresh"))
    return [part for part, seen in fresh.items() if live[part] != seen]


def test_any_figure_over_any_other(drawing: Page) -> None:
    chance = Random(SEED)  # noqa: S311 - no secret
    figures = every_figure(chance)
    assert len({name.split(" ", 1)[0] for name, _ in figures}) >= 9
    before = ""
    for _ in range(DRAWN):
        name, figure = chance.choice(figures)
        assert difference(drawing, figure) == [], f"seed {SEED}: {name}\n over {before}"
        before = name


def one(*traces: dict[str, Any], **layout: Any) -> str:
    return json.dumps({"data": traces, "layout": {"height": 300, "margin": {"t": 10}, "showlegend": False} | layout})


XY = {"x": [1, 2, 3], "y": [3, 1, 2]}
SAYING, SILENT, TOO_FEW = ["one", "two", "three"], ["one", "", None], ["one"]
TWO = ({"uid": "a b", **XY}, {"uid": "a_20b", "x": [1, 2], "y": [9, 9]})
LEGEND = {"showlegend": True, "legend": {"orientation": "h", "yref": "container", "y": 1, "yanchor": "top"}}


@pytest.mark.parametrize("kind", [{"mode": "text"}, {"mode": "markers+text"}, {"type": "bar"}], ids=str)
@pytest.mark.parametrize("silent", [SILENT, TOO_FEW, ""], ids=str)
def test_a_text_that_was_blank_comes_back(drawing: Page, kind: dict[str, str], silent: object) -> None:
    for text in (SAYING, silent, SAYING, silent, "all", SAYING):
        assert difference(drawing, one({**kind, **XY, "text": text})) == []
        if text == SAYING:
            assert set(SAYING) <= set(drawing.locator("main .live-plot text").all_text_contents())


def test_room_of_a_legend_and_curves_of_like_names_leave_nothing_behind(drawing: Page) -> None:
    figures = (one(*TWO, **LEGEND), one(TWO[1]), one(*TWO[::-1]), one(TWO[0], TWO[0]), one(TWO[0]), one(*TWO))
    assert [difference(drawing, figure) for figure in figures] == [[]] * len(figures)


@pytest.mark.parametrize(("numbers", "shown"), [((1, 2), "second"), ((2, 1), "first"), ((1, 1), "second")])
def test_a_figure_of_an_earlier_view_does_not_come_back(drawing: Page, numbers: tuple[int, int], shown: str) -> None:
    sent = [[one({"uid": name, **XY}), number] for name, number in zip(("first", "second"), numbers, strict=True)]
    assert drawing.evaluate("([first, second]) => window.after(first, second)", sent) == [shown]
