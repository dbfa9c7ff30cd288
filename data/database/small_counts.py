"""Small counts hidden in the query: no cell of one to four patients is part of an answer.

Cells are counted by the database, and days put together by it until no cell is small; what stays small however many
are put together is not answered at all. The database decides that itself, so not even the size of a hidden cell leaves.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from data.counted import Bands

FEWEST = 5
"""The smallest number of patients that a cell of an answer has, unless the operator shows small counts."""

FEWEST_FOR_QUARTILES = 4 * FEWEST
"""Of so many values as many patients lie in each quarter as a cell must have."""

NEARLY_ALL = 9
"""Of ten events, or days of observation."""

WIDTHS = (1, 7, 30, 91, 182, 365)
"""Days of a band, from the finest that is tried: a day, a week, a month, a quarter, half a year, a year."""


def one_by_one(cells: Any, factors: Sequence[str]) -> Any:
    """``cells`` once for each of the columns ``factors``: its position in ``asked``, its level in ``own``."""
    import ibis

    every = cells.mutate(asked=ibis.literal(list(range(len(factors))), "array<int64>")).unnest("asked")
    return every.mutate(own=every["asked"].cases(*((k, every[name]) for k, name in enumerate(factors)), else_=-1))


def guarded(
    cells: Any, keys: Sequence[str], days: Sequence[tuple[str, str]], fewest: int, apart: Sequence[str] = ()
) -> Any:
    """``cells`` (``keys`` and ``weight``) without a count of fewer than ``fewest``; no row where that cannot be.

    ``days`` are columns of observed days, each with that of whether the event happened on it. They are put together in
    bands, each at the day in its middle. Of one column of days follow-up ends before the first band with a small count:
    whoever was observed longer is censored on its first day, ``cut``. Taken is the finest ``width`` that leaves nearly
    all events and days of observation; tables ``apart`` have each its own.
    """
    import ibis

    every = cells.mutate(width=ibis.literal(list(WIDTHS if days else WIDTHS[:1]), "array<int64>")).unnest("width")
    width = every["width"]
    half = (width / 2).floor()
    every = every.mutate(**{day: ((every[day] / width).floor() * width + half).cast("int64") for day, _ in days})
    keys, own = list(dict.fromkeys((*apart, *keys))), ibis.window(group_by=[*apart, "width"])
    counted = _counted(every, [*keys, "width"])
    one = len(days) == 1
    counted = _cut(counted, *days[0], keys, fewest, own) if one else counted.mutate(cut=ibis.null("int64"))
    allowed = counted.mutate(least=counted["weight"].min().over(own))
    allowed = allowed.filter(allowed["least"] >= fewest).drop("least")
    allowed = allowed.mutate(finest=allowed["width"].min().over(ibis.window(group_by=list(apart) or None)))
    return allowed.filter(allowed["width"] == allowed["finest"]).drop("finest")


def _counted(rows: Any, keys: Sequence[str]) -> Any:
    return rows.group_by(list(keys)).aggregate(weight=rows["weight"].sum().cast("int64"))


def _cut(counted: Any, day: str, event: str, keys: Sequence[str], fewest: int, own: Any) -> Any:
    """Follow-up ended before the first band with a small count, for widths at which that leaves nearly everything."""
    import ibis

    first = (counted["weight"] < fewest).ifelse(counted[day], ibis.null("int64")).min().over(own)
    found = counted.mutate(first=first, **_sums(counted, day, event, own, "all"))
    beyond = found["first"].notnull() & (found[day] >= found["first"])
    start = (found["first"] - (found["width"] / 2).floor()).cast("int64")
    ended = {day: beyond.ifelse(start, found[day]), event: beyond.ifelse(0, found[event])}
    found = _counted(found.mutate(**ended, cut=start), [*keys, "width", "cut", "all_events", "all_days"])
    found = found.mutate(**_sums(found, day, event, own, "kept"))
    enough = [found[f"kept_{what}"] * 10 >= found[f"all_{what}"] * NEARLY_ALL for what in ("events", "days")]
    return found.filter(*enough).drop("all_events", "all_days", "kept_events", "kept_days")


def _sums(rows: Any, day: str, event: str, own: Any, named: str) -> dict[str, Any]:
    """The events, and the days of observation, of a whole table."""
    return {
        f"{named}_events": (rows[event] * rows["weight"]).sum().over(own).cast("int64"),
        f"{named}_days": (rows[day] * rows["weight"]).sum().over(own).cast("int64"),
    }


def bands_of(answer: pd.DataFrame) -> Bands:
    """How the days of an answer have been counted together."""
    if not len(answer):
        return Bands()
    cut = answer["cut"].min()
    return Bands(int(answer["width"].max()), None if pd.isna(cut) else int(cut))


def small(count: Any, fewest: int) -> Any:
    """Whether a count is of somebody, but of fewer than ``fewest``."""
    return (count > 0) & (count < fewest)


def at_least(count: Any, fewest: int) -> Any:
    """A count, 0 instead of a small one."""
    return (count >= fewest).ifelse(count, 0)
