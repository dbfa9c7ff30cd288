"""A hospital's files in which every text that may be free tries to be something else than text, and a harmless twin."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from itertools import cycle

from components.core.markup import bold

TEXTS = (
    "<img src=x onerror=alert(1)>",
    '<a href="http://evil.example">click</a>',
    "</script><script>alert(1)</script>",
    "[link](javascript:alert(1)) ![i](x)",
    "**bold** _it_ `code` # head",
    "$x^2$ :red[x] :material/close:",
    "{{x}} {0} %s %(a)s %{x}",
    "=cmd|' /C calc'!A0",
    "+1+cmd|'x'!A0",
    "@SUM(1)",
    "'quote' \"double\" \\back\\ `tick`",
    "tab\there",
    "two\nlines\r\nthree",
    "bell\x07 escape\x1b[31m",
    "\u202eright to left",
    "zero\u200bwidth\ufeff",
    bold("our own marks") + "\uffff",
    "www.evil.example me@evil.example",
    "; stop('x') #",
    "&lt;b&gt; &amp; &#60;i&#62;",
    "long name " * 30,
)
"""Texts that a browser, Markdown, a formula, a template, a terminal or a spreadsheet would take for more than text."""

NAME = "<b>Ward</b> **4** $x$ [a](javascript:x) =1+1 {x} \"q\" 's'"
SUBTYPES = ("PM", "CADM", "Classic DM")


def _twin(number: int) -> str:
    return f"plain words {number:02d}"


def twin(text: str) -> str:
    """What the harmless files say in its place."""
    return _twin(TEXTS.index(text))


def files(said: Callable[[str], str] = lambda text: text) -> dict[str, bytes]:
    """The four tables as CSV files; ``said`` turns each free text into what is written."""
    free = cycle(said(text) for text in TEXTS)
    patients, measurements, reactions, treatments = [], [], [], []
    for i in range(2 * len(TEXTS)):
        name = f"{i:02d} {next(free)}"
        died = 200 + 9 * i if i % 5 == 0 else ""
        patients.append(
            {"patient": name, "subtype": SUBTYPES[i % 3], "sex": ("Male", "Female")[i % 2], "age": 40 + i % 30,
             "anti_mda5": ("Positive", "Negative")[i % 2], "institution": next(free), "last_day": died or 500 + 7 * i,
             "death_day": died, "cause_of_death": next(free) if died else ""}
        )  # fmt: skip
        own = next(free)
        for day in (0, 84, 168):
            measurements.append({"patient": name, "day": day, "variable": "trough", "value": 5 + i % 7})
            measurements.append({"patient": name, "day": day, "variable": f"own {own}", "value": 10 + i + day})
        reactions += [
            {"patient": name, "day": day, "category": "Infections", "term": next(free),
             "serious": ("Yes", "No")[i % 2], "outcome": "Recovered"}
            for day in (12, 70)
        ]  # fmt: skip
        treatments.append({"patient": name, "day": 0, "drug": next(free), "action": "start", "reason": ""})
    return {
        "patients": _csv(patients),
        "measurements": _csv(measurements),
        "reactions": _csv(reactions),
        "treatments": _csv(treatments),
    }


def _csv(rows: Sequence[Mapping[str, object]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()
