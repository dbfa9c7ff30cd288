"""How numbers are distributed, worked out by the database: n, mean, SD, quartiles and ends, by one query."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from data.counted import Moments
from data.database.small_counts import FEWEST_FOR_QUARTILES


def described(
    source: Any, rows: Any, numbers: int, parts: Sequence[tuple[int, ...] | None], fewest: int = 1
) -> tuple[tuple[Moments, ...] | None, ...]:
    """Each number of ``rows`` (``code``, ``n0``, ``n1`` ...) described in each of the parts, by one query.

    The different values of each code are counted first, which is all that reads the rows; quartiles then follow from
    sums over values and no row is sorted. The mean is taken before the squares are summed, as the engine does: sums of
    squares of large numbers lose digits.
    """
    import ibis

    one_by_one = [
        rows.group_by(code=rows["code"], value=rows[f"n{k}"])
        .aggregate(times=rows.count())
        .select("code", "value", "times", number=ibis.literal(k))
        for k in range(numbers)
    ]
    counts = each = one_by_one[0] if numbers == 1 else ibis.union(*one_by_one)
    members = [
        (counts if levels is None else counts.filter(counts["code"].isin(levels))).mutate(part=ibis.literal(c))
        for c, levels in enumerate(parts)
    ]
    counts = members[0] if len(members) == 1 else ibis.union(*members)
    cell, there = ("number", "part"), counts["value"].notnull()
    known = counts.filter(there).group_by([*cell, "value"]).aggregate(times=counts["times"].sum())
    whole = counts.group_by(cell).aggregate(
        n=there.ifelse(counts["times"], 0).sum(),
        missing=there.ifelse(0, counts["times"]).sum(),
        total=(counts["value"] * counts["times"]).sum(),
    )
    whole = whole.mutate(mean=whole["total"] / whole["n"].nullif(0))
    run = known.mutate(
        up_to=known["times"].sum().over(ibis.window(group_by=cell, order_by="value", preceding=None, following=0))
    )
    run = run.join(whole.select(*cell, "n", "mean"), cell)
    away = run["value"] - run["mean"]
    fourths = {}
    for k in range(5):
        reached = run["up_to"] * 4 >= (run["n"] * k if k else 1)
        beyond = run["up_to"] * 4 > run["n"] * min(k, 3) if 0 < k < 4 else reached
        fourths[f"low{k}"] = reached.ifelse(run["value"], None).min()
        fourths[f"high{k}"] = beyond.ifelse(run["value"], None).min()
    spread = run.group_by(cell).aggregate(squares=(away * away * run["times"]).sum(), **fourths)
    asked = whole.left_join(spread, cell).drop("number_right", "part_right")
    if fewest > 1:
        asked = asked.join(_enough(each, whole, fewest), "number")
        asked = asked.mutate(low0=ibis.null("float64"), high0=ibis.null("float64"))
        asked = asked.mutate(low4=asked["low0"], high4=asked["high0"])
    found = {(int(row["number"]), int(row["part"])): row for row in source.answer(asked).to_dict("records")}
    there = {number for number, _ in found} if fewest > 1 else set(range(numbers))
    return tuple(
        tuple(_moments(found.get((k, c))) for c in range(len(parts))) if k in there else None for k in range(numbers)
    )


def _enough(each: Any, whole: Any, fewest: int) -> Any:
    """The numbers of which nothing small would be said: ``number``."""
    known = each["value"].notnull()
    by_code = each.group_by(["number", "code"]).aggregate(
        n=known.ifelse(each["times"], 0).sum(), missing=known.ifelse(0, each["times"]).sum()
    )
    few = (_few(by_code["n"], fewest) | _few(by_code["missing"], fewest)).ifelse(1, 0).max()
    scarce = _few(whole["n"], FEWEST_FOR_QUARTILES).ifelse(1, 0).max()
    cells = by_code.group_by("number").aggregate(few=few)
    sizes = whole.group_by("number").aggregate(scarce=scarce).rename(numbered="number")
    found = cells.join(sizes, cells["number"] == sizes["numbered"])
    return found.filter((found["few"] == 0) & (found["scarce"] == 0)).select("number")


def _few(count: Any, fewest: int) -> Any:
    return (count > 0) & (count < fewest)


def _moments(row: dict[Any, Any] | None) -> Moments:
    nan = float("nan")
    if row is None or not int(row["n"]):
        return Moments(0, 0 if row is None else int(row["missing"]), nan, nan, (nan,) * 5)
    n = int(row["n"])
    low, q1, median, q3, high = ((as_float(row[f"low{k}"]) + as_float(row[f"high{k}"])) / 2 for k in range(5))
    constant = low == high
    sd = nan if n < 2 else 0.0 if constant else float(np.sqrt(float(row["squares"]) / (n - 1)))
    mean = low if constant else float(row["mean"])
    return Moments(n, int(row["missing"]), mean, sd, (low, q1, median, q3, high))


def as_float(value: Any) -> float:
    """A number of an answer, nan for one that is not there."""
    return float("nan") if pd.isna(value) else float(value)
