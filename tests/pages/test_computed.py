"""A click computes what is shown, and nothing of what is folded away."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from app import PAGES
from components.links.computed import asked
from components.links.given import parts
from components.links.part import Part, Piece, Sheets
from data.reading.read import reconstructed_cohort

STUDY = reconstructed_cohort()
ENGINE = f"{Path('components') / 'engine'}"
COUNTING = {page.address: page for page in PAGES if page.panels and page.population}

SHOWN = {
    "survival": {
        "kaplan_meier": 1, "survival_curves": 1, "logrank": 1, "logranks": 1, "cox_model": 2, "coefficients": 1,
        "firth_model": 1, "profile_limits": 1, "proportional_hazards": 1, "restricted_mean": 1,
    },
    "prognosis": {"cox_models": 1, "coefficients": 5},
    "treatment": {"distributions": 1, "stacked_distributions": 1},
    "laboratory": {"distributions": 7, "stacked_distributions": 1},
    "safety": {"poisson_limits": 2, "risk_difference": 2},
}  # fmt: skip
"""What each page asks of the engine when a filter is clicked on it: fits, curves, tests and distributions."""

FITS = frozenset().union(*SHOWN.values()) | {"multivariable_cox", "permutation_logrank", "pairwise_logrank", "gray"}
"""What takes time in the engine; the rest reads their results."""


@contextmanager
def calls_of_the_engine() -> Iterator[Counter[str]]:
    """What is asked of the engine from outside it within the block, by the name of the function."""
    seen: Counter[str] = Counter()

    def note(frame: FrameType, event: str, _argument: Any) -> None:
        before = frame.f_back
        if event != "call" or before is None or ENGINE not in frame.f_code.co_filename:
            return
        if ENGINE not in before.f_code.co_filename:
            seen[frame.f_code.co_name] += 1

    sys.setprofile(note)
    try:
        yield seen
    finally:
        sys.setprofile(None)


def shown(pieces: Iterable[Piece]) -> Iterator[Part]:
    """The panels that a page shows before a visitor unfolds anything."""
    for piece in pieces:
        match piece:
            case Part(fold=None):
                yield piece
            case Sheets():
                for _, on_sheet in piece.entries:
                    yield from shown(on_sheet)


@pytest.mark.parametrize("address", SHOWN)
def test_a_click_computes_what_its_page_shows(address: str) -> None:
    page = COUNTING[address]
    found = asked(page, STUDY, "subtype=cadm&subtype=pm", single=True, others=PAGES)
    with calls_of_the_engine() as seen:
        for part in shown(parts(page, found.here, found.link.view)):
            part.panel()
    assert {name: n for name, n in seen.items() if name in FITS} == SHOWN[address]


@pytest.mark.parametrize(
    ("address", "query"),
    [("survival", ""), ("survival", "by=steroid_tapered&endpoint=progression_free"), ("biomarker", "look=search")],
)
def test_what_is_folded_away_is_computed_when_it_is_unfolded(address: str, query: str) -> None:
    page = COUNTING[address]
    found = asked(page, STUDY, query, single=True, others=PAGES)
    with calls_of_the_engine() as before:
        given = list(parts(page, found.here, found.link.view))
    folded = [piece for piece in given if isinstance(piece, Part) and piece.fold]
    assert folded
    for part in folded:
        with calls_of_the_engine() as own:
            part.panel()
        assert set(own) - set(before), part.key
