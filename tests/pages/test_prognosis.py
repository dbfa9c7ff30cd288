"""The Prognosis page: the hazard ratios of Table 4, and a sentence where there is nothing to compare."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.links.computed import asked, computed
from components.links.looked_at import looked_at
from components.survival.words import nobody_left
from components.ui.study import IMPORTED
from data.cohort import Cohort
from data.paper.published import published_numbers
from data.reading.read import reconstructed_cohort
from data.variables import DICTIONARY
from pages.explore.prognosis import PAGE

ROOT = Path(__file__).resolve().parents[2]


def page(cohort: Cohort | None, **asked: str) -> AppTest:
    """The page after its first run; without `cohort` that of the reconstructed one."""
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    if cohort is not None:
        test.session_state[IMPORTED] = cohort
    for key, value in asked.items():
        test.query_params[key] = value
    test.switch_page("pages/explore/prognosis.py")
    test.run()
    assert not test.exception
    return test


def tables(test: AppTest) -> str:
    return "".join(element.proto.body for element in test.get("html")).replace("&lt;", "<")


def blocks(test: AppTest) -> dict[str, str]:
    """What stands under each factor's heading, as markup."""
    parts = tables(test).split("<tr class='strong'>")[1:]
    return {part.split("<td>")[1].split("</td>")[0]: part for part in parts}


def printed_ratios() -> list[tuple[str, str, str]]:
    """Factor, level and ``8.16 (1.03–64.47)`` of every hazard ratio of death in Table 4 that has an interval."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for number in published_numbers():
        if number.place == "Table 4" and number.variable in DICTIONARY.factor and not number.group:
            found.setdefault((number.variable, number.level), {})[number.statistic] = number.printed
    return [
        (key, level, f"{known['hazard_ratio']} ({known['lower']}–{known['upper']})")
        for (key, level), known in found.items()
        if {"hazard_ratio", "lower", "upper"} <= set(known)
    ]


def test_the_ratios_of_table_4_stand_on_the_page() -> None:
    shown = blocks(page(None))
    ratios = printed_ratios()
    assert len(ratios) > 20
    missing = [
        (key, level, ratio)
        for key, level, ratio in ratios
        if not any(
            f"<td>{level}</td>" in line and f"<td>{ratio}</td>" in line
            for line in shown[DICTIONARY.factor[key].label].split("<tr")
        )
    ]
    assert missing == []


def test_one_section_at_a_time(enrolled: Cohort) -> None:
    assert set(blocks(page(enrolled, factors="antibodies"))) == {
        "Anti-MDA5 antibody",
        "Anti-ARS antibody",
        "Anti-Jo-1 antibody",
    }


def test_nobody_left(enrolled: Cohort) -> None:
    assert nobody_left() in [entry.value for entry in page(enrolled, subtype="pm", anti_mda5="positive").info]


def test_no_event(enrolled: Cohort) -> None:
    said = " ".join(entry.value for entry in page(enrolled, subtype="pm").info)
    assert said.startswith("None of these 2 patients had the event (death), so no hazard ratio can be given")


def test_one_patient_is_a_sentence(enrolled: Cohort) -> None:
    said = [entry.value for entry in page(enrolled, subtype="cadm", anti_mda5="negative").info]
    assert said[-1].startswith("A single patient cannot be compared")


def test_one_level_has_no_ratio(enrolled: Cohort) -> None:
    block = blocks(page(enrolled, subtype="cadm"))["Subtype"]
    assert "CADM" in block
    assert "(" not in block


def test_a_convention_changes_the_note(enrolled: Cohort) -> None:
    test = page(enrolled)
    notes = " ".join(entry.value for entry in test.caption)
    assert "Breslow ties" in notes
    test.session_state["conventions"] = True
    test.run()
    test.selectbox(key="ties").set_value("efron").run()
    assert "Efron ties" in " ".join(entry.value for entry in test.caption)


def test_factors_chosen_ordered_and_compared_with_another_level() -> None:
    query = "shown=sex&shown=subtype&order=p&reference=subtype-cadm&reference=subtype-classic_dm"
    turned, usual = (asked(PAGE, reconstructed_cohort(), text, single=True) for text in (query, ""))
    (_, panel), (_, before) = (next(computed(PAGE, found)) for found in (turned, usual))
    assert {one.key for one in panel.result.comparisons} == {"sex", "subtype"}
    of_subtype, as_usual = (
        next(one for one in found.result.comparisons if one.key == "subtype") for found in (panel, before)
    )
    assert of_subtype.against == "CADM"
    assert of_subtype.level("pm").ratio.value == pytest.approx(1 / as_usual.level("cadm").ratio.value, rel=1e-6)
    entries = [one for one in looked_at(panel, turned.here, "prognosis") if one.look.by == "subtype"]
    printed = {frozenset(group.id for group in one.look.groups): one.printed for one in entries}
    assert printed[frozenset({"pm", "cadm"})]
    assert not printed.get(frozenset({"cadm", "classic_dm"}), False)


def test_of_two_levels_of_a_factor_to_compare_with_one_is_used_and_the_page_says_which(enrolled: Cohort) -> None:
    one = page(enrolled, reference="subtype-cadm")
    assert not [entry for entry in one.info if "two levels" in entry.value]
    both = page(enrolled, reference=["subtype-cadm", "subtype-classic_dm"])  # type: ignore[arg-type]
    (said,) = [entry.value for entry in both.info if "two levels" in entry.value]
    assert said.startswith("Subtype: two levels were chosen to compare with. Ratios are against CADM;")
    assert "<td>CADM" in blocks(both)["Subtype"].replace("<b>", "")
