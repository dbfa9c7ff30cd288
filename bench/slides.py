"""Slides as LibreOffice draws them: numbers at risk must stand under the ticks, nothing may be cut off or covered.

    python -m bench.slides [folder]        (or `make slides`)

Makes a presentation of the committed cohort with curves of one to six groups, groups with long names, the forest plot
and courses, draws it with LibreOffice, measures where every word lies, and leaves the pictures in `folder` to be looked
at. Ends with an error when a number is off its tick, a row is higher than it was made, a word lies outside its slide or
on another, or a program is missing: LibreOffice (libreoffice-impress) or pdftotext (poppler-utils). The tests hold the
file itself without LibreOffice; this is for changes of its layout.
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

from components.chart.slide import LARGE, ROW
from components.core.panel import Panel
from components.courses.analysis import course
from components.courses.axis_range import axis_range
from components.courses.chart import CourseView
from components.courses.panels import course_panel, multiples_panel
from components.export.slides import Entry, presentation
from components.export.stamp import stamp
from components.prognosis.panel import prognosis_panel
from components.survival.analysis import survival
from components.survival.chart import View
from components.survival.hazard_ratios import prognosis
from components.survival.panel import survival_panel
from data.filters import Filter
from data.reading.read import reconstructed_cohort

VIEW = View(730, (0, 183, 365, 548, 730), (0, 6, 12, 18, 24), (365, 730))
NEEDED = ("soffice", "pdftotext", "pdftoppm")
GROUPS = (None, "sex", "subtype", "sao2_group", "ct_pattern", "ip_duration_group", "ferritin_group")
"""Factors of one to six groups, and one whose names are long."""

OFF_TICK, ACROSS, DOWN, UNEVEN = 3.0, 1.5, 4.0, 1.0
"""Points by which a number may miss its tick, two words may reach into each other, and a row may miss its place.

The boxes of two lines of one heading overlap by less than ``DOWN``.
"""

STAMP = 12.0
"""Words of the stamp are lower than so many points, numbers of patients are higher."""

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

    @property
    def is_count(self) -> bool:
        """Whether it is a number in a table, and not one of the stamp."""
        return self.text.isdigit() and self.y1 - self.y0 > STAMP


def panels() -> list[Panel]:
    """Curves, the forest plot, one course and all of them."""
    cohort = reconstructed_cohort().of_population("outcome")
    dictionary, endpoint = cohort.dictionary, cohort.dictionary.leading
    factors = [dictionary.factor[key] if key else None for key in GROUPS]
    curves = [survival_panel(survival(cohort, endpoint, factor), VIEW) for factor in factors]
    prognostic = tuple(factor for factor in dictionary.factors if factor.prognostic)
    measures = dictionary.of_kind("laboratory")
    courses = [course(cohort, measure, dictionary.factor["subtype"]) for measure in measures]
    extents = [axis_range(cohort, measure, "absolute") for measure in measures]
    return [
        *curves,
        prognosis_panel(prognosis(cohort, endpoint, prognostic)),
        course_panel(courses[-1], extents[-1], CourseView()),
        multiples_panel(courses, extents, CourseView(), [None] * len(courses)),
    ]


def drawn(folder: Path) -> Path:
    """The presentation drawn as PDF, with a picture of each slide beside it."""
    cohort = reconstructed_cohort().of_population("outcome")
    today = date(2026, 1, 1)
    entries = [Entry(panel.title, panel, stamp(cohort, Filter(()), panel, today)) for panel in panels()]
    (folder / "slides.pptx").write_bytes(presentation(entries))
    command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / "slides.pptx")]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - a fixed command
    subprocess.run(["pdftoppm", "-r", "80", "-png", "slides.pdf", "slide"], check=True, cwd=folder)  # noqa: S607 - found on PATH
    return folder / "slides.pdf"


def word(x0: str, y0: str, x1: str, y1: str, text: str) -> Word:
    """A word as pdftotext writes it."""
    return Word(float(x0), float(y0), float(x1), float(y1), text)


def words(pdf: Path) -> list[tuple[float, float, list[Word]]]:
    """Width, height and words of every page."""
    command = ["pdftotext", "-bbox", str(pdf), "-"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 - a fixed command
    return [
        (float(wide), float(high), [word(*found) for found in WORD.findall(body)])
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
            if across > ACROSS and down > DOWN:
                wrong.append(f"on each other: {one.text}, {other.text}")
    return wrong + off_ticks(found) + uneven(found)


def uneven(found: list[Word]) -> list[str]:
    """Rows of numbers that are not where equal rows would be: one above them has grown, and the chart has not."""
    months = [one for one, after in pairwise(found) if (one.text, after.text) == ("Months", "since")]
    forest = [word for word, after in pairwise(found) if (word.text, after.text) == ("Patients", "Events")]
    if months:
        rows, high = [word for word in found if word.is_count and word.y0 > months[0].y1], LARGE.row
    elif forest and any(word.text == "scale" for word in found):
        rows, high = [word for word in found if word.is_count and abs(word.x1 - forest[0].x1) < 2], ROW
    else:
        return []
    places = sorted({word.y0 for word in rows})
    steps = [(after - place) / (72 * high) for place, after in pairwise(places) if after - place > UNEVEN]
    return [f"uneven rows: {step:.2f}" for step in steps if abs(step - round(step)) * 72 * high > UNEVEN]


def off_ticks(found: list[Word]) -> list[str]:
    """Numbers at risk that do not stand under their tick; none for slides without curves."""
    pairs = pairwise(found)
    title = next((word for word, after in pairs if (word.text, after.text) == ("Months", "since")), None)
    if title is None:
        return []
    labels = [f"{number:g}" for number in VIEW.tick_numbers]
    ticks = [word for word in found if word.text in labels and title.y0 - 40 < word.y0 < title.y0]
    at = {label: next(word.middle for word in ticks if word.text == label) for label in labels}
    rows = [word for word in found if word.is_count and word.y0 > title.y1 and word.x0 > at["0"] - 20]
    missed = [word for word in rows if min(abs(word.middle - tick) for tick in at.values()) > OFF_TICK]
    return [f"off its tick: {word.text}" for word in missed] + ([] if rows else ["no numbers at risk"])


def main() -> None:
    """Draw, measure, report."""
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
