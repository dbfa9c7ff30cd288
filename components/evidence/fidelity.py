"""Does a cohort give back every number that was published? Each is recomputed by the analyses the pages show.

``python -m components.evidence.fidelity`` (or ``make fidelity``) prints what is not reproduced and the counts.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from components.evidence.answers import Question, Results, answer, question
from data.cohort import Cohort
from data.paper.published import PublishedNumber, agrees, printed_form, published_numbers
from data.reading.read import reconstructed_cohort


@dataclass(frozen=True)
class Row:
    """A published number beside the same number recomputed: ``value`` at full precision, None where not estimable.

    ``reproduced``: rounded to the printed digits, it is the printed number. ``origin`` names the analysis.
    """

    number: PublishedNumber
    value: float | None
    origin: str
    reproduced: bool


@dataclass(frozen=True)
class Place:
    """A place of the paper, with how many of its numbers were reproduced, out of those a cohort can answer."""

    name: str
    reproduced: int
    answerable: int
    unanswerable: int

    def holds(self, number: PublishedNumber) -> bool:
        """Whether the number stands here; the title of a table belongs to the table."""
        return _place(number) == self.name


@dataclass(frozen=True)
class Grouped:
    """Published numbers about which the same ``text`` is said, in the order of the file."""

    text: str
    numbers: tuple[PublishedNumber, ...]


@dataclass(frozen=True)
class Fidelity:
    """Every published number: ``rows`` for those a cohort can answer, ``unanswerable`` for the others."""

    rows: tuple[Row, ...]
    unanswerable: tuple[PublishedNumber, ...]

    @property
    def answerable(self) -> int:
        """Published numbers that a patient-level cohort can give."""
        return len(self.rows)

    @cached_property
    def reproduced(self) -> int:
        """How many of them this cohort gives."""
        return sum(row.reproduced for row in self.rows)

    @cached_property
    def questions(self) -> frozenset[Question]:
        """What the answerable numbers ask, each once: some are printed in several places."""
        return frozenset(question(row.number) for row in self.rows)

    @cached_property
    def beside_counts(self) -> int:
        """How many of the questions are percentages whose count is printed as well, so that they say little more."""
        asked = self.questions
        return sum(one.statistic == "percent" and replace(one, statistic="n", of="") in asked for one in asked)

    @cached_property
    def missed(self) -> tuple[Row, ...]:
        """The rows in which the recomputed number is not the printed one."""
        return tuple(row for row in self.rows if not row.reproduced)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """The counts place by place, in the paper's order: the text, then the tables."""
        numbers = (*(row.number for row in self.rows), *self.unanswerable)
        names = dict.fromkeys(map(_place, numbers))
        return tuple(self._counts(name) for name in sorted(names, key=lambda name: name if "Table" in name else ""))

    def _counts(self, name: str) -> Place:
        own = [row.reproduced for row in self.rows if _place(row.number) == name]
        return Place(name, sum(own), len(own), sum(_place(number) == name for number in self.unanswerable))


def fidelity(cohort: Cohort, published: Iterable[PublishedNumber]) -> Fidelity:
    """Every number of ``published`` recomputed from ``cohort``, which should hold everybody enrolled.

    What was printed is looked at only afterwards, to compare.
    """
    numbers = tuple(published)
    results = Results(cohort)
    rows = []
    for number in numbers:
        if number.answerable:
            found = answer(question(number), results)
            rows.append(Row(number, found.value, found.origin, agrees(number.printed, number.digits, found.value)))
    return Fidelity(tuple(rows), tuple(number for number in numbers if not number.answerable))


def remarks(published: Iterable[PublishedNumber]) -> tuple[Grouped, ...]:
    """Where the paper disagrees with itself, each remark once."""
    return _grouped((number, number.remark) for number in published)


def reasons(published: Iterable[PublishedNumber]) -> tuple[Grouped, ...]:
    """Why some numbers cannot be answered by any cohort, each reason once."""
    return _grouped((number, number.reason) for number in published)


def _grouped(said: Iterable[tuple[PublishedNumber, str]]) -> tuple[Grouped, ...]:
    by_text: dict[str, list[PublishedNumber]] = {}
    for number, text in said:
        if text:
            by_text.setdefault(text, []).append(number)
    return tuple(Grouped(text, tuple(numbers)) for text, numbers in by_text.items())


def _place(number: PublishedNumber) -> str:
    return number.place.removesuffix(", title")


def report(found: Fidelity) -> str:
    """The result for a terminal: a line a number that is not reproduced, then the counts, the total last."""
    lines = [_line(row) for row in found.missed]
    lines += [f"{place.name}: {place.reproduced}/{place.answerable}" for place in found.places if place.answerable]
    lines.append(f"not answerable by any cohort, with a reason: {len(found.unanswerable)}")
    lines.append(f"fidelity: {found.reproduced}/{found.answerable} published numbers reproduced")
    return "\n".join(lines)


def _line(row: Row) -> str:
    number = row.number
    about = (number.population, number.group, number.variable, number.level, number.statistic, number.visit)
    recomputed = printed_form(row.value, number.digits)
    return f"{number.id} {', '.join(filter(None, about))}: printed {number.printed}, recomputed {recomputed}"


if __name__ == "__main__":
    outcome = fidelity(reconstructed_cohort(), published_numbers())
    sys.stdout.write(f"{report(outcome)}\n")
    sys.exit(bool(outcome.missed))
