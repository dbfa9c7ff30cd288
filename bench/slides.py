"""Slides as LibreOffice draws them: numbers at risk must stand under the ticks, nothing may be cut off or covered.

    python -m bench.slides [folder]        (or `make slides`)

Makes a presentation of the committed cohort with curves of one, three and six groups and the forest plot, draws it
with LibreOffice, measures where every word lies, and leaves the pictures in `folder` to be looked at. Ends with an
error when a number is off its tick, a word lies outside its slide or on another, or a program is missing: LibreOffice
(libreoffice-impress) or pdftotext (poppler-utils). The tests hold the file itself without LibreOffice; this is for
changes of its layout.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

from components.analysis.hazard_ratios import prognosis
from components.analysis.survival import survival
from components.export.slides import Entry, presentation
from components.export.stamp import stamp
from components.figures.survival import View
from components.panels.panel import Panel
from components.panels.prognosis import prognosis_panel
from components.panels.survival import survival_panel
from data.filters import Filter
from data.read import reconstructed_cohort

VIEW = View(730, (0, 183, 365, 548, 730), ("0", "6", "12", "18", "24"), (365, 730))
NEEDED = ("soffice", "pdftotext", "pdftoppm")
OFF_TICK, TOUCH = 3.0, 1.5
"""Points by which a number may miss its tick, and two words may reach into each other."""

WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)</word>')
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)


@dataclass(frozen=True)
class Word:
    """A word on a slide and the box it fills, in points from the upper left corner."""

    x0: float
    y0: float
    x1: float
    y1: float
    text: str

    @property
    def middle(self) -> float:
        """Where it stands across the slide."""
        return (self.x0 + self.x1) / 2


def panels() -> list[Panel]:
    """Curves of one, three and six groups, and the forest plot."""
    cohort = reconstructed_cohort().of_population("outcome")
    dictionary, endpoint = cohort.dictionary, cohort.dictionary.endpoints[0]
    groups = (None, dictionary.factor["subtype"], dictionary.factor["ip_duration_group"])
    prognostic = tuple(factor for factor in dictionary.factors if factor.prognostic)
    curves = [survival_panel(survival(cohort, endpoint, factor), VIEW) for factor in groups]
    return [*curves, prognosis_panel(prognosis(cohort, endpoint, prognostic))]


def drawn(folder: Path) -> Path:
    """The presentation drawn as PDF, with a picture of each slide beside it."""
    cohort = reconstructed_cohort().of_population("outcome")
    population = cohort.dictionary.population["outcome"]
    today = date(2026, 1, 1)
    entries = [Entry(panel.title, panel, stamp(cohort, population, Filter(()), panel, today)) for panel in panels()]
    (folder / "slides.pptx").write_bytes(presentation(entries))
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / "slides.pptx")]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - a fixed command
    subprocess.run(["pdftoppm", "-r", "80", "-png", "slides.pdf", "slide"], check=True, cwd=folder)  # noqa: S607 - found on PATH
    return folder / "slides.pdf"


def words(pdf: Path) -> list[tuple[float, float, list[Word]]]:
    """Width, height and words of every page."""
    command = ["pdftotext", "-bbox", str(pdf), "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 - a fixed command
    return [
        (float(wide), float(high), [Word(*map(float, word[:4]), word[4]) for word in WORD.findall(body)])
        for wide, high, body in PAGE.findall(text)
    ]


def faults(wide: float, high: float, found: list[Word]) -> list[str]:
    """What is wrong with a slide."""
    wrong = [
        f"cut off: {word.text}" for word in found if word.x0 < 0 or word.y0 < 0 or word.x1 > wide or word.y1 > high
    ]
    for i, one in enumerate(found):
        for other in found[i + 1 :]:
            across = min(one.x1, other.x1) - max(one.x0, other.x0)
            down = min(one.y1, other.y1) - max(one.y0, other.y0)
            if across > TOUCH and down > 4 * TOUCH:
                wrong.append(f"on each other: {one.text}, {other.text}")
    return wrong + off_ticks(found)


def off_ticks(found: list[Word]) -> list[str]:
    """Numbers at risk that do not stand under their tick; none for slides without curves."""
    pairs = pairwise(found)
    title = next((word for word, after in pairs if (word.text, after.text) == ("Months", "since")), None)
    if title is None:
        return []
    ticks = [word for word in found if word.text in VIEW.tick_labels and title.y0 - 40 < word.y0 < title.y0]
    at = {label: next(word.middle for word in ticks if word.text == label) for label in VIEW.tick_labels}
    below = [word for word in found if word.y0 > title.y1 and word.text.isdigit() and word.x0 > at["0"] - 20]
    rows = [word for word in below if word.y1 < max(w.y1 for w in found) - 30]
    missed = [word for word in rows if min(abs(word.middle - tick) for tick in at.values()) > OFF_TICK]
    return [f"off its tick: {word.text}" for word in missed] + ([] if rows else ["no numbers at risk"])


def main() -> None:
    """Draw, measure, tell."""
    if missing := [name for name in NEEDED if shutil.which(name) is None]:
        sys.exit(f"Not checked, because these programs are missing: {', '.join(missing)}")
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp(prefix="slides-"))
    folder.mkdir(parents=True, exist_ok=True)
    bad = 0
    for i, page in enumerate(words(drawn(folder)), 1):
        wrong = faults(*page)
        bad += len(wrong)
        print(f"slide {i}: {len(page[2])} words, {'; '.join(wrong) or 'nothing cut off, covered or off its tick'}")
    print(f"pictures: {folder}")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
