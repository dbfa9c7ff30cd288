"""No text reaches Streamlit but through ``components.ui.escaped``, and what goes through it is text."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from app import PAGES
from components.biomarker import words as biomarker
from components.core.markup import bold, markdown
from components.links import page_controls
from components.links.control_types import SingleChoice
from components.safety import words as safety
from components.treatment import words as treatment
from tests.as_read import read
from tests.core.test_markup import HOSTILE

ROOT = Path(__file__).resolve().parents[2]
READ_AS_MARKDOWN = frozenset({
    "title", "header", "subheader", "markdown", "write", "caption", "text", "info", "warning", "error", "success",
    "exception", "toast", "status", "spinner", "expander", "popover", "dialog", "metric", "badge", "latex",
    "button", "download_button", "link_button", "page_link", "form_submit_button", "selectbox", "multiselect",
    "toggle", "checkbox", "radio", "slider", "select_slider", "number_input", "text_input", "text_area", "date_input",
    "time_input", "file_uploader", "segmented_control", "pills", "feedback", "color_picker", "camera_input", "table",
})  # fmt: skip
DOCUMENTS = frozenset({"section.text", "words.contents()"})
"""What is shown as Markdown of our own: the document of methods and the links to its sections."""

FILES = sorted(
    file for folder in ("components/ui", "pages") for file in (ROOT / folder).rglob("*.py") if file.name != "escaped.py"
)


def calls(file: Path) -> list[ast.Call]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]


def ours(file: Path) -> set[str]:
    """The modules and functions of the project that a file names."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {name.asname or name.name for node in imports for name in node.names
            if (node.module or "").startswith("components")}  # fmt: skip


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_text_goes_to_streamlit_by_another_way(file: Path) -> None:
    found = []
    for node in calls(file):
        function = node.func
        assert isinstance(function, ast.Attribute)
        owner = ast.unparse(function.value)
        if function.attr in READ_AS_MARKDOWN and owner not in {"sys.stderr", *ours(file)}:
            found.append(f"{node.lineno}: {owner}.{function.attr}")
        if owner == "st" and any(keyword.arg == "unsafe_allow_html" for keyword in node.keywords):
            found.append(f"{node.lineno}: HTML in Markdown")
    assert found == []


def test_only_our_documents_are_shown_as_markdown() -> None:
    shown = [ast.unparse(call.args[0]) for file in FILES for call in calls(file)
             if ast.unparse(call.func) == "escaped.authored"]  # fmt: skip
    assert shown == ["piece.markdown"]
    pieces = [ast.unparse(node.args[0]) for folder in ("components", "pages") for file in (ROOT / folder).rglob("*.py")
              for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
              if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "Written"]  # fmt: skip
    assert set(pieces) == DOCUMENTS


def test_the_names_of_tabs_are_ours() -> None:
    """A tab's name is its value in the session and stays as it is, so none may come from a file."""
    modules = [page_controls, *(sys.modules[page.panels.__module__] for page in PAGES if page.panels)]
    declared = [one for module in modules for one in vars(module).values() if isinstance(one, SingleChoice)]
    tabs = [one.labels for one in declared if one.look.widget == "tabs"]
    assert tabs == [treatment.TABS, biomarker.TABS, safety.SECTIONS]
    asked = "".join(Path(str(module.__file__)).read_text(encoding="utf-8") for module in modules)
    assert asked.count('widget="tabs"') == len(tabs), "a control made for a cohort is no tab"


def everything(text: str, marked: str) -> None:
    from components.ui import escaped  # noqa: PLC0415 - the script of a page stands alone

    escaped.text(marked)
    escaped.caption(text, help=text)
    escaped.subheader(text, anchor=False)
    escaped.info(text)
    escaped.metric(text, text, text)
    escaped.button(text, key="button", help=text)
    escaped.toggle(label=text, key="toggle")
    escaped.text_input(text, text, key="input")
    escaped.expander(text)
    escaped.pills("title", [text], key="pills")


@pytest.mark.usefixtures("as_sent")
@pytest.mark.parametrize("text", [text.strip() for text in HOSTILE])
def test_what_arrives_is_escaped_and_reads_as_it_was_written(text: str) -> None:
    test = AppTest.from_function(everything, kwargs={"text": text, "marked": bold(text)}).run()
    assert not test.exception
    told = markdown(text)
    assert test.markdown[0].value == f"**{told}**"
    assert (test.caption[0].value, test.caption[0].help) == (told, told)
    assert test.subheader[0].value == test.info[0].value == told
    assert (test.metric[0].label, test.metric[0].value) == (told, told)
    assert (test.button[0].label, test.button[0].help, test.toggle[0].label) == (told, told, told)
    assert (test.text_input[0].label, test.text_input[0].value) == (told, text)
    assert test.expander[0].label == told
    assert test.button_group[0].options == [told]
    assert read(told) == text
