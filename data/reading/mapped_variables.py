"""Entries of the dictionary for what a hospital's own columns hold: characteristics, numbers, endpoints, values.

Their ids, which links write, are ``own-`` and a number, in the order of the files; names of files stand in labels only.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import inf

import numpy as np
from numpy.typing import NDArray

from data.dictionary import Dictionary
from data.entries import Endpoint, Factor, Measure, Need, Number, Section
from data.language import say
from data.levels import Level
from data.reading.mapping import Groups

OWN = "own-"
SECTION = Section("own", say("Columns of the file"))
MOST_PILLS = 4
"""A characteristic with so many levels or fewer stands open beside the pages, the first ``FIRST`` of them."""
FIRST = 3


@dataclass
class OwnVariables:
    """What has been found of the hospital's own so far; ``add`` functions give the id of what they add."""

    factors: list[Factor] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    endpoints: list[Endpoint] = field(default_factory=list)
    measures: list[Measure] = field(default_factory=list)
    count: int = 0

    def next_id(self) -> str:
        """The next id that nothing has."""
        self.count += 1
        return f"{OWN}{self.count}"

    def add_factor(self, label: str, words: list[str]) -> str:
        """A characteristic with these words as its levels, in this order; hazard ratios compare with the first."""
        key = self.next_id()
        levels = tuple(Level(f"{OWN}{n}", word, word) for n, word in enumerate(words, start=1))
        always = len(words) <= MOST_PILLS and sum(entry.always for entry in self.factors) < FIRST
        self.factors.append(Factor(key, label, levels, levels[0].id, SECTION, always=always, prognostic=True))
        return key

    def add_number(self, label: str, unit: str, decimals: int) -> str:
        """A number of the patients."""
        key = self.next_id()
        self.numbers.append(Number(key, label, unit, SECTION, (-inf, inf), decimals))
        return key

    def add_groups(self, source: str, cuts: tuple[float, ...]) -> None:
        """The groups of a number between cuts: a value at a cut belongs to the group above it."""
        number = next(entry for entry in self.numbers if entry.key == source)
        names = _spans(cuts, number.unit)
        levels = tuple(Level(f"{OWN}{n}", name, name) for n, name in enumerate(names, start=1))
        label = say("{number}, groups", number=number.label)
        self.factors.append(
            Factor(self.next_id(), label, levels, levels[0].id, SECTION, source=source, cuts=cuts, prognostic=True)
        )

    def add_endpoint(self, name: str, *, followed: bool) -> Endpoint:
        """An endpoint with a day column of its own, and a column of the last day it was looked for if ``followed``."""
        key = self.next_id()
        entry = Endpoint(
            key,
            name,
            say("event ({name})", name=name),
            say("events ({name})", name=name),
            (f"{key}_day",),
            say("Without event ({name})", name=name),
            f"{key}_last" if followed else "",
        )
        self.endpoints.append(entry)
        return entry

    def add_measure(self, name: str, unit: str, decimals: int, dictionary: Dictionary) -> None:
        """A laboratory value, unless the dictionary or an earlier column has it."""
        if name not in dictionary.measure and name not in {entry.key for entry in self.measures}:
            self.measures.append(Measure(name, name, unit, "laboratory", (-inf, inf), decimals, own=True))


def _spans(cuts: tuple[float, ...], unit: str) -> list[str]:
    behind = f" {unit}" if unit else ""
    at = [f"{cut:.6g}" for cut in cuts]
    between = [say("{low} to < {high}{unit}", low=low, high=high, unit=behind) for low, high in pairwise(at)]
    return [f"< {at[0]}{behind}", *between, f"≥ {at[-1]}{behind}"]


def cuts_of(value: NDArray[np.float64], groups: Groups, given: tuple[float, ...]) -> tuple[float, ...]:
    """Where a number is cut into groups: at its median, at its tertiles, or where the visitor says; none without any.

    The quantiles are those of R's ``quantile(x, type = 7)``; a cut below which nobody is, is none.
    """
    there = value[np.isfinite(value)]
    if not len(there) or not groups:
        return ()
    points = {"median": (0.5,), "tertiles": (1 / 3, 2 / 3)}
    cuts = sorted(given) if groups == "cuts" else np.quantile(there, points[groups]).tolist()
    return tuple(dict.fromkeys(float(f"{cut:.12g}") for cut in cuts if there.min() < cut <= there.max()))


def with_own(dictionary: Dictionary, own: OwnVariables, *, deaths: bool) -> Dictionary:
    """The dictionary with the hospital's own entries; without ``deaths`` survival needs a column that is not there."""
    fixed = tuple(
        entry if deaths or entry.role != "death" else replace(entry, needs=Need("patients", ("death_day",)))
        for entry in dictionary.endpoints
    )
    return replace(
        dictionary,
        factors=(*dictionary.factors, *own.factors),
        numbers=(*dictionary.numbers, *own.numbers),
        measures=(*dictionary.measures, *own.measures),
        endpoints=(*fixed, *own.endpoints),
    )
