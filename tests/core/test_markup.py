"""Marks are the only markup: whatever a text holds is text in every medium, and no string of ours holds a tag."""

from __future__ import annotations

import ast
import json
import re
from html import unescape
from pathlib import Path

import pytest

from components.core.markup import JOINER, LINE, bold, coloured, italic, markdown, markup_of, plain
from data.reading.cells import unmarked

ROOT = Path(__file__).resolve().parents[2]
TAG = re.compile(r"</?(a|b|i|br|em|img|span|strong|sub|sup)\b")

HOSTILE = (
    '<a href="http://evil.example">click</a>',
    "<img src=x onerror=alert(1)>",
    "<b>bold</b><br>&lt;i&gt; &#60;a&#62;",
    "*b* _i_ ~~s~~ `c` **bb** # head > quote | cell",
    "$x^2$ :red[r] :material/close: :smile: [a](http://a.example) ![b](c)",
    "http://evil.example www.evil.example a@b.example",
    "=1+1",
    "%{x} %{customdata}",
    "</script><script>alert(1)</script>",
    "\u202eright to left\u202c עברית",
    "back\\slash \\n 'quote' \"double\"",
    "1. item",
    "long " * 60,
)


ROOT = Path(__file__).resolve().parents[2]
MARKDOWN_ITSELF = {"components/methods/words.py", "components/report/left_out_document.py"}
"""What is written as a document of Markdown, and shown as one."""


@pytest.mark.parametrize("text", HOSTILE)
def test_a_figure_holds_no_markup_but_marks(text: str) -> None:
    read = json.loads(markup_of(json.dumps({"text": f"{bold(text)}{LINE}x"}, ensure_ascii=False)))["text"]
    head, tail = "<b>", "</b><br>x"
    assert (read[: len(head)], read[-len(tail) :]) == (head, tail)
    inner = read[len(head) : -len(tail)]
    assert "<" not in inner
    assert unescape(inner) == text


def test_every_mark_has_its_tag() -> None:
    assert markup_of(f"{italic('i')}{coloured('c', '#0b6677')}") == "<i>i</i><span style='color:#0b6677'>c</span>"


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_escapes_every_sign(text: str) -> None:
    told = markdown(text)
    bare = re.sub(r"\\[!-/:-@\[-`{-~]", " ", told).replace(JOINER, "")
    assert re.search(r"[!#$&*+:<=>@\[-`{-~]", bare) is None
    assert re.search(r"^[-.]|\d[.)](?!\w)|(?<!\w)[-.]", bare) is None, "no list, no rule"
    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", told).replace("\u2060", "") == text


def test_markdown_of_marks() -> None:
    assert markdown(f"{bold('61 of 169')}, {italic('a*b')}") == r"**61 of 169**, *a\*b*"
    assert markdown("Anti-MDA5, ng/mL (0.5%)") == "Anti-MDA5, ng/mL (0.5%)", "screen readers hear no backslashes"
    assert markdown("1. one - two") == r"1\. one \- two"
    assert markdown("1) www.a.example") == f"1\\) www{JOINER}.a.example"
    assert plain(f"{bold('a')}{LINE}{coloured('b', '#0b6677')}") == "a b"
    assert bold("") == ""


def test_a_file_brings_no_marks() -> None:
    assert unmarked(bold("a") + "\uffff") == "\ufffda\ufffd\ufffd"


def test_a_file_brings_no_control_characters_and_a_label_is_one_line() -> None:
    assert unmarked("bell\x07 \x1b[31m \x80 \ud800") == "bell\ufffd \ufffd[31m \ufffd \ufffd"
    assert unmarked("two\r\nlines\tand a tab") == "two lines and a tab"
    assert unmarked("１２ é 東京") == "１２ é 東京"


WRITTEN_BY_HAND = {"chart", "engine", "reconstruct", "export", "links", "ui", "__pycache__"}
"""Folders that write the markup of a medium, or nothing to be read; all others hold a question's own words."""


@pytest.mark.parametrize(
    "folder",
    sorted(path.name for path in (ROOT / "components").iterdir() if path.is_dir() and path.name not in WRITTEN_BY_HAND),
)
def test_no_string_of_ours_holds_a_tag(folder: str) -> None:
    """A tag would be shown as it stands: bold, italics, colour and new lines are marks."""
    found = []
    files = [file for file in sorted((ROOT / "components" / folder).glob("*.py")) if file.name != "markup.py"]
    assert files
    for file in files:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        docs = {ast.get_docstring(node, clean=False) for node in ast.walk(tree)
                if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)}  # fmt: skip
        for node in ast.walk(tree):
            if not isinstance(node, ast.Constant):
                continue
            text = node.value
            if isinstance(text, str) and text not in docs and TAG.search(text):
                found.append(f"{file.name}:{node.lineno}")
    assert found == []


def test_no_text_says_its_bold_in_markdown_which_every_renderer_escapes() -> None:
    written = {
        file.relative_to(ROOT).as_posix()
        for folder in ("components", "pages")
        for file in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.JoinedStr)
        and any(isinstance(part, ast.Constant) and "**" in str(part.value) for part in node.values)
    }
    assert written <= MARKDOWN_ITSELF
