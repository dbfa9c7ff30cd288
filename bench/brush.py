"""How soon the counts on the cards follow the pointer: a brush is drawn over a histogram in headless Chromium.

The cards are those of the page "Filter", with the patients of the committed cohort, or so many drawn from them
with replacement, given to the page's own script as the server gives them; no server runs. Measured is the time from the
pointer's move to the first frame after the counts on another card have changed, for each move that changes some.

    python -m bench.brush            170 and 1,000,000 patients; writes the table of docs/benchmarks.md
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import numpy as np
from playwright.sync_api import sync_playwright

from components.links.computed import asked
from components.links.given import parts
from components.links.page import ROOT
from components.links.part import CohortCards
from components.selection import words
from components.selection.cards import Card
from components.ui.cohort_cards import HTML, SCRIPT, STYLE, written
from data.reading.read import reconstructed_cohort
from pages.explore.narrow import PAGE
from tests.browser.conftest import FLAGS

PATIENTS = (170, 1_000_000)
BRUSHED, TARGET = ("kl6_day0", "age", "weight"), 50.0
"""The cards brushed, and the milliseconds within which half of the moves should be repainted."""

DOCUMENT = ROOT / "docs" / "benchmarks.md"
MARKED = re.compile(r"(<!-- written by `python -m bench.brush` -->\n).*?(<!-- to here -->\n)", re.DOTALL)

BRUSH = """async (key) => {
  const texts = (except) => [...document.querySelectorAll('[data-card]')]
    .filter((card) => card.dataset.card !== except).map((card) => card.textContent).join('|');
  const card = document.querySelector(`[data-card="${key}"]`);
  card.scrollIntoView({ block: 'center' });
  const picture = card.querySelector('svg'), box = picture.getBoundingClientRect();
  picture.setPointerCapture = () => undefined;
  const at = (type, share) => picture.dispatchEvent(new PointerEvent(type,
    { bubbles: true, cancelable: true, pointerId: 1, button: 0, clientX: box.left + share * box.width,
      clientY: box.top + 30 }));
  const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  at('pointerdown', 0.15);
  await frame();
  const times = [];
  for (let share = 0.2; share < 0.9; share += 0.02) {
    const before = texts(key), start = performance.now();
    at('pointermove', share);
    const changed = texts(key) !== before;
    await new Promise((painted) => requestAnimationFrame(() => { const channel = new MessageChannel();
      channel.port1.onmessage = painted; channel.port2.postMessage(0); }));
    if (changed) times.push(performance.now() - start);
    await frame();
  }
  at('lostpointercapture', 0.9);
  return times;
}"""


@dataclass(frozen=True)
class Brushed:
    """Milliseconds of each move of so many patients."""

    patients: int
    times: tuple[float, ...]


def shown(patients: int) -> dict[str, Any]:
    """What the page gives its cards for so many patients."""
    found = asked(PAGE, reconstructed_cohort(), "", single=True)
    piece = next(one for one in parts(PAGE, found.here, found.link.view) if isinstance(one, CohortCards))
    n = piece.whole.n
    who = np.arange(n) if patients <= n else np.random.default_rng(1).integers(0, n, patients)
    cards: list[Card] = [replace(card, codes=card.codes[who]) for card in piece.cards]
    return {
        "study": "bench",
        "n": len(who),
        "heard": 0,
        "words": words.CARDS,
        "cards": [written(card) for card in cards],
    }


def brushed(patients: int) -> Brushed:
    """The moves of the pointer over each of the cards brushed."""
    data = shown(patients)
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    script = SCRIPT.replace("export default function", "window.mounted = function")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.set_content(f"<style>{STYLE}</style><div id=root>{HTML}</div><script>{script}</script>")
        page.evaluate(
            "(data) => window.mounted({ data, parentElement: document.getElementById('root'),"
            " setTriggerValue: () => undefined })",
            data,
        )
        times = [time for key in BRUSHED for time in page.evaluate(BRUSH, key)]
        browser.close()
    return Brushed(data["n"], tuple(times))


def table(found: list[Brushed]) -> str:
    """The times in lines of a document."""
    now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    rows = "\n".join(
        f"| {one.patients:,} | {len(one.times)} | {statistics.median(one.times):.0f} | "
        f"{np.quantile(one.times, 0.95):.0f} | "
        f"{'met' if statistics.median(one.times) <= TARGET else 'missed'} |"
        for one in found
    )
    return f"""{now}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.0f}:

| Patients | Moves | Median, ms | 95 of 100 within, ms | Target of {TARGET:.0f} ms |
|---|---|---|---|---|
{rows}

"""


def main() -> None:
    """Measures, prints and writes the table."""
    text = table([brushed(patients) for patients in PATIENTS])
    document = DOCUMENT.read_text("utf-8")
    DOCUMENT.write_text(MARKED.sub(lambda marks: f"{marks[1]}\n{text}{marks[2]}", document), "utf-8")
    print(text)


if __name__ == "__main__":
    main()
