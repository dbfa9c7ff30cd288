"""Every line of the dictionary is consistent with itself and with the others."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
import pytest

from components.core.groups import ALL
from data.entries import Factor
from data.levels import MISSING
from data.reading.cells import folded, folded_name
from data.reading.layout import words_of
from data.reading.synonyms import column_meanings
from data.variables import DICTIONARY, SPELLINGS


@pytest.mark.parametrize("factor", DICTIONARY.factors, ids=lambda entry: entry.key)
def test_a_factor_compares_with_one_of_its_levels_and_its_cuts_separate_them(factor: Factor) -> None:
    assert factor.levels[factor.base] == factor.level(factor.reference)
    every = (*factor.levels, factor.missing, *(group for group, _ in factor.composites))
    for names in ([level.id for level in every], [level.word for level in every], [level.label for level in every]):
        assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z0-9_.]+", level.id) for level in every)
    assert ALL not in {level.id for level in every}, "the column of all patients stands beside its groups"
    assert len(factor.cuts) == (len(factor.levels) - 1 if factor.derived else 0)
    assert list(factor.cuts) == sorted(set(factor.cuts))
    assert factor.missing.id == MISSING
    assert factor.visit in DICTIONARY.visit
    for _, members in factor.composites:
        assert set(members) < {level.id for level in factor.levels}
    if factor.derived:
        assert factor.source in DICTIONARY.number or factor.source in DICTIONARY.measure
        assert not factor.post_baseline or factor.source in DICTIONARY.measure


def test_no_key_means_two_things() -> None:
    keys = [*DICTIONARY.factor, *DICTIONARY.number, *DICTIONARY.measure]
    assert len(keys) == len(DICTIONARY.factors) + len(DICTIONARY.numbers) + len(DICTIONARY.measures)
    assert len(set(keys)) == len(keys)


def test_a_derived_measure_divides_a_measure_by_a_number() -> None:
    for measure in DICTIONARY.measures:
        assert bool(measure.source) == bool(measure.per)
        if measure.derived:
            assert measure.source in DICTIONARY.measure
            assert measure.per in DICTIONARY.number


def test_visits_do_not_overlap_and_hold_their_nominal_day() -> None:
    assert all(visit.first <= visit.day <= visit.last for visit in DICTIONARY.visits)
    assert all(later.first == earlier.last + 1 for earlier, later in pairwise(DICTIONARY.visits))


def test_populations_grow_smaller() -> None:
    assert all(set(later.members) < set(earlier.members) for earlier, later in pairwise(DICTIONARY.populations))


def test_plausible_values_include_the_normal_ones_and_the_cuts() -> None:
    for measure in DICTIONARY.measures:
        low, high = measure.plausible
        assert all(low <= limit <= high for limit in measure.normal if limit is not None)
    for factor in (entry for entry in DICTIONARY.factors if entry.derived):
        source = DICTIONARY.number.get(factor.source) or DICTIONARY.measure[factor.source]
        assert all(source.plausible[0] <= cut <= source.plausible[1] for cut in factor.cuts)


def test_term_groups_belong_to_listed_categories() -> None:
    assert {group.category for group in DICTIONARY.term_groups} <= {
        level.word for level in DICTIONARY.reaction_categories
    }


def test_a_spelling_stands_for_a_level_that_exists_and_for_one_level_a_column() -> None:
    tables = ("patients", "reactions", "treatments")
    levels = {word for table in tables for words in words_of(table, DICTIONARY).values() for word in words} | {MISSING}
    assert {level for level, _ in SPELLINGS} <= levels
    for table in tables:
        for words in words_of(table, DICTIONARY).values():
            written = [folded(spelling) for level, spellings in SPELLINGS if level in words for spelling in spellings]
            assert len(set(written)) == len(written)


def test_no_alias_is_the_name_of_another_column() -> None:
    aliases = [(entry.key, entry.aliases) for entry in DICTIONARY.factors]
    aliases += [(entry.key, entry.aliases) for entry in DICTIONARY.numbers]
    for key, names in aliases:
        for alias in names:
            assert column_meanings("patients", DICTIONARY)[folded_name(alias)] == key


def test_levels_say_beyond_and_mean_it() -> None:
    """A level "> 10" begins with the next number after 10, as the target range does, whatever its decimals."""
    trough, steroids = DICTIONARY.factor["trough_range"], DICTIONARY.factor["steroids"]
    low, high = DICTIONARY.measure["trough"].normal
    assert high is not None
    assert (trough.cuts[0], trough.levels[2].label) == (low, f"> {high:g} ng/mL")
    for factor, limit in ((trough, high), (steroids, 0)):
        assert np.searchsorted(factor.cuts, [limit, np.nextafter(limit, 1e9)], side="right").tolist() == [
            len(factor.cuts) - 1,
            len(factor.cuts),
        ]
