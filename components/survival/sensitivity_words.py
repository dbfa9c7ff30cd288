"""The second look at a hazard ratio in words: profile likelihood and Firth's penalty beside each other."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf
from typing import TYPE_CHECKING

from components.core.numbers import bare_p, decimal, with_interval
from components.core.table import Table
from components.survival.detectable_words import COLUMN, detectable
from data.language import say

if TYPE_CHECKING:
    from components.core.estimate import Estimate
    from components.survival.sensitivity import LevelSensitivity

FARTHEST = 1000.0
"""Ratios beyond this, or its reciprocal, are printed as beyond it."""

CAPTION = say(
    "Sensitivity: the same ratios without Wald's approximation, also where that has no answer. With "
    "few events the likelihood's own p-value is anti-conservative, that is too small too often; "
    "Firth's is not."
)
TIES = say(
    "Tied events by Efron's method, whatever is chosen under “Statistical conventions”: lifelines, "
    "which fits this model, has no other, and so the sensitivity table keeps to it."
)


def second_look(of: str, rows: Iterable[tuple[str, LevelSensitivity]]) -> Table:
    """A row for each name and its second look; ``of`` heads the names.

    What could have been shown is a column of its own where it is known of any.
    """
    looks = tuple(rows)
    sized = any(level.detectable is not None for _, level in looks)
    columns = (of, say("Likelihood: HR (profile 95% CI)"), say("p (likelihood ratio, anti-conservative)"),
               say("Firth-penalised HR (profile 95% CI)"), say("p (Firth)"), *((COLUMN,) if sized else ()))  # fmt: skip
    lines = tuple(
        (
            name,
            ratio(level.profile),
            bare_p(level.profile_p),
            ratio(level.firth),
            bare_p(level.firth_p),
            *((detectable(level.detectable),) if sized else ()),
        )
        for name, level in looks
    )
    return Table(columns, lines, CAPTION)


def ratio(found: Estimate) -> str:
    """A hazard ratio with its limits, which without Wald's approximation may lie very far out: ``> 1000``, ``∞``."""
    ends = [found.value, found.lower, found.upper]
    if any((end is not None and FARTHEST < end < inf) or (end is not None and 0 < end < 1 / FARTHEST) for end in ends):
        value, lower, upper = (_far(end) for end in ends)
        return say("{value} ({lower} to {upper})", value=value, lower=lower, upper=upper)
    return with_interval(found, 2)


def _far(end: float | None) -> str:
    if end is None:
        return say("NE")
    if FARTHEST < end < inf:
        return f"> {decimal(FARTHEST)}"
    if 0 < end < 1 / FARTHEST:
        return f"< {decimal(1 / FARTHEST, 3)}"
    return "∞" if end == inf else decimal(end, 2)
