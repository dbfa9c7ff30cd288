"""A filter turns a cohort into a smaller cohort and prints itself as a sentence and as a query string."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

import numpy as np

from data.dictionary import Dictionary
from data.entries import Factor, Number
from data.language import say
from data.levels import MISSING
from data.reading.labels import inside
from data.variables import DICTIONARY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from data.cohort import Cohort
    from data.counted import Counted


KEEP_MISSING = "_missing"
"""What a number's key is followed by, in links, to say whether patients without the number stay."""


@dataclass(frozen=True)
class Choice:
    """Keep the patients whose level of ``factor`` is among ``levels``, by id; ``MISSING`` is that of no level."""

    factor: Factor
    levels: tuple[str, ...]

    def kept(self, cohort: Cohort | Counted) -> NDArray[np.bool_]:
        """Which patients stay, (n,)."""
        wanted = [k for k, level in enumerate(self.factor.levels) if level.id in self.levels]
        return np.isin(cohort.codes(self.factor), [*wanted, -1] if MISSING in self.levels else wanted)

    @property
    def key(self) -> str:
        """The variable this part of the filter is about."""
        return self.factor.key

    @property
    def sentence(self) -> str:
        """For example ``Subtype: CADM or Classic DM``."""
        labels = {level.id: level.label for level in self.factor.levels} | {MISSING: inside(self.factor.missing.label)}
        names = [labels[level] for level in self.levels]
        return f"{self.factor.label}: {say(' or ').join(names)}"

    @property
    def query(self) -> tuple[tuple[str, str], ...]:
        """The pairs that stand for it in a link, as the widgets of the sidebar write them."""
        return tuple((self.factor.key, level) for level in self.levels)


@dataclass(frozen=True)
class Range:
    """Keep the patients whose ``number`` lies within ``low`` and ``high`` (inclusive), and the missing if asked to."""

    number: Number
    low: float
    high: float
    keep_missing: bool = False

    def kept(self, cohort: Cohort) -> NDArray[np.bool_]:
        """Which patients stay, (n,)."""
        values = cohort.numbers(self.number.column)
        inside = (values >= self.low) & (values <= self.high)
        return np.asarray(inside | (np.isnan(values) & self.keep_missing), dtype=bool)

    @property
    def key(self) -> str:
        """The variable this part of the filter is about."""
        return self.number.key

    @property
    def sentence(self) -> str:
        """For example ``Age: 40 to 65 years``."""
        label, unit, low, high = self.number.label, self.number.unit, f"{self.low:g}", f"{self.high:g}"
        if self.keep_missing:
            return say("{label}: {low} to {high} {unit} or not recorded", label=label, low=low, high=high, unit=unit)
        return say("{label}: {low} to {high} {unit}", label=label, low=low, high=high, unit=unit)

    @property
    def query(self) -> tuple[tuple[str, str], ...]:
        """The pairs that stand for it in a link."""
        pairs = ((self.number.key, _exactly(self.low)), (self.number.key, _exactly(self.high)))
        return (*pairs, (f"{self.number.key}{KEEP_MISSING}", "true")) if self.keep_missing else pairs


@dataclass(frozen=True)
class Filter:
    """All parts must hold. The empty filter keeps every patient."""

    parts: tuple[Choice | Range, ...] = ()

    def kept(self, cohort: Cohort) -> NDArray[np.bool_]:
        """Which patients stay, (n,)."""
        mask = np.ones(cohort.n, dtype=bool)
        for part in self.parts:
            mask &= part.kept(cohort)
        return mask

    def of(self, cohort: Cohort) -> Cohort:
        """The cohort of the patients that stay."""
        return cohort.satisfying(self)

    def without(self, key: str) -> Filter:
        """The same filter with nothing said about the variable ``key``."""
        return Filter(tuple(part for part in self.parts if part.key != key))

    @property
    def sentence(self) -> str:
        """The parts joined by semicolons; ``All patients`` for the empty filter."""
        return "; ".join(part.sentence for part in self.parts) or say("All patients")

    @property
    def query(self) -> str:
        """The query string that ``filter_from_query`` turns back into this filter."""
        return urlencode([pair for part in self.parts for pair in part.query])


@dataclass(frozen=True)
class ReadFilter:
    """A filter read from a link, with the pairs that could not be understood."""

    filter: Filter
    ignored: tuple[str, ...]


def filter_from_query(query: str | Mapping[str, Sequence[str]], dictionary: Dictionary = DICTIONARY) -> ReadFilter:
    """The filter a query string (or its parsed form) stands for; pairs about other things are left alone.

    A level may stand by its id, or by the word that files write for it, as the paper's groups and older links do.
    Unknown levels and unreadable ranges are left out and listed in ``ignored``, for example ``subtype=XYZ``.
    """
    pairs = parse_qsl(query) if isinstance(query, str) else [(k, v) for k, vs in query.items() for v in vs]
    parts: list[Choice | Range] = []
    ignored: list[str] = []
    found = _grouped(pairs)
    for key, values in found.items():
        if key in dictionary.factor:
            factor = dictionary.factor[key]
            listed = (*factor.levels, factor.missing)
            names = {text: level.id for level in listed for text in (level.word, level.id)}
            wanted = {names[value] for value in values if value in names}
            levels = tuple(level.id for level in listed if level.id in wanted)
            ignored += [f"{key}={value}" for value in values if value not in names]
            parts += [Choice(factor, levels)] if levels else []
        elif key in dictionary.filtered_number:
            span = _range(dictionary.filtered_number[key], values, "true" in found.get(f"{key}{KEEP_MISSING}", ()))
            parts += [span] if span else []
            ignored += [] if span else [f"{key}={value}" for value in values]
    order = {key: i for i, key in enumerate(dictionary.conditions)}
    return ReadFilter(Filter(tuple(sorted(parts, key=lambda part: order[part.key]))), tuple(ignored))


def _exactly(bound: float) -> str:
    """The shortest text that reads back as the same number: 40, 62.5."""
    return repr(float(bound)).removesuffix(".0")


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def _range(number: Number, values: Sequence[str], keep_missing: bool) -> Range | None:  # noqa: FBT001 - one private use
    try:
        bounds = [float(value) for value in values]
    except ValueError:
        return None
    if len(bounds) != 2 or not np.isfinite(bounds).all() or bounds[0] > bounds[1]:
        return None
    return Range(number, bounds[0], bounds[1], keep_missing)
