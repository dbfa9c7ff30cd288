"""Words are only shown: with other labels for all levels, variables and options, only texts change."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from random import Random
from typing import Any

import pytest

from app import PAGES
from components.chart.chart import Chart
from components.chart.numbers import shown
from components.core.panel import Panel
from components.export.code import recipe
from components.links import page_controls
from components.links.computed import asked, computed
from components.links.control_types import MultipleChoice, SingleChoice
from components.links.page_input import ground
from components.links.view import answered, read
from data.cohort import Cohort
from data.dictionary import Dictionary
from data.levels import Level
from tests.links.answers import sparing

COMPUTED = {page.address: page for page in PAGES if page.panels}
SEEDS = range(6)
OPEN, CLOSE = "⟦", "⟧"


def other(label: str) -> str:
    """The label in brackets; after its sign where it is a percentage, which then needs no unit."""
    return f"%{OPEN}{label[1:]}{CLOSE}" if label.startswith("%") else f"{OPEN}{label}{CLOSE}"


def plain(text: str) -> str:
    """A text without the marks of other labels, whatever case a label has within a sentence."""
    return text.replace(OPEN, "").replace(CLOSE, "").casefold()


def renamed(level: Level) -> Level:
    return replace(level, label=other(level.label))


def relabelled(words: Dictionary) -> Dictionary:
    """The dictionary with other labels for every level and every variable; ids, keys and words of files stay."""
    factors = tuple(
        replace(
            factor,
            label=other(factor.label),
            levels=tuple(map(renamed, factor.levels)),
            missing=renamed(factor.missing),
            composites=tuple((renamed(whole), ids) for whole, ids in factor.composites),
        )
        for factor in words.factors
    )
    return replace(
        words,
        factors=factors,
        reaction_categories=tuple(map(renamed, words.reaction_categories)),
        term_groups=tuple(replace(group, label=other(group.label)) for group in words.term_groups),
        drugs=tuple(replace(drug, label=other(drug.label)) for drug in words.drugs),
        actions=tuple(map(renamed, words.actions)),
        study_drug=renamed(words.study_drug),
        stop_reasons=tuple(map(renamed, words.stop_reasons)),
        causes_of_death=tuple(map(renamed, words.causes_of_death)),
        visits=tuple(replace(entry, label=other(entry.label)) for entry in words.visits),
        populations=tuple(replace(entry, label=other(entry.label)) for entry in words.populations),
        numbers=tuple(replace(entry, label=other(entry.label)) for entry in words.numbers),
        measures=tuple(replace(entry, label=other(entry.label)) for entry in words.measures),
        endpoints=tuple(replace(entry, label=other(entry.label)) for entry in words.endpoints),
    )


@pytest.fixture
def other_options(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other labels for every option that all cohorts share."""
    for module in (page_controls, *(sys.modules[page.panels.__module__] for page in PAGES if page.panels)):
        for name, control in list(vars(module).items()):
            if isinstance(control, SingleChoice | MultipleChoice):
                options = tuple(replace(option, label=other(option.label)) for option in control.options)
                monkeypatch.setattr(module, name, replace(control, options=options))


def looks(value: Any) -> Iterator[tuple[str, Any]]:
    """What a chart draws but for its texts and the room they take: keys, series, colours, dashes, places."""
    if is_dataclass(value) and not isinstance(value, type):
        for part in fields(value):
            if part.name in {
                "key",
                "series",
                "colour",
                "colours",
                "dash",
                "symbol",
                "symbols",
                "opacity",
                "x",
                "y",
                "answer",
                "answers",
            }:
                yield from ((part.name, found) for found in _flat(getattr(value, part.name)))
            elif part.name in {"plots", "marks", "stroke", "bars", "parts", "entries", "ends", "rows"}:
                yield from looks(getattr(value, part.name))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from looks(one)


def _flat(value: Any) -> Iterator[Any]:
    if is_dataclass(value):
        yield from looks(value)
    elif isinstance(value, list | tuple):
        yield from value
    else:
        yield value


def numbers(chart: Chart) -> list[tuple[Any, ...]]:
    return [(plain(row.group), row.at, row.value, row.lower, row.upper) for row in shown(chart)]


def _untitled(settings: Any) -> Any:
    """The settings of a script without the titles that it prints."""
    if isinstance(settings, dict):
        return {key: _untitled(value) for key, value in settings.items() if key.lower() != "title"}
    return [_untitled(value) for value in settings] if isinstance(settings, list) else settings


def texts(panel: Panel) -> list[str]:
    tables = [cell for table in (*panel.tables, *panel.aside, *panel.cases) for row in table.rows for cell in row]
    return [panel.title, panel.alt, panel.note, *panel.notices, *tables]


@pytest.mark.usefixtures("other_options")
@pytest.mark.parametrize("page", sorted(COMPUTED))
@pytest.mark.parametrize("seed", SEEDS)
def test_other_labels_change_texts_alone(enrolled: Cohort, page: str, seed: int) -> None:
    menu = COMPUTED[page]
    renamed_ = replace(enrolled, dictionary=relabelled(enrolled.dictionary))
    chance = Random(f"{page} {seed}")  # noqa: S311 - no secret
    on, there = (ground(study, menu, single=True) for study in (enrolled, renamed_))
    view = answered(page, on, sparing(enrolled, chance))
    found = read(page, view.query, there)
    assert (found.ignored, found.view.values, found.view.query) == ((), view.values, view.query)

    assert menu.panels is not None
    ours, theirs = (asked(menu, study, view.query, single=True) for study in (enrolled, renamed_))
    both = zip(computed(menu, ours), computed(menu, theirs), strict=True)
    for (part, one), (same, another) in both:
        assert (part.key, one.kind) == (same.key, another.kind)
        assert [plain(text) for text in texts(another)] == [plain(text) for text in texts(one)]
        assert (one.figure is None) == (another.figure is None)
        if one.figure is not None and another.figure is not None:
            assert numbers(another.figure) == numbers(one.figure)
            assert list(map(repr, looks(another.figure))) == list(map(repr, looks(one.figure)))
        first, second = recipe(one, ours.here.cohort), recipe(another, theirs.here.cohort)
        assert (first is None) == (second is None)
        if first is not None and second is not None:
            assert second.patients == first.patients
            assert _untitled(second.settings) == _untitled(first.settings)
