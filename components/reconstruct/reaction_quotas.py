"""How many patients the paper counts with each category and term of reactions, and how many of them seriously."""

from __future__ import annotations

from dataclasses import dataclass

from components.reconstruct.reaction_terms import OTHER_CATEGORY, SINGLE_TERMS
from components.reconstruct.targets import Targets
from data.variables import DICTIONARY

UNLISTED = 0.12
"""Terms of one patient each in a category with listed terms, as a share of its patients; the paper does not say."""


@dataclass(frozen=True)
class Term:
    """Patients with a term (or with the terms pooled under a label), and those in whom it was serious."""

    label: str
    patients: int
    serious: int


@dataclass(frozen=True)
class Quota:
    """Patients with a category, and with it seriously; its listed terms; how many terms of one patient each."""

    category: str
    patients: int
    serious: int
    terms: tuple[Term, ...]
    singles: int
    serious_singles: int


def quotas(targets: Targets) -> tuple[Quota, ...]:
    """One quota a category of which the paper counts patients, in the paper's order, and one of other printed terms.

    A term belongs to the category under which it stands in its table; terms printed elsewhere are of no category of
    special interest. A category without listed terms is counted under the pooled label that bears its name.
    """
    listed: dict[str, list[Term]] = {}
    elsewhere: dict[str, Term] = {}
    place = ""
    for number in targets.numbers:
        if number.variable == "reaction_category" and number.statistic == "n":
            place = number.place
            listed.setdefault(number.level, [])
            current = number.level
        elif number.variable == "reaction_term" and number.statistic == "n":
            term = Term(number.level, int(number.printed), _serious(targets, "reaction_term", number.level))
            if number.place == place and place.startswith("Table"):
                listed[current].append(term)
            else:
                elsewhere[number.level] = term
    found = [_quota(targets, category, tuple(terms)) for category, terms in listed.items()]
    return (*found, Quota(OTHER_CATEGORY, 0, 0, tuple(elsewhere.values()), 0, 0))


def _serious(targets: Targets, variable: str, level: str) -> int:
    """Printed serious patients; none where the paper prints no number."""
    found = targets.chosen(variable=f"serious_{variable}", level=level, statistic="n")
    return int(found[0].printed) if found else 0


def _quota(targets: Targets, category: str, terms: tuple[Term, ...]) -> Quota:
    patients = targets.count("reaction_category", level=category)
    serious = _serious(targets, "reaction_category", category)
    if category in {group.word for group in DICTIONARY.term_groups}:
        terms = (Term(category, patients, serious),)
    serious_singles = max(serious - sum(term.serious for term in terms), 0)
    missing = patients - sum(term.patients for term in terms) - serious_singles
    usual = round(UNLISTED * patients) if terms and category in SINGLE_TERMS else 0
    return Quota(category, patients, serious, terms, max(missing, usual, 0), serious_singles)
