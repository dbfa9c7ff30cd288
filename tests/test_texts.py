"""Every text that is shown is given to ``say`` or ``say_counted``, so that another language touches no code.

What reads like a text and is none stands in NO_TEXT, file by file, with the reason.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.catalogue.__main__ import DECLARED, TEXTS, sources

ROOT = Path(__file__).resolve().parents[1]

SENTENCE = re.compile(
    r"[^\W\d_]{2,}[,.;:)”]* [(“]?[^\W\d_]"  # two words
    r"|^[A-Z][a-z]+$"  # a word with a capital
    r"|^[^\W\d_]{2,}[,.;:]? | [^\W\d_]{2,}[.:]?$|^ [^\W\d_]{2,} $"  # a word beside a place to be filled
)
WORD = re.compile(r"[A-Za-z]")

NOT_SHOWN = (ast.Raise, ast.Assert, ast.Compare, ast.Subscript, ast.MatchValue, ast.arg)
"""What never holds a text that is shown: refusals for programmers, comparisons, keys, annotations."""

METHODS = frozenset({"startswith", "endswith", "removeprefix", "removesuffix", "replace", "split", "get", "strip"})
"""Methods whose arguments are looked for, not shown."""

IDS = frozenset({"kind", "key", "widget", "where", "manner", "encoding", "r", "formula", "section", "package"})
"""Arguments that hold ids, calls of R, and what only the document of methods prints."""

NO_TEXT: dict[str, str] = {
    "components/chart/": "draws what it is given: names of shapes, fonts, number formats",
    "components/core/markup.py": "the marks in HTML",
    "components/engine/": "results are numbers and reasons; only programmers read what is raised",
    "components/evidence/fidelity.py": "a command for those who develop the cohort",
    "components/methods/document.py": "the marks and heads of a document that a command writes",
    "components/reconstruct/": "a command for those who develop the cohort",
    "components/report/left_out_document.py": "the marks and a sentence of a document that a command writes",
    "components/report/printed_on_pages.py": "a command for those who develop the cohort",
    "components/ui/private_log.py": "the log of the server",
    "components/ui/server.py": "the log of the server",
    "components/ui/streamlit_internals.py": "refuses a version of Streamlit, for programmers",
    "data/paper/published.py": "refuses a list of numbers that the project itself holds; causes of death of the paper",
    "data/reading/adam_sources.py": "columns of ADaM, and sentences in which they take the place of ours",
    "data/reading/adam_tables.py": "words of files",
    "data/reading/labels.py": "proper names",
    "data/reading/layout.py": "words of files",
    "data/reading/redcap.py": "words of files",
    "data/reading/statistics_file.py": "names of programs, words of files",
    "components/links/former.py": "what links wrote before options had ids",
    "data/variables.py": "words of files; what it declares to be shown the catalogue finds by its place",
    "data/catalogue/": "a command for those who develop the texts",
    "data/language.py": "says that there are no texts",
}
SESSION = re.compile(r"[a-z ]+")
"""Keys of the session, in the files of the screen that are no words: small letters only."""

NAMES = {
    "components/core/envelope_words.py": ("the names of types", {"S", "T"}),
    "pages/explore/baseline.py": ("what links wrote", {" vs "}),
    "components/baseline/words.py": ("ids", {"all", "no", "yes", "absent", "present"}),
    "components/biomarker/words.py": ("ids", {"hazard", "ranking", "search"}),
    "components/links/control_types.py": ("names of types", {"Meaning", "Name"}),
    "components/links/page_controls.py": (
        "names of types",
        {"Value", "MultipleChoice | None", "NumericRange | None", "Infections"},
    ),
    "data/database/tables.py": ("between a measurement and a visit", {" at "}),
    "components/survival/landmark.py": ("a name of a type", {"Who", "Cohort | Counted"}),
    "components/links/view.py": ("names of types", {"Option", "Found"}),
    "components/own_cohort/mapping_words.py": (
        "a name of files, the mark of an id",
        {"myoscope-mapping.json", "listed:"},
    ),
    "data/reading/installed.py": (
        "queries",
        {"SELECT name FROM sqlite_master WHERE type IN ('table', 'view') ORDER BY name", 'SELECT * FROM "'},
    ),
    "components/ui/mapping.py": ("names of types", {"Holds", "Groups", "Limit", "Order", "Role", "dict[Any, str]"}),
    "components/core/kept_words.py": ("a name of files", {"myoscope-cohorts.json"}),
    "data/kept_cohorts.py": ("what a file begins with", {"myoscope kept cohorts"}),
    "components/safety/words.py": ("ids", {"history", "deaths", "stops"}),
    "components/treatment/words.py": ("ids", {"other"}),
    "data/dictionary.py": ("names of types", {"Entry", "Called"}),
    "data/entries.py": ("a key", {"Day 0"}),
    "components/biomarker/panels.py": ("kinds of panels", {"hazard by value"}),
    "components/courses/chart.py": ("keys of rows and marks", {" departed", " patients", " model"}),
    "components/courses/reconstructions.py": ("a key", {"visits beside one another"}),
    "components/evidence/answers.py": ("a name of types", {"Cohort"}),
    "components/export/code.py": ("a line of a script", {"\n# pip install "}),
    "components/export/code_words.py": ("names and numbers of software", {"R 4.2.2, survival 3.5.3"}),
    "components/export/image.py": (
        "fields of a file and who made it",
        {"Title", "Description", "Software", "Creator", "Date", "Subject", "Myoscope"},
    ),
    "components/export/report.py": ("fields of a file and who made it", {"Title", "Creator", "Myoscope"}),
    "components/export/report_words.py": (
        "guidelines and their items",
        {"STROBE", "REMARK", "12a", "12c", "13a", "14c", "16a", "16c"},
    ),
    "components/export/slides.py": ("who made a file", {"Myoscope"}),
    "components/export/table_files.py": ("fields of a file and who made it", {"Myoscope", "Calibri", "General"}),
    "components/methods/words.py": ("a place of a file, a pattern", {"docs", "[^a-z0-9]+"}),
    "components/overview/panels.py": ("keys of visits", {"Month 3", "Month 6", "Month 12", "Month 24"}),
    "components/overview/words.py": ("keys of the dictionary", {"sex", "age", "female", "levels"}),
    "data/reading/adam_variable_messages.py": ("columns of ADaM", {"DTHDT, DTHFL"}),
    "data/reading/upload.py": ("the name of a format", {"Parquet"}),
    "components/patient/words.py": ("keys of the dictionary", {"age"}),
    "components/report/__main__.py": ("the command itself", {"python -m components.report"}),
    "components/safety/panels.py": ("kinds of panels", {"first reaction"}),
    "components/treatment/panels.py": ("kinds of panels", {"time in range"}),
    "data/database/reactions.py": ("a word of files", {"Yes"}),
    "data/reading/adam_messages.py": (
        "keys of reasons, columns of ADaM",
        {"after dose", "before treatment", "no day", "ADT, AVAL", "EOSDT, LSTALVDT"},
    ),
    "data/reading/check_deaths.py": ("a word of files", {"Fatal"}),
    "data/reading/column_units.py": ("names of columns", {"days "}),
    "data/reading/read.py": (
        "names of cohorts, which every screen has words of its own for",
        {"Imported cohort", "Reconstructed from published aggregates"},
    ),
    "data/reading/units.py": ("a unit", {"µg/mL (mg/L)"}),
    "components/ui/widgets.py": ("a name of types", {"Option"}),
    "components/ui/escaped.py": ("a name of types", {"Function"}),
}
"""What reads like a text and is a name or a key, by its file, with the reason."""

MARKUP = re.compile(r"</?[a-z]|\n<style>|\{\s*[a-z-]+: |px; |^[\w-]+/[\w.+-]+$|^[\w-]+\.(?:xlsx|zip|csv|md)$")
"""HTML, CSS, kinds and names of files."""


def ids_of(trees: list[ast.Module]) -> tuple[frozenset[str], frozenset[str]]:
    """The words of all Literal types of the project, which are ids, and its classes whose first field is a key."""
    words, keyed = set[str](), set[str]()
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "Literal":
            words |= {str(part.value) for part in ast.walk(node.slice) if isinstance(part, ast.Constant)}
        elif isinstance(node, ast.ClassDef):
            first = next((part for part in node.body if isinstance(part, ast.AnnAssign)), None)
            if first is not None and isinstance(first.target, ast.Name) and first.target.id == "key":
                keyed.add(node.name)
    return frozenset(words), frozenset(keyed)


SOURCES = {str(file.relative_to(ROOT)): ast.parse(file.read_text(encoding="utf-8")) for file in sources(ROOT)}
WORDS, KEYED = ids_of(list(SOURCES.values()))


def texts_outside(node: ast.AST, like: re.Pattern[str]) -> Iterator[tuple[int, str]]:
    """Line and text of every literal under ``node`` that reads like a text and is not given to ``say``."""
    if isinstance(node, NOT_SHOWN) or is_enum(node):
        return
    if isinstance(node, ast.Constant):
        if (
            isinstance(node.value, str)
            and like.search(node.value)
            and node.value not in WORDS
            and not MARKUP.search(node.value)
        ):
            yield node.lineno, node.value
        return
    for field, value in ast.iter_fields(node):
        for place, child in enumerate(value if isinstance(value, list) else [value]):
            if isinstance(child, ast.AST) and not spared(node, field, place, child):
                yield from texts_outside(child, like)


def is_enum(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef) and any(
        isinstance(base, ast.Name) and base.id == "Enum" for base in node.bases
    )


def spared(node: ast.AST, field: str, place: int, child: ast.AST) -> bool:
    """Whether a part of a node is no text: an annotation, a docstring, a key, or a text in the right place."""
    literal = isinstance(child, ast.Constant | ast.JoinedStr)
    if isinstance(node, ast.Call) and field == "args" and place in DECLARED.get(getattr(node.func, "id", ""), ()):
        return literal
    if isinstance(node, ast.Call) and field == "args":
        called = getattr(node.func, "id", getattr(node.func, "attr", ""))
        return (called in TEXTS and literal) or called in METHODS or (place == 0 and called in KEYED)
    if isinstance(node, ast.keyword):
        return node.arg in IDS
    if isinstance(node, ast.Tuple):
        names = [part.value for part in node.elts if isinstance(part, ast.Constant)]
        keys = len(names) == len(node.elts) and any("_" in str(name) for name in names)
        return keys or (
            place == 0 and isinstance(child, ast.Constant) and bool(re.fullmatch("[a-z_]+", str(child.value)))
        )
    return (
        field in {"annotation", "returns", "format_spec"}
        or (isinstance(node, ast.Expr) and literal)
        or (isinstance(node, ast.DictComp) and field == "key")
        or (isinstance(node, ast.Dict) and field == "keys" and not SENTENCE.search(str(getattr(child, "value", ""))))
    )


@pytest.mark.parametrize("name", [name for name in SOURCES if not name.startswith(tuple(NO_TEXT))])
def test_every_text_is_in_the_catalogue(name: str) -> None:
    like = WORD if name.endswith("words.py") else SENTENCE
    names = NAMES.get(name, ("", set()))[1]
    found = list(texts_outside(SOURCES[name], like))
    if name.startswith("components/ui/") and like is SENTENCE:
        found = [(line, text) for line, text in found if not SESSION.fullmatch(text)]
    assert [(line, text) for line, text in found if text not in names] == []
    assert names <= {text for _, text in found}, "named as no text, but not there"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("TITLE = 'Survival'", ["Survival"]),
        ("f'{n} of the patients'", []),
        ("x = f'{n} of the patients'", [" of the patients"]),
        ("x = f'{n} patients'", [" patients"]),
        ("x = say('All patients')", []),
        ("x = say('{n} of', n='All patients')", ["All patients"]),
        ("x = say_counted(2, 'One patient', 'Two patients')", []),
        ("raise ValueError(f'{n} is not known')", []),
        ("x = {'Every one': 'at_risk'}", ["Every one"]),
        ("x = y.removeprefix('Day of ')", []),
        ("x = y if y == 'Day of' else 'No day'", ["No day"]),
        ("x: Literal['a b'] = 'Every one'", ["Every one"]),
        ("x = Band('the band', [])", []),
        ("x = '<b>The text</b>'", []),
        ("x = 'text/csv'", []),
        ("class X(Enum):\n    A = 'two words'", []),
    ],
)
def test_texts_outside_the_catalogue_are_found(source: str, found: list[str]) -> None:
    assert [text for _, text in texts_outside(ast.parse(source), SENTENCE)] == found
