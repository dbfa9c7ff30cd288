"""A view and its link: each gives the other back, and what a link asks for in vain is named."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app import PAGES as MENU
from components.links import page_input
from components.links.asked import PageContext
from components.links.control_types import Control, SingleChoice
from components.links.page_controls import BY
from components.links.view import Read, answered, link_query, read
from data.cohort import Cohort, Provenance, cohort_from
from pages.explore import biomarker, safety, treatment
from tests.links.answers import answer
from tests.written import tables

MANY = 500
ASKING = tuple(entry.address for entry in MENU if entry.controls is not None)


def ground(enrolled: Cohort, page: str = "survival") -> PageContext:
    return page_input.ground(enrolled, next(entry for entry in MENU if entry.address == page), single=True)


@pytest.fixture(scope="module")
def rebuilt() -> Cohort:
    return cohort_from(tables(), Provenance("reconstructed", "nine patients", "0123456789ab"))


PAGE, CHANCE = st.sampled_from(sorted(ASKING)), st.randoms(use_true_random=True)


@settings(max_examples=MANY)
@given(page=PAGE, chance=CHANCE)
def test_a_view_is_its_link_and_names_no_patient(rebuilt: Cohort, page: str, chance: Random) -> None:
    on = ground(rebuilt, page)
    view = answered(page, on, lambda control: answer(control, chance))
    assert read(page, view.query, on) == Read(view)
    full = read(page, link_query(view, "0123456789ab", "0.1.0"), on)
    assert full == Read(view, data="0123456789ab", version="0.1.0")
    assert not {text for _, text in view.pairs} & set(rebuilt.patients["patient"])


def controls(page: str, on: PageContext) -> Iterator[Control]:
    """Every control of a page, whatever the earlier ones with few options answer."""
    found: dict[str, Control] = {}
    for tab in (
        None,
        *(c for c in (treatment.PART, biomarker.LOOK, safety.SECTION)),
    ):
        for name in tab.ids if tab else ("",):

            def told(control: Control, tab: SingleChoice[str] | None = tab, name: str = name) -> object:
                found[control.key] = control
                return name if tab and control.key == tab.key else control.default

            answered(page, on, told)  # type: ignore[arg-type]
    yield from found.values()


def test_keys_are_unique_over_the_pages(rebuilt: Cohort) -> None:
    """A visitor who changes the page keeps no choice that meant something else there."""
    first = {control.key: control for page in ASKING for control in controls(page, ground(rebuilt, page))}
    for page in ASKING:
        for control in controls(page, ground(rebuilt, page)):
            other = first[control.key]
            assert type(control) is type(other)
            if isinstance(control, SingleChoice) and isinstance(other, SingleChoice):
                if control.key == BY:  # not every page offers every factor, and each starts with its own
                    both = set(control.ids) & set(other.ids)
                    assert all(control.meaning(id_) == other.meaning(id_) for id_ in both)
                else:
                    assert (control.options, control.start) == (other.options, other.start), control.key


def test_options_are_unique_by_id_by_label_and_by_what_links_wrote(rebuilt: Cohort) -> None:
    for page in ASKING:
        for control in controls(page, ground(rebuilt, page)):
            if isinstance(control, SingleChoice):
                options = control.options
                assert len({option.id for option in options}) == len(options), control.key
                assert len({option.label for option in options}) == len(options), control.key
                texts = [text for option in options for text in {option.id, *option.former}]
                assert len(set(texts)) == len(texts), control.key


@pytest.mark.parametrize(
    ("query", "values", "ignored"),
    [
        ("", {}, ()),
        ("subtype=cadm&anti_mda5=positive", {"subtype": ("cadm",), "anti_mda5": ("positive",)}, ()),
        ("subtype=cadm&subtype=XYZ", {"subtype": ("cadm",)}, ("subtype=XYZ",)),
        ("anti_mda5=missing", {"anti_mda5": ("missing",)}, ()),
        ("sex=male&smoking=yes", {"sex": ("male",)}, ("smoking=yes",)),
        ("age=40&age=60", {"age": (40.0, 60.0)}, ()),
        ("age=4&age=60", {}, ("age=4", "age=60")),
        ("by=sex&until=whole", {"by": "sex", "until": "whole"}, ()),
        ("by=Shoe size", {}, ("by=Shoe size",)),
        ("by=trough_range&landmark=180", {"by": "trough_range", "landmark": 180}, ()),
        ("landmark=180", {}, ("landmark=180",)),
        ("by=trough_range&landmark=7", {"by": "trough_range"}, ("landmark=7",)),
        ("at=", {"at": ()}, ()),
        ("band=false&band_width=3", {"band": False}, ("band_width=3",)),
        ("interval=log&present=1&embed=true", {"interval": "log"}, ()),
        ("patient=P3", {}, ("patient=P3",)),
    ],
)
def test_reading(enrolled: Cohort, query: str, values: dict[str, object], ignored: tuple[str, ...]) -> None:
    found = read("survival", query, ground(enrolled))
    assert (found.view.values, found.ignored) == (values, ignored)


def test_a_range_may_keep_those_without_a_value(enrolled: Cohort) -> None:
    found = read("survival", "weight=50&weight=70&weight_missing=true", ground(enrolled))
    assert found.view.values == {"weight": (50.0, 70.0), "weight_missing": True}


def test_data_and_version_are_read_apart(enrolled: Cohort) -> None:
    found = read("survival", "by=sex&data=abc&v=0.0.9", ground(enrolled))
    assert (found.data, found.version, found.ignored) == ("abc", "0.0.9", ())


def test_single_patients_are_not_offered_where_they_stay_hidden(enrolled: Cohort) -> None:
    on = ground(enrolled, "treatment")
    assert read("treatment", "form=single", on).ignored == ()
    assert read("treatment", "form=single", replace(on, single=False)).ignored == ("form=single",)


def test_a_page_without_controls_of_its_own_still_has_the_filter(enrolled: Cohort) -> None:
    found = read("overview", "sex=male&until=whole", ground(enrolled, "overview"))
    assert (found.view.query, found.ignored) == ("sex=male", ("until=whole",))


def test_what_another_page_compares_by_is_known_where_nothing_is_compared(enrolled: Cohort) -> None:
    found = read("overview", "sex=male&by=sex", ground(enrolled, "overview"))
    assert (found.view.query, found.ignored) == ("sex=male", ())
    assert read("overview", "by=shoe_size", ground(enrolled, "overview")).ignored == ("by=shoe_size",)
