"""How far the ranges over reconstructions cover printed numbers that were left out of the search.

Read from the record that ``python -m components.reconstruct heldout`` has written; nothing is searched for here.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import log
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from data.ensemble import FOLDER

if TYPE_CHECKING:
    from pathlib import Path

    from data.paper.published import PublishedNumber

RECORD = "left_out.csv"
"""One line a number and reconstruction: the number's id, the seed, the value; blank where no search succeeded."""
DRAWN = "left_out_drawn.csv"
"""The same with strengths drawn, a trial that no member was made by."""
RATIO = "hazard_ratio"


@dataclass(frozen=True)
class LeftOutNumber:
    """A printed number that was left out, of ``patients``, and what the reconstructions gave without it.

    A hazard ratio is 0 or infinite where one side has no death. ``patients`` is None where no count is printed.
    """

    number: PublishedNumber
    patients: int | None
    values: tuple[float, ...]

    @property
    def least(self) -> float:
        """The least that any reconstruction gave."""
        return min(self.values)

    @property
    def most(self) -> float:
        """The most that any reconstruction gave."""
        return max(self.values)

    @property
    def printed(self) -> float:
        """The number as printed."""
        return float(self.number.printed)

    @property
    def is_ratio(self) -> bool:
        """Whether it is a hazard ratio; else it is a percentage."""
        return self.number.statistic == RATIO

    @property
    def covered(self) -> bool:
        """Whether print lies between the least and the most, to half a unit of its last digit."""
        half = 0.5 * 10.0 ** -(self.number.digits or 0)
        return self.least - half <= self.printed <= self.most + half

    @property
    def too_weak(self) -> bool:
        """Whether a hazard ratio is farther from 1 in print than in any reconstruction."""
        if not self.is_ratio or self.covered:
            return False
        side = log(self.printed)
        return self.most < self.printed if side > 0 else self.least > self.printed


@dataclass(frozen=True)
class Coverage:
    """Every number that was left out, in the order of the record."""

    numbers: tuple[LeftOutNumber, ...]

    @property
    def n(self) -> int:
        """How many numbers were left out."""
        return len(self.numbers)

    @cached_property
    def reconstructions(self) -> int:
        """How many reconstructions a number was left out of; of the numbers, the most."""
        return max((len(one.values) for one in self.numbers), default=0)

    @cached_property
    def covered(self) -> int:
        """How many numbers lie in their range."""
        return sum(one.covered for one in self.numbers)

    @cached_property
    def missed(self) -> tuple[LeftOutNumber, ...]:
        """The numbers outside their range."""
        return tuple(one for one in self.numbers if not one.covered)

    @cached_property
    def expected(self) -> float:
        """How many would lie in their range if print were one more reconstruction: of m + 1 numbers m - 1 are no end.

        (m - 1) / (m + 1) for each, m being the reconstructions that gave a value for it.
        """
        return sum((len(one.values) - 1) / (len(one.values) + 1) for one in self.numbers)


def coverage(published: Iterable[PublishedNumber], folder: Path = FOLDER) -> Coverage | None:
    """What the record in ``folder`` says of the published numbers; None without one."""
    recorded = recorded_values(folder / RECORD)
    return _coverage(recorded, published) if recorded else None


def trial(published: Iterable[PublishedNumber], folder: Path = FOLDER) -> tuple[Coverage, Coverage] | None:
    """Coverage as members were made, and with strengths drawn: the same numbers in the same reconstructions.

    None without a record of the trial.
    """
    drawn, made = (recorded_values(folder / name) for name in (DRAWN, RECORD))
    numbers = tuple(published)
    same = {key: made[key] for key in drawn if key in made}
    return (_coverage(same, numbers), _coverage(drawn, numbers)) if drawn else None


def _coverage(recorded: dict[tuple[str, int], str], published: Iterable[PublishedNumber]) -> Coverage:
    numbers = {number.id: number for number in published}
    sizes = {
        (n.variable, n.level): int(n.printed)
        for n in numbers.values()
        if (n.population, n.group, n.visit, n.statistic) == ("outcome", "", "", "n")
    }
    found: dict[str, list[float]] = defaultdict(list)
    for (id_, _), value in recorded.items():
        if value:
            found[id_].append(float(value))
    return Coverage(
        tuple(
            LeftOutNumber(numbers[id_], sizes.get(_whose(numbers[id_])), tuple(values)) for id_, values in found.items()
        )
    )


def recorded_values(file: Path) -> dict[tuple[str, int], str]:
    """The recorded value of each number and seed, by the number's id, in the order of the file; none without it."""
    if not file.is_file():
        return {}
    with file.open(encoding="utf-8", newline="") as lines:
        return {(id_, int(seed)): value for id_, seed, value in csv.reader(lines)}


def _whose(number: PublishedNumber) -> tuple[str, str]:
    """Variable and level of the patients that a number is about."""
    if number.group:
        ((key, level),) = parse_qsl(number.group)
        return key, level
    return number.variable, number.level
