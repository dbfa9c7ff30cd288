"""How live the dashboard is: `make bench` prints the script run behind a filter click, and click to repainted figure.

Both are measured beside the usual way of writing such a page (naive_app.py) in the same run and the same browser; only
the ratios travel from machine to machine. A target that is missed is printed as missed.

    python -m bench.clicks --beside REVISION    another version of the dashboard, both by turns in the same run

    python -m bench.clicks --ranges Survival Safety    these pages with ranges across reconstructions and without
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from math import ceil
from pathlib import Path
from unittest.mock import patch

from playwright.sync_api import Browser, Page, sync_playwright
from streamlit.runtime.scriptrunner import RerunData, ScriptRunner
from streamlit.testing.v1 import AppTest

from tests.browser.conftest import FLAGS
from tests.browser.visit import served

ROOT = Path(__file__).resolve().parents[1]
CLICKS = 15
PAGES = {
    "Survival": "survival?by=anti_ars",
    "Prognosis": "prognosis",
    "Treatment": "treatment",
    "Laboratory": "laboratory",
    "Safety": "safety",
    "Two cohorts": "survival?by=rest",
}
"""What is measured; the filter must not be on what the groups are groups of, unless they follow from it."""

NAIVE = {
    "Survival": {"naive page": "survival&months=no", "naive page with months lived": "survival"},
    "Prognosis": {"naive page": "prognosis"},
}
"""The honest peer shows what the page shows at first sight; months lived take lifelines most of a second."""

MEDIAN, ALMOST_ALL = 100.0, 150.0
"""Milliseconds from a click to its picture within which half of the clicks, and 95 of 100, should be."""

RANGES_ADD, WARMING, TURNS = 50.0, 3, 20
"""Milliseconds that ranges across reconstructions may add; clicks that are not counted, and those that are."""

ROUNDS = 3
BOTH = {name: page for name, page in PAGES.items() if name != "Two cohorts"} | {"Baseline": "baseline"}
"""What both versions are compared on: they open with the same links, and their filter has the same words."""

WATCHED = """() => {
  const seen = (window.seen = []), note = (what) => seen.push([what, performance.now()]);
  const Plain = window.WebSocket;
  window.WebSocket = class extends Plain {
    constructor(...given) {
      super(...given);
      const ahead = String(given[0]).includes("/figures");
      this.addEventListener("message", () => note(ahead ? "figure received" : "part of the page received"));
    }
    send(what) {
      if (typeof what !== "string") note("click sent");
      super.send(what);
    }
  };
  window.watchPlotly = () => {
    const plain = window.Plotly.react;
    window.Plotly.react = async (...given) => {
      note("drawing begins");
      const drawn = plain.apply(window.Plotly, given);
      note("drawing ends");
      return drawn;
    };
  };
}"""
"""Notes when what happens behind a click; run before the page's own scripts."""

# From the click to the first frame in which the figure's text has changed: the counts in it depend on the filter.
CLICK_TO_PAINT = """(level) => new Promise((painted) => {
  const parts = () => [...document.querySelectorAll('.main-svg, .live-plot .words')];
  const text = () => parts().map((part) => part.textContent).join('|');
  const before = text();
  const buttons = [...document.querySelectorAll('[data-testid=stSidebar] button')];
  const pill = buttons.find((button) => button.innerText.trim() === level);
  const start = performance.now();
  pill.click();
  const look = () => (text() !== before && text() !== '')
    ? requestAnimationFrame(() => painted(performance.now() - start)) : requestAnimationFrame(look);
  look();
})"""


def script_times(page: str, *, ranges: bool = True) -> list[float]:
    """Milliseconds of the script runs behind filter clicks on ``page``, without a browser.

    Without ``ranges`` those across reconstructions are switched off.
    """
    times: list[float] = []
    plain = ScriptRunner._run_script  # noqa: SLF001 - nothing public brackets just the script

    def timed(runner: ScriptRunner, data: RerunData) -> None:
        start = time.perf_counter()
        plain(runner, data)
        times.append(1000 * (time.perf_counter() - start))

    with patch.object(ScriptRunner, "_run_script", timed):
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
        if not ranges:
            app.query_params["reconstructions"] = "false"
        app.switch_page(f"pages/explore/{page}.py").run()
        times.clear()
        for click in range(2 * CLICKS):
            app.button_group(key="subtype").set_value([["cadm"], ["pm"], []][click % 3]).run()
            if app.exception:
                raise RuntimeError(app.exception[0].value)
    return times


def paint_times(browser: Browser, address: str) -> list[float]:
    """Milliseconds from a click on a subtype to the repainted figure."""
    with opened(browser, address) as page:
        return _painted(page, CLICKS)[3:]


@contextmanager
def opened(browser: Browser, address: str, *, watched: bool = False) -> Iterator[Page]:
    """A page at rest in a browser that has seen nothing before."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    if watched:
        page.add_init_script(f"({WATCHED})()")
    page.goto(address)
    page.wait_for_selector(".main-svg", timeout=60_000)
    page.wait_for_timeout(2500)
    yield page
    page.context.close()


def _painted(page: Page, clicks: int) -> list[float]:
    return [_clicked(page, click) for click in range(clicks)]


def _clicked(page: Page, click: int) -> float:
    """Milliseconds to the picture of one click, after which the page comes to rest."""
    page.bring_to_front()
    time: float = page.evaluate(CLICK_TO_PAINT, ["CADM", "PM", "Classic DM"][click % 3])
    page.wait_for_timeout(600)
    return time


def breakdown(browser: Browser, address: str) -> dict[str, float]:
    """What happens behind one click, and how many milliseconds after it: medians, in their order."""
    found: dict[str, list[float]] = {}
    with opened(browser, address, watched=True) as page:
        page.evaluate("() => window.watchPlotly()")
        _painted(page, 3)
        for click in range(CLICKS):
            page.evaluate("() => { window.seen.length = 0; window.clicked = performance.now(); }")
            found.setdefault("painted", []).append(
                page.evaluate(CLICK_TO_PAINT, ["CADM", "PM", "Classic DM"][click % 3])
            )
            page.wait_for_timeout(600)
            noted = page.evaluate("() => window.seen.map(([what, at]) => [what, at - window.clicked])")
            for what, at in dict(reversed(noted)).items():
                found.setdefault(what, []).append(at)
            found.setdefault("last part of the page received", []).append(
                max(at for what, at in noted if what == "part of the page received")
            )
    return dict(sorted(((what, statistics.median(at)) for what, at in found.items()), key=lambda one: one[1]))


def printed(name: str, times: list[float]) -> float:
    """Print and give back the median."""
    middle, late = statistics.median(times), almost_all(times)
    print(f"  {name:<34}{middle:8.0f} ms   (95 of 100 within {late:.0f}, n = {len(times)})", flush=True)
    return middle


def almost_all(times: list[float]) -> float:
    """Within what 95 of 100 are."""
    return sorted(times)[ceil(0.95 * len(times)) - 1]


def machine() -> str:
    """Where and when it is measured, and what else the machine does."""
    when = datetime.now(tz=UTC)
    return f"{when:%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, {platform.system()}"


@contextmanager
def checked_out(revision: str) -> Iterator[Path]:
    """The project as it was at ``revision``, in a folder of its own until the block is left."""
    folder = Path(tempfile.mkdtemp()) / "before"
    git = ("git", "-C", str(ROOT), "worktree")
    subprocess.run([*git, "add", "--quiet", "--detach", str(folder), revision], check=True)  # noqa: S603 - git, of our own tree
    try:
        yield folder
    finally:
        subprocess.run([*git, "remove", "--force", str(folder)], check=True)  # noqa: S603 - git, of our own tree


def beside(revision: str) -> None:
    """Print click to repainted figure of this version and of ``revision``, by turns so that both meet the same load."""
    print(f"click to repainted figure, this version and {revision} ({machine()})")
    logs = Path(tempfile.mkdtemp())
    with (
        checked_out(revision) as folder,
        served("app.py", logs / "now.log") as now,
        served("app.py", logs / "before.log", root=folder) as before,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name, page in BOTH.items():
            times: dict[str, list[float]] = {now: [], before: []}
            for turn in range(ROUNDS):
                for address in (now, before) if turn % 2 else (before, now):
                    times[address] += paint_times(browser, f"{address}/{page}")
            ours, theirs = printed(f"{name}, now", times[now]), printed(f"{name}, before", times[before])
            print(f"  {'ratio':<34}{ours / theirs:8.2f}")
        browser.close()


def ranges_beside(pages: Sequence[str]) -> None:
    """Print click to repainted figure with ranges across reconstructions and without, click by click by turns."""
    print(f"click to repainted figure with ranges and without, limit {RANGES_ADD:.0f} ms more ({machine()})")
    logs = Path(tempfile.mkdtemp())
    with served("app.py", logs / "app.log") as ours, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name in pages:
            address = f"{ours}/{PAGES[name]}"
            off = f"{address}{'&' if '?' in address else '?'}reconstructions=false"
            with opened(browser, address) as with_ranges, opened(browser, off) as without:
                both = [(_clicked(with_ranges, click), _clicked(without, click)) for click in range(WARMING + TURNS)]
            on, plain = (list(times) for times in zip(*both[WARMING:], strict=True))
            more = printed(f"{name}, with ranges", on) - printed(f"{name}, without", plain)
            print(f"  {'ranges take':<34}{more:8.0f} ms   {'missed' if more > RANGES_ADD else 'met'}")
        browser.close()
    print(machine())


def main() -> None:
    """Measure and print."""
    warnings.simplefilter("ignore")
    asked = argparse.ArgumentParser(prog="python -m bench.clicks", description=__doc__)
    asked.add_argument("--beside", metavar="REVISION", help="compare with another version instead of the naive page")
    asked.add_argument(
        "--ranges", metavar="PAGE", nargs="+", choices=PAGES, help="compare with the ranges switched off"
    )
    chosen = asked.parse_args()
    if chosen.beside:
        beside(chosen.beside)
    elif chosen.ranges:
        ranges_beside(chosen.ranges)
    else:
        beside_naive()


def beside_naive() -> None:
    """Print the script runs, click to repainted figure beside the naive page, and what happens behind one click."""
    print(machine())
    print("script run behind a filter click")
    for name in BOTH:
        with_ranges = printed(name, script_times(name.lower()))
        without = printed(f"{name}, without ranges", script_times(name.lower(), ranges=False))
        print(f"  {'ranges take':<34}{with_ranges - without:8.0f}")
    print(f"click to repainted figure (target: median {MEDIAN:.0f} ms, 95 of 100 within {ALMOST_ALL:.0f} ms)")
    logs = Path(tempfile.mkdtemp())
    with (
        served("app.py", logs / "app.log") as ours,
        served("bench/naive_app.py", logs / "naive.log") as theirs,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name, page in PAGES.items():
            times = paint_times(browser, f"{ours}/{page}")
            fast = printed(name, times)
            missed = fast > MEDIAN or almost_all(times) > ALMOST_ALL
            print(f"  {'':<34}{'target missed' if missed else 'target met':>11}")
            for kind, query in NAIVE.get(name, {}).items():
                slow = printed(f"{name}, {kind}", paint_times(browser, f"{theirs}/?page={query}"))
                print(f"  {'ratio':<34}{fast / slow:8.2f}")
        print("behind one click on Survival, ms after it")
        for what, at in breakdown(browser, f"{ours}/{PAGES['Survival']}").items():
            print(f"  {what:<34}{at:8.0f}")
        browser.close()
    print(machine())


if __name__ == "__main__":
    main()
