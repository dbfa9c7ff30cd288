"""Courses as they are shown where small counts are hidden."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from components.core.rounded import rounded_set, rounded_share, rounded_summary, withheld_parts
from components.core.small_counts import few, rounded_down
from components.courses.analysis import Lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from components.core.columns import Share
    from components.courses.analysis import Course, Point, Series

NO_LINES = Lines((), np.array([], dtype=np.int64), np.array([], dtype=np.int64), np.array([], dtype=np.float64))


def rounded_course(result: Course) -> Course:
    """``result`` with counts rounded down, without visits of fewer than five values, and without single patients.

    A visit of another group, or of those of a group who stayed or departed, is withheld as well where the values of all
    less those shown would speak of fewer than five.
    """
    halves = [_series(pair) for pair in zip(result.stayed, result.departed, strict=True)]
    return replace(
        result,
        series=_series(result.series, result.groups.unknown),
        stayed=tuple(stayed for stayed, _ in halves),
        departed=tuple(departed for _, departed in halves),
        lines=NO_LINES,
        analysed=rounded_set(result.analysed),
    )


def _series(parts: Sequence[Series], apart: int = 0) -> tuple[Series, ...]:
    """Series that together are all patients but for those ``apart``."""
    visits = [
        withheld_parts([point.values.n for point in at], apart)
        for at in zip(*(series.points for series in parts), strict=True)
    ]
    return tuple(
        replace(
            series,
            n=rounded_down(series.n),
            points=tuple(_point(p, withheld=gone[k]) for p, gone in zip(series.points, visits, strict=True)),
        )
        for k, series in enumerate(parts)
    )


def _point(point: Point, *, withheld: bool) -> Point:
    return replace(
        point,
        values=rounded_summary(point.values, withheld=withheld),
        followed=rounded_down(point.followed),
        died=rounded_down(point.died),
        left=rounded_down(point.left),
        below=_share(point.below),
        within=_share(point.within),
        above=_share(point.above),
        few_left=point.few_left and not few(point.values.n),
        before=None if point.before is None else rounded_summary(point.before, withheld=withheld),
    )


def _share(share: Share | None) -> Share | None:
    return None if share is None else rounded_share(share)
