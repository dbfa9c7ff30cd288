"""How live the dashboard is: `make bench` prints the script run behind a filter click, and click to repainted figure.

Both are measured beside the usual way of writing such a page (naive_app.py) in the same run and the same browser; only
the ratios travel from machine to machine.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
import warnings
from pathlib import Path
from unittest.mock import patch

from playwright.sync_api import Browser, sync_playwright
from streamlit.runtime.scriptrunner import RerunData, ScriptRunner
from streamlit.testing.v1 import AppTest

from tests.browser.conftest import FLAGS
from tests.browser.visit import served

ROOT = Path(__file__).resolve().parents[1]
CLICKS = 15
PAGES = {"Survival": "survival", "Prognosis": "prognosis"}
OURS = {"Survival": "survival?by=anti_ars", "Prognosis": "prognosis"}
"""What is compared on both pages; the filter must not be on what the groups are groups of."""

NAIVE = {
    "Survival": {"naive page": "survival", "naive, no months lived": "survival&months=no"},
    "Prognosis": {"naive page": "prognosis"},
}

# From the click to the first frame in which the figure's text has changed: the counts in it depend on the filter.
CLICK_TO_PAINT = """(level) => new Promise((painted) => {
  const text = () => [...document.querySelectorAll('.main-svg')].map((svg) => svg.textContent).join('|');
  const before = text();
  const buttons = [...document.querySelectorAll('[data-testid=stSidebar] button')];
  const pill = buttons.find((button) => button.innerText.trim() === level);
  const start = performance.now();
  pill.click();
  const look = () => (text() !== before && text() !== '')
    ? requestAnimationFrame(() => painted(performance.now() - start)) : requestAnimationFrame(look);
  look();
})"""


def script_times(page: str) -> list[float]:
    """Milliseconds of the script runs behind filter clicks on ``page``, without a browser."""
    times: list[float] = []
    plain = ScriptRunner._run_script  # noqa: SLF001 - nothing public brackets just the script

    def timed(runner: ScriptRunner, data: RerunData) -> None:
        start = time.perf_counter()
        plain(runner, data)
        times.append(1000 * (time.perf_counter() - start))

    with patch.object(ScriptRunner, "_run_script", timed):
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
        app.switch_page(f"pages/explore/{page}.py").run()
        times.clear()
        for click in range(2 * CLICKS):
            app.session_state["subtype"] = [["CADM"], ["PM"], []][click % 3]
            app.run()
            if app.exception:
                raise RuntimeError(app.exception[0].value)
    return times


def paint_times(browser: Browser, address: str) -> list[float]:
    """Milliseconds from a click on a subtype to the repainted figure."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(address)
    page.wait_for_selector(".main-svg", timeout=60_000)
    page.wait_for_timeout(2500)
    times = []
    for click in range(CLICKS):
        times.append(page.evaluate(CLICK_TO_PAINT, ["CADM", "PM", "Classic DM"][click % 3]))
        page.wait_for_timeout(600)
    page.context.close()
    return times[3:]


def told(name: str, times: list[float]) -> float:
    """Print and give back the median."""
    middle = statistics.median(times)
    print(f"  {name:<34}{middle:8.0f} ms   (slowest of {len(times)}: {max(times):.0f})")
    return middle


def main() -> None:
    """Measure and print."""
    warnings.simplefilter("ignore")
    print("script run behind a filter click (target: median under 50 ms)")
    for name, page in PAGES.items():
        told(name, script_times(page))
    print("click to repainted figure in headless Chromium (target: at most half of naive)")
    logs = Path(tempfile.mkdtemp())
    with (
        served("app.py", logs / "app.log") as ours,
        served("bench/naive_app.py", logs / "naive.log") as theirs,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name, page in OURS.items():
            fast = told(name, paint_times(browser, f"{ours}/{page}"))
            for kind, query in NAIVE[name].items():
                slow = told(f"{name}, {kind}", paint_times(browser, f"{theirs}/?page={query}"))
                print(f"  {'ratio':<34}{fast / slow:8.2f}")
        browser.close()
