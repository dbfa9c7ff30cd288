"""Kept cohorts: filters with an id and a name, so that one can be shown again and several be compared."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from data.dictionary import Dictionary
from data.filters import Filter, filter_from_query
from data.language import say
from data.reading.cells import unmarked

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.cohort import Cohort

IDS = ("a", "b", "c", "d", "e", "f")
"""The ids of kept cohorts: as many as have a colour of their own."""

LONGEST_NAME = 40
KIND, FORM = "myoscope kept cohorts", 1
"""What a file of kept cohorts begins with: what it is, and the number of its form."""


@dataclass(frozen=True)
class KeptCohort:
    """A filter under an id for life; without a name of its own it is called by its letter."""

    id: str
    filter: Filter
    name: str = ""

    @property
    def label(self) -> str:
        """How it is shown."""
        return self.name or self.id.upper()

    @property
    def sentence(self) -> str:
        """For example ``A: Subtype: CADM``."""
        return say("{name} ({conditions})", name=self.label, conditions=self.filter.sentence)

    @property
    def text(self) -> str:
        """How a link writes it: ``a~subtype=cadm~Name``."""
        return f"{self.id}~{self.filter.query}~{self.name}"


def kept_cohort(text: str, dictionary: Dictionary) -> KeptCohort | None:
    """The kept cohort that a text of a link stands for; None for an unknown id or without a condition known here."""
    id_, query, name = (*text.split("~", 2), "", "")[:3]
    chosen = filter_from_query(query, dictionary).filter
    if id_ not in IDS or not chosen.parts:
        return None
    return KeptCohort(id_, chosen, tidy_name(name))


def kept_cohorts(texts: Sequence[str], dictionary: Dictionary) -> tuple[KeptCohort, ...]:
    """Those that can be understood, in order, each id once."""
    found: dict[str, KeptCohort] = {}
    for one in (kept_cohort(text, dictionary) for text in texts):
        if one is not None:
            found.setdefault(one.id, one)
    return tuple(found.values())


def named_as(kept: Sequence[KeptCohort], names: Mapping[str, str]) -> tuple[KeptCohort, ...]:
    """The same cohorts; those whose ids are among ``names`` are called as these say."""
    return tuple(replace(one, name=names.get(one.id, one.name)) for one in kept)


def tidy_name(name: str) -> str:
    """A name in one line, not longer than it can be shown."""
    return " ".join(unmarked(name).split())[:LONGEST_NAME].strip()


def free_id(kept: Sequence[KeptCohort]) -> str | None:
    """The first id that no kept cohort has; None where there is none left."""
    taken = {one.id for one in kept}
    return next((id_ for id_ in IDS if id_ not in taken), None)


@dataclass(frozen=True)
class AnyOf(Filter):
    """Keep the patients of at least one of ``cohorts``."""

    cohorts: tuple[KeptCohort, ...] = ()

    def kept(self, cohort: Cohort) -> NDArray[np.bool_]:
        """Which patients stay, (n,)."""
        mask = np.zeros(cohort.n, dtype=bool)
        for one in self.cohorts:
            mask |= one.filter.kept(cohort)
        return mask

    @property
    def query(self) -> str:
        """Every cohort's conditions, in no order: two unions are told apart by them, not opened from them."""
        return "&or&".join(sorted(f"{one.id}~{one.filter.query}" for one in self.cohorts))

    @property
    def sentence(self) -> str:
        """Every cohort with its conditions."""
        return say(" or ").join(one.sentence for one in self.cohorts)


@dataclass(frozen=True)
class Around(Filter):
    """Keep whom ``around`` keeps, to see those whom ``inner`` keeps too against the others."""

    inner: Filter = field(default_factory=Filter)
    around: Filter = field(default_factory=Filter)

    def kept(self, cohort: Cohort) -> NDArray[np.bool_]:
        """Which patients stay, (n,)."""
        return self.around.kept(cohort)

    @property
    def query(self) -> str:
        """Who is kept and who of them is shown: two such comparisons are told apart by them, not opened from them."""
        return f"{self.inner.query}&of&{self.around.query}"

    @property
    def sentence(self) -> str:
        """Who is kept, and who of them is shown against the others."""
        return say("{around}, of whom shown: {inner}", around=self.around.sentence, inner=self.inner.sentence)


def written(kept: Sequence[KeptCohort]) -> str:
    """A file of kept cohorts, in JSON: names and conditions, no patients."""
    rows = [{"id": one.id, "name": one.name, "filter": one.filter.query} for one in kept]
    return json.dumps({"kind": KIND, "form": FORM, "cohorts": rows}, ensure_ascii=False, indent=2) + "\n"


@dataclass(frozen=True)
class ReadCohorts:
    """What a file of kept cohorts holds, and a sentence for everything that could not be understood."""

    cohorts: tuple[KeptCohort, ...]
    problems: tuple[str, ...] = ()


def read_cohorts(content: bytes, dictionary: Dictionary) -> ReadCohorts:
    """The cohorts of a file that ``written`` made; with a problem none, so that nothing is half opened."""
    try:
        found = json.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        return ReadCohorts((), (say("This is no file of kept cohorts: choose one that was saved here."),))
    rows = found.get("cohorts") if isinstance(found, dict) and found.get("kind") == KIND else None
    if not isinstance(rows, list):
        return ReadCohorts((), (say("This is no file of kept cohorts: choose one that was saved here."),))
    problems: list[str] = []
    cohorts: list[KeptCohort] = []
    if len(rows) > len(IDS):
        problems.append(say("The file holds {n} cohorts; at most {most} can be kept.", n=len(rows), most=len(IDS)))
    for place, row in enumerate(rows[: len(IDS)], 1):
        query, name = (str(row.get(key, "")) if isinstance(row, dict) else "" for key in ("filter", "name"))
        read = filter_from_query(query, dictionary)
        if read.ignored:
            said = say(", ").join(f"“{unmarked(part[:60])}”" for part in read.ignored)
            problems.append(say("Cohort {place}: not known here: {said}.", place=place, said=said))
        elif not read.filter.parts:
            problems.append(say("Cohort {place}: no condition that is known here.", place=place))
        elif (id_ := _id_of(row, cohorts)) is not None:
            cohorts.append(KeptCohort(id_, read.filter, tidy_name(name)))
    if not rows:
        problems.append(say("The file holds no cohort."))
    return ReadCohorts((), tuple(problems)) if problems else ReadCohorts(tuple(cohorts))


def _id_of(row: dict[str, object], before: Sequence[KeptCohort]) -> str | None:
    """The id that the file gives, where it is one and free; else the next free one."""
    own = row.get("id")
    return str(own) if own in IDS and own not in {one.id for one in before} else free_id(before)


def renamed(kept: Sequence[KeptCohort], id_: str, name: str) -> tuple[KeptCohort, ...]:
    """The same cohorts, the one of this id by another name."""
    return tuple(replace(one, name=tidy_name(name)) if one.id == id_ else one for one in kept)


def replaced(kept: Sequence[KeptCohort], id_: str, chosen: Filter) -> tuple[KeptCohort, ...]:
    """The same cohorts, the one of this id with other conditions."""
    return tuple(replace(one, filter=chosen) if one.id == id_ else one for one in kept)


def moved(kept: Sequence[KeptCohort], id_: str, by: int) -> tuple[KeptCohort, ...]:
    """The same cohorts, the one of this id ``by`` places further down (up where negative), as far as there are any."""
    order = list(kept)
    place = next(i for i, one in enumerate(order) if one.id == id_)
    to = min(max(place + by, 0), len(order) - 1)
    order.insert(to, order.pop(place))
    return tuple(order)
