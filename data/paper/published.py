"""Every number the paper prints about its cohort, one a row of ``published.csv``.

How a row is to be recomputed from a cohort
-------------------------------------------
``population``  the analysis population the number is about (a key of the dictionary).
``group``       a filter's query string on top of it; blank = the whole population. One key with several values means
                "or", several keys mean "and". S below is the population's patients inside the group.
``of``          only for percentages whose denominator is not S: ``all`` (the whole population) or a query string.
``variable``, ``level``, ``visit``  what is counted; keys, levels and visit labels of the dictionary, or those below.

``statistic``:

* ``n`` patients of S that carry the level (factors), have any reaction, died, stopped, ... (see the variables below);
  with a repeated measurement, patients of S with a value at the visit.
* ``percent`` = 100 x that n / D. D is the patients of S (or of ``of``); for a factor only those with a recorded level,
  so that antibody results are out of the tested; for a variable that has ``assessed``, D is that number.
  A printed ``>10`` agrees when the percentage is above 10.
* ``assessed`` the denominator where the paper prints one: patients with any value of the variable at the visit.
* ``mean``, ``sd`` (n - 1), ``median``, ``minimum``, ``maximum`` over the recorded values of S. The median of an even
  number of values is the mean of the middle two.
* ``lowest_mean``, ``highest_mean`` smallest and largest of the visit means, over the dictionary's visits with a value.
* ``survival`` Kaplan-Meier percentage of S free of the endpoint's event at the visit's nominal day (730 at month 24).
* ``hazard_ratio``, ``lower``, ``upper`` univariate Cox model of overall survival in S: the factor's recorded levels
  against its reference, Breslow ties, Wald 95 % interval; ``NA`` agrees with "not estimable" (no deaths, no patients).
  ``NA`` stands once a level, under ``hazard_ratio``, for the ratio and its interval; reference levels have only an n.
* ``reactions`` rows of reactions.csv that belong to S. ``institutions`` distinct institutions of S (with the level).
* ``unrecorded`` nothing a cohort holds; ``reason`` says why. Every other row has a blank ``reason``.

Variables that are not keys of the dictionary:

* ``patients`` everybody in S. ``seen`` patients with any measurement in the visit's window.
* the levels ``Performed`` (recorded) and ``Not performed`` (blank) of a tested factor; out of everybody in S.
* ``prednisolone`` keeps its key, but n, mean and sd are over the patients who receive it (dose above 0) at the visit;
  ``prednisolone_above_30``: n = dose above 30 mg/day, assessed = dose above 0, at the visit.
* ``ct_improved``: n = value 1, assessed = any value, in the visit's window.
* ``reactions``: n = patients of S with at least one reaction. ``reaction_category`` and ``reaction_term``: with at
  least one of that category or term, the terms pooled as in the dictionary's term groups, categories as filed;
  ``serious_reaction_category`` and ``serious_reaction_term``: the same among serious reactions. Any day counts.
* ``death``: patients with a death day, whenever it was. ``cause_of_death``: those with that cause among theirs.
* ``tacrolimus_stop``: patients who stopped, whenever it was. ``tacrolimus_stop_reason``: those with that reason among
  theirs. ``tacrolimus_duration``: the stop day of those who stopped.

``remark`` notes where the paper disagrees with itself. ``id`` is stable: A abstract, X text, T1 to T4 tables. The
figures print no number of the cohort that is not in the text. Each number stands once a place, and again where it is
repeated.
"""

from __future__ import annotations

import csv
import math
import re
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from data.levels import NOT_PERFORMED, PERFORMED
from data.variables import DICTIONARY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FILE = Path(__file__).with_name("published.csv")

ALL = "all"
"""In the column ``of``: the denominator is the whole population."""

NOT_AVAILABLE = "NA"

COUNTS = frozenset({"n", "percent"})
RATIOS = frozenset({"hazard_ratio", "lower", "upper"})
SPREAD = frozenset({"mean", "sd", "median", "minimum", "maximum"})
VISIT_MEANS = frozenset({"lowest_mean", "highest_mean"})
UNRECORDED = "unrecorded"
STATISTICS = COUNTS | RATIOS | SPREAD | VISIT_MEANS | {"assessed", "survival", "reactions", "institutions", UNRECORDED}

TOLERANCE = 1e-9
_NUMBER = re.compile(r">?\d+(?:\.(\d+))?")
_ID = re.compile(r"(A|X|T[1-4])-\d{3}")


@dataclass(frozen=True)
class PublishedNumber:
    """One printed number; the columns of ``published.csv``. ``digits`` is None where nothing can be rounded to."""

    id: str
    place: str
    population: str
    group: str
    of: str
    variable: str
    level: str
    statistic: str
    visit: str
    printed: str
    digits: int | None
    reason: str
    remark: str

    @property
    def answerable(self) -> bool:
        """Whether a patient-level cohort can give the number."""
        return not self.reason


COLUMNS = tuple(field.name for field in fields(PublishedNumber))


@dataclass(frozen=True)
class Subject:
    """What a variable allows: its levels (empty = any text), its statistics and whether it is asked at a visit."""

    levels: tuple[str, ...]
    statistics: frozenset[str]
    visited: bool = False


def _subjects() -> dict[str, Subject]:
    blank = ("",)
    found = {
        "patients": Subject(blank, COUNTS),
        "institution": Subject(blank, frozenset({"institutions"})),
        "seen": Subject(blank, frozenset({"n"}), visited=True),
        "death": Subject(blank, COUNTS),
        "cause_of_death": Subject(tuple(cause.word for cause in DICTIONARY.causes_of_death), COUNTS),
        "tacrolimus_stop": Subject(blank, COUNTS),
        "tacrolimus_stop_reason": Subject(tuple(reason.word for reason in DICTIONARY.stop_reasons), COUNTS),
        "tacrolimus_duration": Subject(blank, SPREAD),
        "reactions": Subject(blank, COUNTS | {"reactions"}),
        "prednisolone_above_30": Subject(blank, COUNTS | {"assessed"}, visited=True),
    }
    categories = tuple(category.word for category in DICTIONARY.reaction_categories)
    for grade in ("", "serious_"):
        found[f"{grade}reaction_category"] = Subject(categories, COUNTS)
        found[f"{grade}reaction_term"] = Subject((), COUNTS)
    for factor in DICTIONARY.factors:
        levels = (*factor.words, PERFORMED.word, NOT_PERFORMED.word) if factor.tested else factor.words
        found[factor.key] = Subject(levels, COUNTS | RATIOS | {"institutions"})
    for number in DICTIONARY.numbers:
        found[number.key] = Subject(blank, SPREAD | {"n"})
    for measure in DICTIONARY.measures:
        found[measure.key] = Subject(blank, SPREAD | VISIT_MEANS | {"n"}, visited=True)
    found["ct_improved"] = Subject(blank, COUNTS | {"assessed"}, visited=True)
    for endpoint in DICTIONARY.endpoints:
        found[endpoint.key] = Subject(blank, frozenset({"survival"}), visited=True)
    return found


_SUBJECTS = _subjects()


def published_numbers(path: Path = FILE) -> tuple[PublishedNumber, ...]:
    """Every row of the file, in its order.

    Raises ValueError, naming the row, for unknown columns, keys, levels or visits, for a repeated id and for digits
    that are not those of the printed text.
    """
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, strict=True)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise ValueError(f"{path.name}: the columns are not {', '.join(COLUMNS)}")
        found = tuple(_number(row) for row in reader)
    seen: set[str] = set()
    for number in found:
        if number.id in seen:
            raise ValueError(f"{number.id}: this id stands twice")
        seen.add(number.id)
    return found


def printed_comparisons(numbers: Iterable[PublishedNumber]) -> frozenset[tuple[str, str]]:
    """Which factor the paper compares, for which endpoint, each by its key.

    It does so by a hazard ratio of its levels, or by the survival of patients with one.
    """
    found = set()
    for number in numbers:
        if number.statistic == "hazard_ratio":
            found.add(("overall_survival", number.variable))
        elif number.statistic == "survival":
            found |= {(number.variable, key) for key, _ in parse_qsl(number.group)}
    return frozenset(found)


def agrees(printed: str, digits: int | None, value: float | None) -> bool:
    """Whether ``value``, rounded half away from zero to ``digits`` decimals, is the printed number.

    ``NA`` agrees with None and with a value that is not finite; ``>10`` with every value above 10. Raises ValueError
    for a printed text that is neither of these nor a number.
    """
    if printed == NOT_AVAILABLE:
        return value is None or not math.isfinite(value)
    if not _NUMBER.fullmatch(printed):
        raise ValueError(f"{printed!r} is not a number")
    if value is None or not math.isfinite(value):
        return False
    if printed.startswith(">"):
        return value > float(printed[1:])
    return _rounded(value, digits or 0) == _rounded(float(printed), digits or 0)


def printed_form(value: float | None, digits: int | None) -> str:
    """``value`` as the paper would print it: rounded half away from zero, ``NA`` for None and what is not finite.

    Without ``digits`` (the paper printed no number there) two decimals are shown.
    """
    if value is None or not math.isfinite(value):
        return NOT_AVAILABLE
    places = 2 if digits is None else digits
    return f"{_rounded(value, places) / 10.0**places:.{places}f}"


def _rounded(value: float, digits: int) -> int:
    """``value`` x 10^digits as a whole number; what lies within the tolerance below a half counts as a half."""
    size = math.floor(abs(value) * 10.0**digits + 0.5 + TOLERANCE)
    return -size if value < 0 else size


def _number(row: Mapping[str, str | None]) -> PublishedNumber:
    name = row.get("id") or "row without id"
    if None in row or None in row.values():
        raise ValueError(f"{name}: it has not {len(COLUMNS)} columns")
    text = {key: value or "" for key, value in row.items()}
    digits = text.pop("digits")
    if digits and not digits.isdecimal():
        raise ValueError(f"{name}: {digits!r} is not a number of digits")
    number = PublishedNumber(digits=int(digits) if digits else None, **text)
    faults = list(_faults(number))
    if faults:
        raise ValueError(f"{name}: {'; '.join(faults)}")
    return number


def _faults(number: PublishedNumber) -> Iterable[str]:
    if not _ID.fullmatch(number.id):
        yield "the id is not of the form A-001, X-001 or T1-001"
    if not number.place:
        yield "it has no place"
    if number.population not in DICTIONARY.population:
        yield f"unknown population {number.population!r}"
    if number.statistic not in STATISTICS:
        yield f"unknown statistic {number.statistic!r}"
    if number.visit and number.visit not in DICTIONARY.visit:
        yield f"unknown visit {number.visit!r}"
    if number.answerable == (number.statistic == UNRECORDED):
        yield f"a reason is given exactly when the statistic is {UNRECORDED!r}"
    yield from _query_faults(number.group)
    yield from _query_faults("" if number.of == ALL else number.of)
    if number.of and number.statistic != "percent":
        yield "only a percentage is out of something"
    yield from _printed_faults(number)
    if number.answerable:
        yield from _subject_faults(number)


def _query_faults(query: str) -> Iterable[str]:
    if not query:
        return
    try:
        pairs = parse_qsl(query, strict_parsing=True)
    except ValueError:
        yield f"{query!r} is not a query string"
        return
    for key, level in pairs:
        if key not in DICTIONARY.factor or level not in DICTIONARY.factor[key].words:
            yield f"unknown group {key}={level}"


def _printed_faults(number: PublishedNumber) -> Iterable[str]:
    match = _NUMBER.fullmatch(number.printed)
    if match:
        if number.digits != len(match[1] or ""):
            yield f"{number.printed!r} does not have {number.digits} digits"
    elif number.digits is not None:
        yield f"{number.printed!r} has no digits"
    elif number.answerable and (number.printed, number.statistic) != (NOT_AVAILABLE, "hazard_ratio"):
        yield f"{number.printed!r} is not a number"


def _subject_faults(number: PublishedNumber) -> Iterable[str]:
    subject = _SUBJECTS.get(number.variable)
    if subject is None:
        yield f"unknown variable {number.variable!r}"
        return
    if number.statistic not in subject.statistics:
        yield f"{number.variable} has no {number.statistic}"
    if number.level not in subject.levels if subject.levels else not number.level:
        yield f"{number.variable} has no level {number.level!r}"
    if bool(number.visit) != (subject.visited and number.statistic not in VISIT_MEANS):
        yield f"{number.variable} needs {'a' if subject.visited else 'no'} visit"
