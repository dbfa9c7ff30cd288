"""How live the dashboard is: `make bench` prints the script run behind a filter click, and click to repainted figure.

Both are measured beside the usual way of writing such a page (naive_app.py) in the same run and the same browser; only
the ratios travel from machine to machine.

    python -m bench.clicks --beside REVISION    another version of the dashboard, both by turns in the same run
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
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

ROUNDS = 3
BOTH = {**OURS, **{name: name.lower() for name in ("Treatment", "Laboratory", "Safety", "Baseline")}}
"""What both versions are compared on: they open with the same links, and their filter has the same words."""

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


def printed(name: str, times: list[float]) -> float:
    """Print and give back the median."""
    middle = statistics.median(times)
    print(f"  {name:<34}{middle:8.0f} ms   (slowest of {len(times)}: {max(times):.0f})")
    return middle


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
    print(f"click to repainted figure, this version and {revision} (load {os.getloadavg()[0]:.1f} at the start)")
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


def main() -> None:
    """Measure and print."""
    warnings.simplefilter("ignore")
    asked = argparse.ArgumentParser(prog="python -m bench.clicks", description=__doc__)
    asked.add_argument("--beside", metavar="REVISION", help="compare with another version instead of the naive page")
    revision = asked.parse_args().beside
    if revision:
        beside(revision)
    else:
        beside_naive()


def beside_naive() -> None:
    """Print the script runs, and click to repainted figure beside the naive page."""
    print("script run behind a filter click (target: median under 50 ms)")
    for name, page in PAGES.items():
        printed(name, script_times(page))
    print("click to repainted figure in headless Chromium (target: at most half of naive)")
    logs = Path(tempfile.mkdtemp())
    with (
        served("app.py", logs / "app.log") as ours,
        served("bench/naive_app.py", logs / "naive.log") as theirs,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name, page in OURS.items():
            fast = printed(name, paint_times(browser, f"{ours}/{page}"))
            for kind, query in NAIVE[name].items():
                slow = printed(f"{name}, {kind}", paint_times(browser, f"{theirs}/?page={query}"))
                print(f"  {'ratio':<34}{fast / slow:8.2f}")
        browser.close()


if __name__ == "__main__":
    main()
