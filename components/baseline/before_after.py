"""What a filter changes at the start: the patients it keeps, those it leaves out, and everybody."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from components.baseline.analysis import Baseline, baseline
from components.core.made_factors import by_shown
from components.core.method import PAPER, Method
from components.core.pale import NO_FILTER, Pale

if TYPE_CHECKING:
    from data.cohort import Cohort
    from data.filters import Filter


@dataclass(frozen=True, eq=False)
class BaselineBeforeAfter:
    """The rows of everybody, and ``parted`` into those whom a filter keeps and the rest of them.

    Everybody may be a kept cohort, as ``pale`` says.
    """

    parted: Baseline
    everybody: Baseline
    pale: Pale = field(default_factory=Pale)


def baseline_before_after(
    whole: Cohort,
    chosen: Filter,
    variables: tuple[str, ...],
    method: Method = PAPER,
    pale: Pale = NO_FILTER,
) -> BaselineBeforeAfter:
    """What ``chosen`` changes in ``whole``, or what sets those shown apart from the others of a kept cohort."""
    parted = baseline(pale.with_shown(whole, chosen), by_shown(chosen), variables, method)
    everybody = parted if pale.cohort is None else baseline(pale.of(whole), None, variables, method)
    return BaselineBeforeAfter(parted, everybody, pale)
