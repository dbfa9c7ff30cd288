"""The Survival page: the published numbers, nine patients by hand, and a sentence wherever there is nothing to draw."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.survival.time_varying_words import OPEN
from components.survival.words import nobody_left
from components.ui.study import IMPORTED
from data.cohort import Cohort
from data.paper.published import PublishedNumber, published_numbers
from data.variables import DICTIONARY

ROOT = Path(__file__).resolve().parents[2]
PRINTED = [
    number
    for number in published_numbers()
    if number.statistic == "survival" and number.visit == "Month 24" and number.place.startswith("Text: Results")
]


def page(cohort: Cohort | None, **asked: str | list[str]) -> AppTest:
    """The page after its first run; without `cohort` that of the reconstructed one."""
    test = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    if cohort is not None:
        test.session_state[IMPORTED] = cohort
    for key, value in asked.items():
        test.query_params[key] = value
    test.switch_page("pages/explore/survival.py")
    test.run()
    assert not test.exception
    return test


def rows(test: AppTest) -> list[list[str]]:
    """The rows of all tables under the figure, as text."""
    bodies = [element.proto.body for element in test.get("html")]
    body = "".join(body for body in bodies if "myo-scroll myo-strip" not in body).replace("<td class='text'>", "<td>")
    lines = body.split("<tr")[1:]
    return [[cell.split("</td>")[0] for cell in line.split("<td>")[1:]] for line in lines if "<td>" in line]


def row(test: AppTest, group: str) -> list[str]:
    """The first row of a group: its estimates."""
    return next(line for line in rows(test) if line[0] == group)


def captions(test: AppTest) -> str:
    return " ".join(entry.value for entry in test.caption)


def notices(test: AppTest) -> str:
    return " ".join(entry.value for entry in (*test.info, *test.warning))


def figures(test: AppTest) -> int:
    return sum("plotly" in str(entry.proto) for entry in test.get("bidi_component"))


@pytest.mark.parametrize("number", PRINTED, ids=lambda number: number.id)
def test_a_published_survival_stands_on_the_page(number: PublishedNumber) -> None:
    """`subtype=CADM` is the row CADM of the comparison by subtype; no group, the row of all patients together."""
    key, _, level = number.group.partition("=")
    by = DICTIONARY.factor[key].label if key else "All patients together"
    test = page(None, by=by, endpoint=DICTIONARY.endpoint[number.variable].label, at="730")
    assert row(test, level or "All patients")[4].startswith(f"{number.printed}%")


def test_nine_patients_by_hand(enrolled: Cohort) -> None:
    """Of three with CADM one dies on day 50 and one on day 750, after the two years of the restricted mean."""
    test = page(enrolled, subtype="cadm", by="none")
    assert row(test, "All patients")[:3] == ["All patients", "3", "2"]
    assert row(test, "All patients")[4].startswith("66.7%")
    assert "**3 of 6 patients**, 2 deaths" in " ".join(entry.value for entry in test.markdown)


def test_the_value_as_it_changes_is_offered_where_a_landmark_is_needed(enrolled: Cohort) -> None:
    assert OPEN not in [box.label for box in page(enrolled, by="subtype").expander]
    assert OPEN in [box.label for box in page(enrolled, by="trough_range").expander]


def test_nobody_left(enrolled: Cohort) -> None:
    test = page(enrolled, subtype="pm", anti_mda5="positive")
    assert nobody_left() in notices(test)
    assert figures(test) == 0


def test_one_patient(enrolled: Cohort) -> None:
    test = page(enrolled, subtype="cadm", anti_mda5="negative")
    assert row(test, "CADM")[:3] == ["CADM", "1", "1"]
    assert figures(test) == 1


def test_no_event_is_said_before_the_figure(enrolled: Cohort) -> None:
    test = page(enrolled, subtype="pm", by="sex")
    assert "None of these 2 patients had the event (death): the curve stays at 100%." in notices(test)
    assert figures(test) == 1


def test_one_level_only_is_not_compared(enrolled: Cohort) -> None:
    test = page(enrolled, subtype="cadm", by="subtype")
    assert "No patients: PM and Classic DM." in captions(test)
    assert len([line for line in rows(test) if line[0] == "CADM"]) == 1


def test_a_factor_known_of_nobody_says_so(enrolled: Cohort) -> None:
    assert "Smoking is not known for any of these 6 patients." in notices(page(enrolled, by="smoking"))


@pytest.mark.parametrize("landmark", ["136", "548"])
def test_every_landmark_leaves_time_to_look_at(enrolled: Cohort, landmark: str) -> None:
    test = page(enrolled, by="trough_range", landmark=landmark)
    assert "link" not in notices(test)


@pytest.mark.parametrize(
    ("key", "option", "said"),
    [
        ("interval", "plain", "Kaplan-Meier with plain 95% limits"),
        ("ties", "Efron", "Efron ties"),
        ("atrisk", "still followed after it", "at risk = still followed after the day"),
    ],
)
def test_a_convention_changes_the_note(enrolled: Cohort, key: str, option: str, said: str) -> None:
    test = page(enrolled)
    assert said not in captions(test)
    test.session_state["conventions"] = True
    test.run()
    test.selectbox(key=key).set_value(option).run()
    assert not test.exception
    assert said in captions(test)


def test_a_filter_that_keeps_nobody_offers_what_leads_on(enrolled: Cohort) -> None:
    test = page(enrolled, subtype="pm", anti_mda5="positive")
    ways = [button for button in test.button if button.key and button.key.startswith("without ")]
    assert [way.label for way in ways] == [
        "Without “Subtype: PM”: 2 patients",
        "Without “Anti-MDA5 antibody: Positive”: 2 patients",
        "Without any condition: 6 patients",
    ]
    ways[0].click().run()
    assert not test.exception
    assert "subtype" not in test.query_params
    assert "**2 of 6 patients**" in " ".join(entry.value for entry in test.markdown)
    assert not [button for button in test.button if button.key and button.key.startswith("without ")]


def test_chips_and_the_button_take_conditions_away(enrolled: Cohort) -> None:
    test = page(enrolled, subtype="cadm", anti_mda5="positive", age=["40", "50"])
    assert [chip.label for chip in test.button if chip.label.startswith(("Subtype", "Anti", "Age"))] == [
        "Subtype: CADM (−3)",
        "Anti-MDA5 antibody: Positive (−4)",
        "Age: 40 to 50 years (−3)",
    ]
    test.button(key="chip age").click().run()
    test.button(key="chip subtype").click().run()
    assert test.session_state["anti_mda5"] == ["positive"]
    next(button for button in test.button if button.label == "Show all patients").click().run()
    assert not test.exception
    assert "**6 patients**, 2 deaths" in " ".join(entry.value for entry in test.markdown)
