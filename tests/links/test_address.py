"""The address as a value: what a choice, a way elsewhere and a browser make of it."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from app import PAGES
from components.links import page_controls, page_input
from components.links.address import Address, arrived, parsed, settled
from components.links.asked import PageContext
from components.links.view import read
from data.cohort import Cohort
from pages.explore.survival import landmark_days

MENU = {page.address: page for page in PAGES}


@pytest.fixture
def ground(enrolled: Cohort) -> PageContext:
    return page_input.ground(enrolled, MENU["survival"], single=True)


def test_a_choice_is_said_and_what_is_shown_at_first_is_not() -> None:
    address = Address("survival", {"subtype": ("cadm",)}).chosen(page_controls.TIES, "efron")
    assert address.asked == {"subtype": ("cadm",), "ties": ("efron",)}
    assert address.chosen(page_controls.TIES, page_controls.TIES.default).asked == {"subtype": ("cadm",)}
    assert address.without({"subtype"}).asked == {"ties": ("efron",)}
    assert address.asking({"by": ("sex",), "ties": ("x",)}).asked == {
        "subtype": ("cadm",),
        "ties": ("x",),
        "by": ("sex",),
    }


def test_filter_conventions_and_comparison_go_along_to_another_page_and_nothing_else_does(enrolled: Cohort) -> None:
    asked = {
        "subtype": ("cadm", "pm"),
        "age": ("40", "60"),
        "age_missing": ("true",),
        "ties": ("efron",),
        "by": ("sex",),
        "endpoint": ("progression_free",),
    }
    address = Address("survival", asked, {"v": ("0",)}, "survival")
    onward = {key: texts for key, texts in asked.items() if key != "endpoint"}
    assert address.onward("safety", enrolled.dictionary) == Address("safety", onward)


def test_everything_goes_along_to_the_methods_with_the_page_it_was_chosen_on(enrolled: Cohort) -> None:
    asked = {"subtype": ("cadm",), "ties": ("efron",), "endpoint": ("progression_free",), "by": ("sex",)}
    address = Address("survival", asked, {"v": ("0",)}, "survival").onward("methods", enrolled.dictionary)
    assert address == Address("methods", {**asked, "from": ("survival",)})
    onward = {"subtype": ("cadm",), "ties": ("efron",), "by": ("sex",)}
    assert address.onward("safety", enrolled.dictionary) == Address("safety", onward)


def test_the_methods_ask_what_the_page_before_asks_of_its_own_patients(enrolled: Cohort) -> None:
    on = page_input.ground(enrolled, MENU["methods"], single=True, others=(MENU["survival"], MENU["safety"]))
    late = next(entry for entry in enrolled.dictionary.factors if entry.post_baseline)
    landmark = landmark_days(enrolled.of_population("outcome"), late)
    query = f"by={late.key}&landmark={landmark.low}&section=x"
    there = read("survival", query, page_input.ground(enrolled, MENU["survival"], single=True))
    here = read("methods", f"{query}&from=survival", on)
    assert here.view.values == {"from": "survival", **there.view.values}
    assert here.ignored == ("section=x",)
    assert read("methods", "from=evidence&by=sex", on).ignored == ("from=evidence",)
    asked = {"from": ("evidence",), "by": ("sex",), "until": ("whole",)}
    assert settled(Address("methods", asked), on)[0] == Address("methods", {"by": ("sex",)})


def test_what_a_browser_shows_is_sorted_into_choices_remarks_and_the_panel(ground: PageContext) -> None:
    texts = parsed("by=sex&data=7&subtype=cadm&subtype=XYZ&colour=red&present=1&present=survival&v=0")
    address = arrived("survival", texts, ground)
    assert address == Address(
        "survival",
        {"subtype": ("cadm",), "by": ("sex",)},
        {"subtype": ("XYZ",), "colour": ("red",), "data": ("7",), "v": ("0",)},
        "survival",
    )
    assert {key: tuple(texts) for key, texts in address.parts.items()} == {
        **texts, "subtype": ("cadm", "XYZ"), "present": ("survival",)
    }  # fmt: skip
    assert arrived("survival", address.parts, ground) == address


def test_what_goes_along_is_kept_unless_the_link_says_otherwise_and_is_never_remarked_on(ground: PageContext) -> None:
    before = Address("safety", {"subtype": ("pm",), "sex": ("female",), "gone": ("1",)})
    address = arrived("safety", parsed("subtype=cadm"), ground, before)
    assert address == Address("safety", {"sex": ("female",), "subtype": ("cadm",)})


def test_what_the_page_no_longer_asks_leaves_the_address(ground: PageContext) -> None:
    by_reaction = next(entry for entry in ground.whole.dictionary.factors if entry.post_baseline)
    first = landmark_days(ground.whole, by_reaction)
    asked = {"by": (by_reaction.key,), "landmark": (str(first.low + 1),)}
    address, view = settled(Address("survival", asked), ground)
    assert urlencode(address.asked, doseq=True) == view.query
    assert "landmark" in address.asked
    assert settled(address.chosen(page_controls.compared(ground.whole.dictionary), "sex"), ground)[0].asked == {
        "by": ("sex",)
    }


def test_an_address_of_before_says_the_same_by_ids_from_then_on(ground: PageContext) -> None:
    before = parsed("by=Trough at month 3&landmark=180&subtype=Classic DM&anti_mda5=Not tested&until=All follow-up")
    address = arrived("survival", before, ground)
    assert (address.remarks, urlencode(address.asked, doseq=True)) == (
        {},
        "subtype=classic_dm&anti_mda5=missing&by=trough_range&landmark=180&until=whole",
    )
    assert arrived("survival", address.parts, ground) == address


COMPARING = (
    "survival",
    "baseline",
    "treatment",
    "laboratory",
    "safety",
    "safety?section=deaths",
    "safety?section=stops",
)


@pytest.mark.parametrize("factor", ["subtype", "sex", "trough_range", "none"])
def test_what_is_compared_by_follows_over_every_page_and_back(enrolled: Cohort, factor: str) -> None:
    """Also what a page shows at first is said once it is chosen: another page may show something else at first."""
    dictionary = enrolled.dictionary
    late = dictionary.factor[factor].post_baseline if factor != "none" else False
    address = Address("survival").chosen(page_controls.compared(dictionary), factor)
    for stop in (*COMPARING, "prognosis", "overview", "methods", *reversed(COMPARING)):
        page, _, section = stop.partition("?section=")
        on = page_input.ground(enrolled, MENU[page], single=True)
        address = address.onward(page, dictionary).asking({"section": (section,)} if section else {})
        address, view = settled(address, on)
        assert address.asked["by"] == (factor,)
        assert arrived(page, address.parts, on) == address
        if stop in COMPARING:
            early = page not in {"survival", "baseline"}
            start = "" if early and not section else "subtype"
            held = view.held(page_controls.compared(dictionary, start, known_at_start=early))
            assert held == ("none" if early and late else factor)


@pytest.mark.parametrize("page", ["survival", "prognosis", "laboratory"])
def test_a_factor_that_nobody_knows_does_not_go_along(enrolled: Cohort, page: str) -> None:
    on = page_input.ground(enrolled, MENU[page], single=True)
    address = arrived(page, parsed("by=shoe_size"), on)
    assert (address.asked, address.remarks) == ({}, {"by": ("shoe_size",)})
    assert settled(Address(page, {"by": ("shoe_size",)}), on)[0].asked == {}
