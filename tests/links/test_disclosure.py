"""Small counts hidden: no two views shown differ by one to four patients, and what says nothing is withheld."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.core import small_counts_words as words
from components.core.panel import Panel
from components.core.small_counts import VARIABLE, forced, hidden_at_first
from components.links.computed import asked
from components.links.disclosure import withheld_filter
from components.links.given import parts
from components.links.page import Page
from components.links.page_input import PageInput
from components.links.part import Part, Said, Sheets
from components.links.view import View
from data.cohort import Cohort
from data.counted import Counted
from data.entries import Factor
from data.filters import Choice, Filter
from data.levels import MISSING
from data.variables import DICTIONARY

FACTORS = tuple(DICTIONARY.factor[key] for key in ("subtype", "sex", "anti_mda5"))


def counted(codes: Sequence[tuple[int, ...]]) -> Counted:
    """Patients with these levels of the factors (-1: not known)."""
    table = np.array(codes, dtype=np.int64).reshape(len(codes), len(FACTORS))
    days, had = np.full(len(codes), 100), np.zeros(len(codes), dtype=np.bool_)
    levels = {factor.key: table[:, i] for i, factor in enumerate(FACTORS)}
    weights = np.ones(len(codes), dtype=np.int64)
    return Counted(weights, levels, {DICTIONARY.leading.key: (days, had)}, days, DICTIONARY, None)


def kept(patients: Any, chosen: Filter) -> Any:
    return np.logical_and.reduce([np.ones(patients.rows, dtype=bool), *(one.kept(patients) for one in chosen.parts)])


def _choices(factor: Factor) -> st.SearchStrategy[Choice | None]:
    ids = (*(level.id for level in factor.levels), MISSING)
    some = st.lists(st.sampled_from(ids), min_size=1, unique=True)
    return st.none() | some.map(lambda levels: Choice(factor, tuple(id_ for id_ in ids if id_ in levels)))


FILTERS = st.tuples(*map(_choices, FACTORS)).map(lambda found: Filter(tuple(one for one in found if one)))
# Of a few kinds of patients several each, so that some groups are large enough to be shown.
KINDS = st.tuples(*(st.integers(-1, len(factor.levels) - 1) for factor in FACTORS))
COHORTS = st.lists(st.tuples(KINDS, st.integers(1, 9)), min_size=2, max_size=7).map(
    lambda kinds: counted([kind for kind, n in kinds for _ in range(n)])
)


@given(patients=COHORTS, wide=FILTERS, narrow=FILTERS)
def test_of_two_shown_views_the_larger_keeps_the_same_or_five_more(
    patients: Counted, wide: Filter, narrow: Filter
) -> None:
    """The narrow one keeps some of the levels of each condition of the wide one, and may have more conditions."""
    held = {one.key: one for one in narrow.parts}
    both = []
    for one in wide.parts:
        levels = tuple(id_ for id_ in one.levels if one.key in held and id_ in held.pop(one.key).levels) or one.levels  # type: ignore[union-attr]
        both.append(Choice(one.factor, levels))  # type: ignore[union-attr]
    inner = Filter((*both, *held.values()))
    if withheld_filter(patients, wide) or withheld_filter(patients, inner):
        return
    apart = int((kept(patients, wide) & ~kept(patients, inner)).sum())
    assert apart == 0 or apart >= 5


def test_a_condition_that_sets_four_apart_is_named() -> None:
    patients = counted([(0, 0, -1)] * 20 + [(1, 0, -1)] * 4)
    (subtype, sex, _) = FACTORS
    pm = Choice(subtype, (subtype.levels[0].id,))
    assert withheld_filter(patients, Filter((pm,))) == words.isolates(pm.sentence)
    assert not withheld_filter(counted([(0, 0, -1)] * 20 + [(1, 0, -1)] * 5), Filter((pm,)))
    men = Choice(sex, (sex.levels[0].id,))
    assert withheld_filter(patients, Filter((men, pm))) == words.isolates(pm.sentence)


@pytest.mark.parametrize(
    ("wanted", "at_first", "always"),
    [("", True, False), ("hidden", True, True), ("shown", False, False), ("SHOWN ", False, False), ("no", True, False)],
)
def test_an_installation_decides(wanted: str, at_first: bool, always: bool) -> None:  # noqa: FBT001
    told = {VARIABLE: wanted}
    assert (hidden_at_first("imported", told), forced(told)) == (at_first, always)
    assert not hidden_at_first("reconstructed", told)


def _page(*pieces: Any) -> Page:
    def panels(_here: PageInput, _view: View) -> Iterator[Any]:
        yield from pieces

    return Page("New", "pages/explore/new.py", "What is new?", "safety", panels)


def _given(study: Cohort, page: Page) -> list[Any]:
    found = asked(page, study, "", single=True, hides=True)
    return list(parts(page, found.here, found.link.view))


@dataclass(frozen=True)
class Unknown:
    """A kind of piece that nobody has thought of."""

    secret: int = 3


def test_what_says_nothing_of_small_counts_is_withheld_uncomputed(enrolled: Cohort) -> None:
    def never() -> Panel:
        raise AssertionError("computed")

    part, unknown, sheets = _given(
        enrolled, _page(Part("new", never), Unknown(), Sheets((("One", (Part("inner", never),)),)))
    )
    assert part.panel().notices == (words.NO_SAFE_FORM,)
    assert unknown == Said(words.NO_SAFE_FORM, "small")
    assert sheets.entries[0][1][0].panel().notices == (words.NO_SAFE_FORM,)


def test_a_panel_that_promised_a_rounded_form_and_has_none_is_withheld(enrolled: Cohort) -> None:
    exact = Panel("new", "New", None, (), "3 patients", "3")
    (part,) = _given(enrolled, _page(Part("new", lambda: exact, counts="rounded")))
    assert (part.panel().alt, part.panel().notices) == (words.NO_SAFE_FORM, (words.NO_SAFE_FORM,))
