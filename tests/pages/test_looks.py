"""What pages show is listed once, counted in the sidebar, and can be forgotten and brought back."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from components.looks import words
from components.ui.looks import LEDGER

ROOT = Path(__file__).resolve().parents[2]


def counted(test: AppTest) -> str:
    assert not test.exception
    return next(one.value for one in test.sidebar.caption if "looked at" in one.value)


def test_looks_are_counted_once_listed_forgotten_and_brought_back() -> None:
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    test.switch_page("pages/explore/survival.py")
    test.query_params["by"] = "anti_mda5"
    test.run()
    assert counted(test) == words.line(test.session_state[LEDGER])
    assert [(one.look.by, one.printed) for one in test.session_state[LEDGER].entries] == [("anti_mda5", True)]
    next(one for one in test.sidebar.pills if one.key == "subtype").select("cadm").run()
    test.run()
    entries = test.session_state[LEDGER].entries
    assert [(one.filter, one.printed) for one in entries] == [("", True), ("subtype=cadm", False)]
    assert counted(test).startswith("1 comparison looked at.")
    test.switch_page("pages/verify/looks.py")
    test.run()
    assert words.verdict(test.session_state[LEDGER]) in [one.value for one in test.main.markdown]
    next(one for one in test.button if one.label == words.CLEAR).click().run()
    assert LEDGER not in test.session_state
    next(one for one in test.button if one.label == words.BRING_BACK).click().run()
    assert test.session_state[LEDGER].entries == entries


def test_the_empty_list_leads_on() -> None:
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    test.switch_page("pages/verify/looks.py")
    test.run()
    assert not test.exception
    assert words.BEGIN in [one.proto.label for one in test.main.get("page_link")]
