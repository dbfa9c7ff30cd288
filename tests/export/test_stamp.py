from __future__ import annotations

import tomllib
from pathlib import Path

from components.core.footer_words import VERSION
from components.core.panel import Panel
from components.export.stamp import Stamp, stamp
from components.survival.analysis import survival
from components.survival.panel import survival_panel
from data.cohort import Cohort
from data.filters import Choice, Filter
from tests.export.conftest import ON, VIEW, curves

COUNTED = "all follow-up, to month 39."
MADE = f"Myoscope {VERSION}, 2026-11-22."


def test_the_stamp_tells_who_how_whence_and_when(stamped: Stamp) -> None:
    assert stamped.lines[-2:] == (
        "All patients, no filter; 30 patients of the clinical outcome population; 6 deaths; " + COUNTED,
        f"Reconstructed from published aggregates; no row is a real patient. Data 0123456789ab. {MADE}",
    )
    assert "Breslow ties" in stamped.lines[-3]


def test_the_filter_stands_in_the_stamp(cohort: Cohort) -> None:
    chosen = Filter((Choice(cohort.dictionary.factor["subtype"], ("cadm",)),))
    kept = chosen.of(cohort.of_population("safety"))
    found = stamp(kept, chosen, curves(kept, None), ON)
    assert found.lines[-2] == (
        f"{chosen.sentence}; 3 patients of the safety population; 2 deaths; all follow-up, to month 25."
    )


def test_without_an_endpoint_deaths_are_counted(cohort: Cohort) -> None:
    panel = Panel("note", "A note", None, (), "alt", "")
    found = stamp(cohort.of_population("safety"), Filter(()), panel, ON)
    assert (found.analysed.n, found.events, found.method) == (7, 2, "")
    assert len(found.lines) == 2


def test_the_stamp_counts_who_is_shown_and_their_events(cohort: Cohort) -> None:
    """Of seven patients anti-ARS is not known for P5, one of the two who died; P2, P3 and P6 progressed."""
    dictionary = cohort.dictionary
    for endpoint, events in zip(dictionary.endpoints, (1, 3), strict=False):
        panel = survival_panel(survival(cohort, endpoint, dictionary.factor["anti_ars"]), VIEW)
        found = stamp(cohort, Filter(()), panel, ON)
        assert (found.analysed.n, found.endpoint, found.events) == (6, endpoint, events)


def test_what_must_be_read_first_goes_along(cohort: Cohort) -> None:
    panel = Panel("note", "A note", None, (), "alt", "", ("Only five patients.",))
    assert stamp(cohort, Filter(()), panel, ON).lines[0] == "Only five patients."


def test_the_version_is_that_of_the_project() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
    assert project["project"]["version"] == VERSION
