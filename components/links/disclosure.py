"""Whether a view may be shown where small counts are hidden: no two that are shown differ by one to four patients.

Rounded counts hide a patient within one view. Two views that differ by that patient alone would show him all the same,
wherever a rounded count changes between them. So a view is withheld when one of its conditions, or one of the levels
that a condition keeps, concerns one to four patients among those who meet any of the other conditions. Of two views of
which one keeps a part of the other, both shown, the larger then keeps either the same patients or at least five more.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from components.core import small_counts_words as words
from components.core.groups import patients_of
from components.core.small_counts import few
from components.links.control_types import IntegerChoice, NumericRange
from data.counted import SmallCountsError
from data.filters import Choice, Filter
from data.kept_cohorts import Around

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from components.links.page_input import PageInput
    from components.links.view import View
    from data.cohort import Cohort
    from data.counted import Counted

MOST_CONDITIONS = 6
"""More conditions than this have too many combinations to be looked through at every click."""


def withheld_because(here: PageInput, view: View) -> str:
    """Why nothing of these patients is shown where small counts are hidden; blank where something is."""
    free = [control.look.label for control, _ in view.choices if isinstance(control, IntegerChoice | NumericRange)]
    if free:
        return words.free_numbers(free)
    if few(here.cohort.n):
        return words.FEW_BEHIND
    reasons = (withheld_filter(here.whole, one) for one in (here.chosen.filter, here.filter))
    return next((reason for reason in reasons if reason), "")


def withheld_filter(whole: Cohort | Counted, conditions: Filter) -> str:
    """Why the patients who meet ``conditions`` are not shown beside those who meet fewer of them; blank for no reason.

    A kind of filter that is not known here is withheld.
    """
    if type(conditions) is Around:
        return withheld_filter(whole, conditions.inner) or withheld_filter(whole, conditions.around)
    parts = tuple(part for part in conditions.parts if isinstance(part, Choice))
    if type(conditions) is not Filter or len(parts) < len(conditions.parts):
        return words.KEPT
    if len(parts) > MOST_CONDITIONS:
        return words.MANY_CONDITIONS
    try:
        counted = whole.counted_by(*(part.factor for part in parts))
    except SmallCountsError:
        return words.TOO_FEW_TOGETHER
    for one in parts:
        others = [part.kept(counted) for part in parts if part is not one]
        if any(_isolates(counted, one, among) for among in _combined(others, counted.rows)):
            return words.isolates(one.sentence)
    return ""


def _combined(conditions: list[NDArray[np.bool_]], rows: int) -> Iterator[NDArray[np.bool_]]:
    """Who (rows,) meets each choice of the conditions, none of them and all of them included."""
    for k in range(len(conditions) + 1):
        for some in combinations(conditions, k):
            yield np.logical_and.reduce([np.ones(rows, dtype=np.bool_), *some])


def _isolates(counted: Cohort | Counted, one: Choice, among: NDArray[np.bool_]) -> bool:
    """Whether ``among`` whom it is asked the condition leaves out, or keeps at a level of its own, one to four."""
    kept = one.kept(counted)
    parts = [among & ~kept, *(among & Choice(one.factor, (level,)).kept(counted) for level in one.levels)]
    return any(patients_of(part, counted.weights) > 0 and few(patients_of(part, counted.weights)) for part in parts)
