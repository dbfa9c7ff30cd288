"""In another language every text is another one, and every number and choice the same.

The language is made here: each piece of a text between its places stands in ⟦brackets⟧. So whatever stands outside them
has come past the catalogue: it is a number, a name of data, or a fault.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import write_po

from app import PAGES
from components.evidence.words import place_name
from components.methods.where_used import register
from components.methods.words import sections
from data.catalogue.__main__ import collected
from data.language import ENGLISH, english
from data.paper.published import published_numbers
from data.paper.reference import reference
from data.reading.layout import columns_of
from data.reading.read import reconstructed_cohort
from data.variables import DICTIONARY
from tests.test_texts import WORDS

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ("1",)
"""Views beside the one a page opens with."""

NAMES = (
    *("Myoscope", "Python", "R", "Streamlit", "numpy", "scipy", "pandas", "matplotlib", "lifelines", "scikit-survival"),
    *("statsmodels", "STROBE", "REMARK", "Table", "Figure", "SAS"),
    *("log-log", "Breslow", "Efron", "years", "days"),
    *("mg/kg/day", "mg/day", "mg/kg", "ng/mL", "U/mL", "mmHg", "kg", "%FVC", "%DLCO", "PaO₂", "AaDO₂", "KL-6", "SP-D"),
)
"""Names of software and guidelines, units and symbols: the same in every language."""

ID = re.compile(r"[a-z0-9_.~ -]+")
"""How ids are written, which panels hold beside their texts; reports and slides hold none."""

NO_WORDS = re.compile(r"⟦[^⟧]*⟧|#[0-9a-f]{6}|rgba\([0-9,.]+\)|[\ufdd0-\ufdef]")
"""What is said in the other language, colours and marks."""

LISTED = frozenset(
    level.word for level in (*DICTIONARY.reaction_categories, *DICTIONARY.stop_reasons, *DICTIONARY.causes_of_death)
)
"""The words of files for categories, reasons and causes, by which panels find them; shown are their labels."""

DOCUMENT = frozenset({
    *(section.title for section in sections()),
    *(one.r for one in register(place for page in PAGES for place in page.places)),
})  # fmt: skip
"""The headings of docs/methods.md, which is shown as it is written, and calls in R."""

Said = list[tuple[str, str, str]]
"""Page, place and text."""


def bracketed(text: str) -> str:
    """The text in the other language."""
    pieces, literal = [], ""
    for written, place, _, _ in (*Formatter().parse(text), ("", "", None, None)):
        literal += written
        if place is not None:
            escaped = literal.replace("{", "{{").replace("}", "}}")
            pieces.append(f"⟦{escaped}⟧" if re.search(r"[^\W\d_]", literal) else escaped)
            pieces.append(f"{{{place}}}" if place else "")
            literal = ""
    return "".join(pieces)


def test_pieces_stand_in_brackets_and_places_outside() -> None:
    assert bracketed("All patients") == "⟦All patients⟧"
    assert bracketed("{n} of {m}") == "{n}⟦ of ⟧{m}"
    assert bracketed("{a} ({b}), {{level}} limits") == "{a} ({b}⟦), {{level}} limits⟧"


@pytest.fixture(scope="module")
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the catalogue of the other language."""
    folder, catalogue = tmp_path_factory.mktemp("catalogues"), collected()
    catalogue.locale = ENGLISH
    for message in catalogue:
        if message.id:
            forms = tuple(map(bracketed, english(message)))
            message.string = forms if message.pluralizable else forms[0]
    with (folder / "brackets.po").open("wb") as file:
        write_po(file, catalogue)
    return folder


@pytest.fixture(scope="module")
def said(catalogues: Path) -> tuple[Said, Said]:
    """The texts of all pages, in English and in the other language."""
    other = {"MYOSCOPE_LANGUAGE": "brackets", "MYOSCOPE_CATALOGUES": str(catalogues)}
    with ThreadPoolExecutor() as both:
        ours, theirs = both.map(told, ({"MYOSCOPE_LANGUAGE": ""}, other))
    return ours, theirs


def told(language: dict[str, str]) -> Said:
    """The texts that a process tells in whose environment the language stands."""
    process = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.pages.said", *SEEDS],
        cwd=ROOT,
        env={**os.environ, **language},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert process.returncode == 0, process.stderr[-3000:]
    return [tuple(json.loads(line)) for line in process.stdout.splitlines()]


def names_of_data() -> re.Pattern[str]:
    """What is not said by us: texts in the files of the cohort and in the list of the paper's numbers, and names."""
    study = reconstructed_cohort()
    tables = (study.patients, study.measurements, study.reactions, study.treatments)
    cells = {
        part
        for table in tables
        for column in table.select_dtypes("object")
        if column not in {"category", "reason", "cause_of_death"}
        for cell in table[column].dropna().unique()
        for part in str(cell).split("; ")
    }
    numbers = published_numbers()
    paper = {part for number in numbers for part in (place_name(number.place), number.remark, number.reason)}
    paper |= {part for number in numbers for part in (number.level, number.printed)}
    software = reference().software
    columns = columns_of("patients", DICTIONARY)
    own = {*cells, *columns, *paper - LISTED, software, study.provenance.fingerprint} - {""}
    known = sorted({*own, *NAMES}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, known))})(?!\w)", re.IGNORECASE)


def test_nothing_is_said_past_the_catalogue(said: tuple[Said, Said]) -> None:
    named, outside = names_of_data(), set()
    for page, where, text in said[1]:
        bare = named.sub(
            " ", re.sub(r"⟦[^⟧]*⟧|#[0-9a-f]{6}|rgba\([0-9,.]+\)|[\ufdd0-\ufdef]", " ", text.replace("\\", ""))
        )
        held_as_id = where in {"panel", "page", "controls"} and (ID.fullmatch(text) or text in WORDS | LISTED)
        if re.search(r"[A-Za-z]{2,}", bare) and not held_as_id and text not in DOCUMENT:
            outside.add((page, where, text))
    assert sorted(outside)[:40] == []


def test_the_same_views_give_the_same_numbers(said: tuple[Said, Said]) -> None:
    def numbers(texts: Said) -> dict[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        for page, where, text in texts:
            found[page, where] += re.findall(r"\d+(?:\.\d+)?", text)
        for (_, where), all_ in found.items():
            if where == "slides":  # longer words part a table into more slides, each with its head and its place
                all_[:] = sorted({*all_})
        return found

    ours, theirs = map(numbers, said)
    assert sum(map(len, ours.values())) > 10000
    assert [place for place in {**ours, **theirs} if ours[place] != theirs[place]] == []
