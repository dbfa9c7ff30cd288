"""Adjusted comparisons as they are shown where small counts are hidden."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from components.core.rounded import WITHHELD, rounded_estimate, rounded_p, rounded_set
from components.core.small_counts import few, rounded_down
from components.survival.rounded_causes import rounded_test

if TYPE_CHECKING:
    from components.survival.adjusted import Adjusted, AdjustedRatio


def singles_out(result: Adjusted) -> bool:
    """Whether one to four patients are left out for something not known: beside the others they would be told apart."""
    return any(few(one.n) for one in result.analysed.left_out)


def rounded_adjusted(result: Adjusted) -> Adjusted:
    """``result`` with counts rounded down; a ratio needs five patients and events in its group and in the reference.

    The coefficients of what is adjusted for are left out: how many stand behind each is not counted.
    """
    base = next((level for level in result.levels if level.reference), None)
    every = not any(few(level.n) or few(level.events) for level in result.levels)
    return replace(
        result,
        n=rounded_down(result.n),
        events=rounded_down(result.events),
        culprits=(),
        levels=tuple(_level(level, base) for level in result.levels),
        others=(),
        p=rounded_p(result.p) if every else None,
        unstratified=None if result.unstratified is None else rounded_test(result.unstratified, enough=every),
        stratified=None if result.stratified is None else rounded_test(result.stratified, enough=every),
        analysed=rounded_set(result.analysed),
    )


def _level(level: AdjustedRatio, base: AdjustedRatio | None) -> AdjustedRatio:
    own = replace(level, n=rounded_down(level.n), events=rounded_down(level.events))
    if level.reference:
        return own
    if base is None or any(few(one.n) or few(one.events) for one in (level, base)):
        return replace(own, adjusted=WITHHELD, adjusted_p=None, alone=WITHHELD, alone_p=None)
    return replace(
        own,
        adjusted=rounded_estimate(level.adjusted),
        adjusted_p=rounded_p(level.adjusted_p),
        alone=rounded_estimate(level.alone),
        alone_p=rounded_p(level.alone_p),
    )
