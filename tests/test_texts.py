"""Every text that is shown is given to ``say`` or ``say_counted``, so that another language touches no code.

What reads like a text and is none stands in NO_TEXT, file by file, with the reason.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.catalogue.__main__ import TEXTS, sources

ROOT = Path(__file__).resolve().parents[1]

SENTENCE = re.compile(
    r"[^\W\d_]{2,}[,.;:)”]* [(“]?[^\W\d_]"  # two words
    r"|^[A-Z][a-z]+$"  # a word with a capital
    r"|^[^\W\d_]{2,}[,.;:]? | [^\W\d_]{2,}[.:]?$"  # a word beside a place to be filled
)
WORD = re.compile(r"[A-Za-z]")

NOT_SHOWN = (ast.Raise, ast.Assert, ast.Compare, ast.Subscript, ast.MatchValue, ast.arg)
"""What never holds a text that is shown: refusals for programmers, comparisons, keys, annotations."""

METHODS = frozenset({"startswith", "endswith", "removeprefix", "removesuffix", "replace", "split", "get", "strip"})
"""Methods whose arguments are looked for, not shown."""

IDS = frozenset({"kind", "key", "widget", "where", "manner", "encoding", "r"})
"""Arguments that hold ids, and calls of R."""

NO_TEXT: dict[str, str] = {
    "components/engine/": "results are numbers and reasons; only programmers read what is raised",
    "components/reconstruct/": "a command for those who develop the cohort",
    "components/core/markup.py": "the marks in HTML",
    "data/catalogue/": "a command for those who develop the texts",
    "data/language.py": "says that there are no texts",
}
NOT_YET = (
    "app.py",
    *(f"components/{name}/" for name in ("baseline", "biomarker", "chart", "courses", "evidence", "export", "links")),
    *(f"components/{name}/" for name in ("methods", "overview", "own_cohort", "patient", "prognosis", "report")),
    *(f"components/{name}/" for name in ("safety", "treatment", "ui")),
    "components/core/groups.py",
    "data/",
    "pages/",
)
"""Whose texts are still to be given to ``say``."""


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
        if isinstance(node.value, str) and like.search(node.value) and node.value not in WORDS:
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
    if isinstance(node, ast.Call) and field == "args":
        called = getattr(node.func, "id", getattr(node.func, "attr", ""))
        return (called in TEXTS and literal) or called in METHODS or (place == 0 and called in KEYED)
    if isinstance(node, ast.keyword):
        return node.arg in IDS
    if isinstance(node, ast.Tuple):
        return place == 0 and isinstance(child, ast.Constant) and bool(re.fullmatch("[a-z_]+", str(child.value)))
    return (
        field in {"annotation", "returns", "format_spec"}
        or (isinstance(node, ast.Expr) and literal)
        or (isinstance(node, ast.DictComp) and field == "key")
        or (isinstance(node, ast.Dict) and field == "keys" and not SENTENCE.search(str(getattr(child, "value", ""))))
    )


@pytest.mark.parametrize("name", [name for name in SOURCES if not name.startswith((*NO_TEXT, *NOT_YET))])
def test_every_text_is_in_the_catalogue(name: str) -> None:
    like = WORD if name.endswith("words.py") else SENTENCE
    assert list(texts_outside(SOURCES[name], like)) == []


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
        ("class X(Enum):\n    A = 'two words'", []),
    ],
)
def test_texts_outside_the_catalogue_are_found(source: str, found: list[str]) -> None:
    assert [text for _, text in texts_outside(ast.parse(source), SENTENCE)] == found
