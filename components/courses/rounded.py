"""Courses as they are shown where small counts are hidden."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from components.core.rounded import rounded_set, rounded_share, rounded_summary
from components.core.small_counts import rounded_down
from components.courses.analysis import Lines

if TYPE_CHECKING:
    from components.core.columns import Share
    from components.courses.analysis import Course, Point, Series

NO_LINES = Lines((), np.array([], dtype=np.int64), np.array([], dtype=np.int64), np.array([], dtype=np.float64))


def rounded_course(result: Course) -> Course:
    """``result`` with counts rounded down, without visits of fewer than five values, and without single patients."""
    return replace(
        result,
        series=tuple(map(_series, result.series)),
        stayed=tuple(map(_series, result.stayed)),
        departed=tuple(map(_series, result.departed)),
        lines=NO_LINES,
        analysed=rounded_set(result.analysed),
    )


def _series(series: Series) -> Series:
    return replace(series, n=rounded_down(series.n), points=tuple(map(_point, series.points)))


def _point(point: Point) -> Point:
    return replace(
        point,
        values=rounded_summary(point.values),
        followed=rounded_down(point.followed),
        died=rounded_down(point.died),
        left=rounded_down(point.left),
        below=_share(point.below),
        within=_share(point.within),
        above=_share(point.above),
        before=None if point.before is None else rounded_summary(point.before),
    )


def _share(share: Share | None) -> Share | None:
    return None if share is None else rounded_share(share)
