"""What a page compares: the choice of "Compare by" becomes patients and a factor."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

import pytest

from app import PAGES
from components.core.groups import groups
from components.links.address import Address, settled
from components.links.computed import asked, computed
from components.links.page_input import ground
from data.cohort import Cohort
from data.reading.read import reconstructed_cohort

MENU = {page.address: page for page in PAGES}
KEPT = (("kept", "a~subtype=cadm&anti_mda5=positive~"), ("kept", "b~subtype=pm&anti_ars=positive~Antisynthetase"))
SHOWN = (("subtype", "cadm"), ("anti_mda5", "positive"))


def compared(study: Cohort, page: str, *pairs: tuple[str, str]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The groups that the page makes, and how many patients each holds."""
    found = asked(MENU[page], study, urlencode(pairs), single=True)
    assert found.link.ignored == ()
    made = groups(found.here.cohort, found.here.by(found.link.view))
    return made.labels, made.n


def test_kept_cohorts_are_compared_whatever_the_filter(study: Cohort) -> None:
    expected = (("A", "Antisynthetase"), (28, 21))
    assert compared(study, "survival", *KEPT, ("by", "kept")) == expected
    assert compared(study, "survival", *KEPT, ("by", "kept"), ("sex", "male")) == expected


def test_the_patients_shown_are_compared_with_the_rest_of_everybody_or_of_some(study: Cohort) -> None:
    whole = study.of_population("outcome").n
    by = ("by", "rest")
    assert compared(study, "survival", *SHOWN, by)[1] == (28, whole - 28)
    assert compared(study, "survival", *SHOWN, by, ("against", "but-anti_mda5"))[1] == (28, 33)
    one = compared(study, "survival", *SHOWN, by, *KEPT, ("against", "kept-a"))
    assert one == (("Patients shown",), (28,))


def test_a_rest_of_nobody_is_said(study: Cohort) -> None:
    """All who are positive for anti-MDA5 have CADM, so that nobody else of them is left."""
    for against, said in (("but-subtype", True), ("but-anti_mda5", False)):
        link = asked(MENU["survival"], study, urlencode((*SHOWN, ("by", "rest"), ("against", against))), single=True)
        panel = next(panel for _, panel in computed(MENU["survival"], link))
        assert any("Nobody is left to compare with" in notice for notice in panel.notices) is said


def test_the_untested_can_be_a_group(study: Cohort) -> None:
    found = compared(study, "survival", ("by", "anti_mda5"), ("untested", "true"))
    assert found == (("Positive", "Negative", "Not tested"), (28, 21, 120))


def test_what_was_recorded_locks_the_landmark(study: Cohort) -> None:
    """Who had the event or left by the landmark is left out, and nobody is counted from before it."""
    page = asked(MENU["survival"], study, "by=event-progressed&landmark=91", single=True)
    panel = next(panel for _, panel in computed(MENU["survival"], page))
    assert panel.result.start == 91
    assert panel.result.landmark.cohort.last_days.min() > 91
    assert panel.notices[0].startswith("Progression by month 3: compared are those followed beyond day 91")


@pytest.mark.parametrize("page", ["survival", "baseline", "laboratory", "treatment", "safety"])
def test_every_page_that_compares_takes_made_groups_and_says_so_first(study: Cohort, page: str) -> None:
    for pairs in (
        (*KEPT, ("by", "kept")),
        (*SHOWN, ("by", "rest")),
        (("by", "anti_ars"), ("untested", "true")),
    ):
        found = asked(MENU[page], study, urlencode(pairs), single=True)
        assert found.link.ignored == ()
        panels = [panel for _, panel in computed(MENU[page], found)]
        assert panels
        assert all(panel.notices[: len(found.here.notices)] == found.here.notices for panel in panels)
        assert found.here.notices


def test_without_a_clock_what_was_recorded_is_no_comparison_and_stays_chosen(study: Cohort) -> None:
    chosen = Address("safety", {"by": ("event-progressed",)})
    address, view = settled(chosen, ground(study, MENU["safety"], single=True))
    assert (address.asked, view.values) == (chosen.asked, {})


def test_kept_cohorts_go_along_and_a_hospitals_names_stay_out_of_the_link(study: Cohort, imported: Cohort) -> None:
    texts = tuple(text for _, text in KEPT)
    address = Address("survival", {"kept": texts, "by": ("kept",), "shared": ("out",)})
    assert address.onward("safety", study.dictionary).asked == address.asked
    on = ground(study, MENU["survival"], single=True)
    assert settled(address, on)[0].asked["kept"] == texts
    own = ground(imported, MENU["survival"], single=True)
    assert settled(address, own)[0].asked["kept"][1] == "b~subtype=pm&anti_ars=positive~"


@pytest.fixture(scope="module")
def study() -> Cohort:
    return reconstructed_cohort()


@pytest.fixture(scope="module")
def imported(study: Cohort) -> Cohort:
    return replace(study, provenance=replace(study.provenance, kind="imported"))
