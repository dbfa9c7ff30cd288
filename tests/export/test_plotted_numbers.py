"""The plotted numbers of every figure, whatever was chosen: whose each is, of what, in which unit; and the result's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from random import Random

import numpy as np
import pytest

from app import PAGES
from components.biomarker.words import AUC, RATIO, STATISTIC
from components.chart.chart import Chart
from components.chart.marks import Line, Mark, Points
from components.chart.numbers import Shown, shown
from components.core.envelope_words import LEAST, MOST, RANGE
from components.core.panel import Panel
from components.courses.words import MODEL_LIMITS
from components.engine.descriptive import Distribution
from components.evidence.coverage_words import KINDS
from components.links.computed import asked
from components.links.given import every_panel
from components.links.page import Page
from components.links.page_input import ground
from components.links.view import answered
from components.prognosis.words import COLUMNS, of_factor
from components.safety.reactions_words import ANY
from components.survival.chart import BEHIND
from data.cohort import Cohort
from data.language import say
from data.reading.read import reconstructed_cohort
from tests.links.answers import sparing

FIGURES = [page for page in PAGES if page.panels is not None and "/verify/" not in page.file]
SEEDS = range(4)
BARE = {AUC, RATIO, STATISTIC, COLUMNS[3], KINDS[0]}
"""What has no unit: ratios, areas and test statistics."""

BESIDE = {LEAST, MOST, RANGE}
"""What is drawn beside the result: the ranges of reconstructions."""

ONE_PATIENT = {"patient"}


def figures(page: Page, study: Cohort, seed: int) -> Iterator[Panel]:
    """The panels with a figure of a view at random; the first seed is the page as it opens."""
    chance = Random(f"{page.address} {seed}")  # noqa: S311 - no secret
    on = ground(study, page, single=True, others=PAGES)
    view = answered(page.address, on, sparing(study, chance) if seed else lambda control: control.default)
    found = asked(page, study, view.query, single=True, followed=study.patients["patient"].iloc[0], others=PAGES)
    assert page.panels is not None
    for part in every_panel(tuple(page.panels(found.here, found.link.view))):
        panel = part.panel()
        if panel.figure is not None:
            yield panel


def labels(study: Cohort, figure: Chart) -> set[str]:
    """The full names of all that a number can belong to: of levels, visits, reactions, drugs and patients."""
    words = study.dictionary
    factors = [(factor.label, level.label) for factor in words.factors for level in factor.levels]
    levels = (*words.reaction_categories, *words.stop_reasons, *words.causes_of_death)
    found = {one.label for one in words.factors} | {one.label for one in words.measures}
    found |= {one.label for one in words.visits} | {one.label for one in levels} | {p.label for p in words.populations}
    drugs = {words.drug(word).label.capitalize() for word in study.treatments["drug"]}
    cells = {*study.reactions["term"], *study.patients["patient"], *drugs}
    found |= {name[:1].upper() + name[1:] for name in found} | {ANY}
    return found | cells | {of_factor(*pair) for pair in factors} | {name for _, name in figure.names}


def numbers_in(value: object) -> Iterator[float]:
    """Every number of a result, and those that figures draw of it: shares, rates of the rest, ends of a spread."""
    if isinstance(value, bool | str) or value is None:
        return
    if isinstance(value, int | float | np.number):
        yield float(value)
    elif isinstance(value, np.ndarray):
        if value.dtype.kind in "if":
            yield from value.ravel().astype(float).tolist()
    elif isinstance(value, tuple | list | frozenset):
        for one in value:
            yield from numbers_in(one)
    elif isinstance(value, dict):
        yield from numbers_in(tuple(value.values()))
    elif is_dataclass(value):
        for field in fields(value):
            yield from numbers_in(getattr(value, field.name))
        yield from derived(value)


def derived(one: object) -> Iterator[float]:
    if hasattr(one, "of") and hasattr(one, "n") and one.of:
        yield one.n / one.of
    if isinstance(one, Distribution) and one.n > 1:
        yield from (one.mean - one.sd, one.mean + one.sd)
    if hasattr(one, "within") and hasattr(one, "days"):
        yield from (getattr(one, part) / one.days for part in ("below", "within", "above"))


def known(panel: Panel) -> np.ndarray:
    found = np.array([*numbers_in(panel.result)], dtype=float)
    found = found[np.isfinite(found)]
    return np.sort(np.concatenate([found, 1 - found, 100 * found, 100 * (1 - found)]))


def strangers(values: list[float], among: np.ndarray) -> list[float]:
    """The values that are none of those in order ``among``."""
    at = np.searchsorted(among, values).clip(1, max(len(among) - 1, 1))
    near = np.minimum(np.abs(among[at] - values), np.abs(among[at - 1] - values))
    return [value for value, far in zip(values, near, strict=True) if far > 1e-9 * max(1.0, abs(value))]


def values_of(rows: tuple[Shown, ...], figure: Chart) -> list[float]:
    """The values and limits of the result drawn; of bars, which are made of parts, the wholes."""
    beside = {*BESIDE, figure.groups.get(BEHIND)}
    single = [row for row in rows if row.shown_as not in {say("line"), say("bar"), *beside} and row.group not in beside
              and not row.what.endswith(MODEL_LIMITS)]  # fmt: skip
    wholes: dict[tuple[str, str], float] = defaultdict(float)
    for row in rows:
        if row.shown_as == say("bar"):
            wholes[row.category, row.note] += row.value or 0.0
    ends = [value for row in single for value in (row.value, row.lower, row.upper) if value is not None]
    return [*map(float, ends), *wholes.values()]


def placed(row: Shown) -> bool:
    """Whether the row says what its number belongs to: a thing, a place with its unit, or, of a line, itself."""
    return bool(row.category or (row.at is not None and row.at_what and row.at_unit) or row.shown_as == say("line"))


def alone(mark: Mark) -> bool:
    """Points whose height only keeps them apart belong to nothing but their group."""
    return isinstance(mark, Points)


@pytest.mark.parametrize("page", FIGURES, ids=lambda page: page.address)
def test_every_number_says_whose_it_is_of_what_and_in_which_unit_and_is_the_results(page: Page) -> None:
    study, seen = reconstructed_cohort(), 0
    for seed in SEEDS:
        for panel in figures(page, study, seed):
            assert panel.figure is not None
            rows, names = shown(panel.figure), labels(study, panel.figure)
            told = (page.address, seed, panel.kind)
            assert {row.category for row in rows if row.category} <= names, told
            bare = {(row.what, row.unit) for row in rows if not row.what or not (row.unit or row.what in BARE)}
            assert bare == set(), told
            drawn = [mark for plot in panel.figure.plots for mark in plot.marks]
            floating = any(alone(mark) for mark in drawn)
            assert [row for row in rows if not placed(row) and not (floating and row.group)] == [], told
            if len(panel.figure.groups) > 1 and panel.kind not in ONE_PATIENT:
                lines = {mark.key for mark in drawn if isinstance(mark, Line) and not mark.series}
                assert not lines, told
                assert [row for row in rows if not row.group and row.shown_as not in {say("line"), RANGE}] == [], told
            if panel.result is not None:
                assert strangers(values_of(rows, panel.figure), known(panel)) == [], told
            seen += len(rows)
    assert seen or page.address in {"baseline", "narrow", "looks"}
