"""The reconstructed cohort beside the paper and beside R, computed once; whatever is asked of it reads that."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from components.evidence.agreement import Agreement, agreement
from components.evidence.coverage import Coverage, coverage, trial
from components.evidence.fidelity import Fidelity, fidelity
from components.evidence.on_pages import OnPage, on_pages
from data.cohort import Cohort
from data.ensemble import has_ensemble
from data.paper.published import PublishedNumber, published_numbers
from data.paper.reference import FILE, reference


@dataclass(frozen=True, eq=False)
class Comparison:
    """A cohort against the published numbers, and against R's answers where there are any of this cohort."""

    fidelity: Fidelity
    agreement: Agreement | None


def comparable(study: Cohort) -> bool:
    """Whether the paper speaks of these patients: of those of an imported cohort it says nothing."""
    return study.provenance.kind == "reconstructed"


def comparison(study: Cohort) -> Comparison:
    """The comparison of a reconstructed cohort. Raises ValueError for any other, which must not be kept here."""
    if not comparable(study):
        raise ValueError("the published numbers belong to the reconstructed cohort")
    return _comparison(study)


@lru_cache(maxsize=2)
def _comparison(study: Cohort) -> Comparison:
    return Comparison(fidelity(study, published()), agreement(study, reference()) if FILE.exists() else None)


@cache
def published() -> tuple[PublishedNumber, ...]:
    """Every published number."""
    return published_numbers()


@cache
def answerable_places() -> tuple[str, ...]:
    """The places of the paper with a number that a cohort can answer, in the order of the paper."""
    return tuple(dict.fromkeys(number.place for number in published() if not number.reason))


def coverage_of(study: Cohort) -> Coverage | None:
    """How the ranges shown of this cohort cover numbers that were left out; None where no ranges are shown of it."""
    return _coverage() if has_ensemble(study) else None


def shown_on_pages(study: Cohort) -> tuple[OnPage, ...]:
    """Where pages show the published numbers, over all reconstructions; nothing where no ranges are shown of it."""
    return _on_pages() if has_ensemble(study) else ()


@cache
def _on_pages() -> tuple[OnPage, ...]:
    return on_pages()


@cache
def _coverage() -> Coverage | None:
    return coverage(published())


@cache
def trial_of_strengths() -> tuple[Coverage, Coverage] | None:
    """How ranges cover the same numbers in the same reconstructions as those were made, and with strengths drawn."""
    return trial(published())
