"""Reactions counted by the database: who had any, of each category and of each term, and the days at risk of it."""

from __future__ import annotations

from typing import Any

import numpy as np

from data.counted import ReactionCounts
from data.database.small_counts import small
from data.database.source import Source
from data.database.stand_in import null
from data.database.tables import cases
from data.dictionary import Dictionary

SERIOUS = "Yes"
"""What files write where a reaction is serious."""


def reaction_counts(source: Source, people: Any, reactions: Any, words: Dictionary, levels: int) -> ReactionCounts:
    """The ``reactions`` of ``people`` (``who``, ``code`` of one of ``levels`` or -1, ``last`` day), by two queries.

    A category or a term is left out, by the query itself, where one of its counts is small: patients who had it,
    who had it seriously, who had it but never seriously, or who did not have it, of any level.
    """
    keys = ["category", "term"]
    fewest = source.fewest
    by_code = people.group_by("code").aggregate(n=people.count(), days=people["last"].sum())
    if fewest > 1:
        by_code = by_code.filter(by_code["n"] >= fewest)
    everybody = source.answer(by_code.order_by("code"))
    cells = _cells(people, reactions, words)
    if fewest > 1:
        beside = by_code.select(of_code=by_code["code"], of=by_code["n"])
        cells = cells.left_join(beside, cells["code"] == beside["of_code"]).drop("of_code")
        few = [cells["patients"], cells["grave"], cells["patients"] - cells["grave"], cells["of"] - cells["patients"]]
        marked = cells.mutate(few=sum(small(count, fewest).ifelse(1, 0) for count in few)).drop("of")
        worst = marked.group_by(keys).aggregate(worst=marked["few"].max())
        worst = worst.rename(of_category="category", of_term="term")
        together = marked.join(worst, [marked["category"] == worst["of_category"], marked["term"] == worst["of_term"]])
        shown = together.filter(together["worst"] == 0).select(cells.drop("of").columns)
        hidden = worst.filter((worst["worst"] > 0) & (worst["of_term"] == "")).select(category=worst["of_category"])
        left_out = tuple(sorted(source.answer(hidden.order_by("category"))["category"]))
    else:
        shown, left_out = cells, ()
    found = source.answer(shown.order_by([*keys, "code"]))
    listed = list(dict.fromkeys(zip(found["category"], found["term"], strict=True)))
    counts = np.zeros((4, len(listed), levels + 1), dtype=np.int64)
    risk = np.zeros((2, len(listed), levels + 1))
    days = np.zeros(levels + 1)
    days[everybody["code"].to_numpy(dtype=np.int64)] = everybody["days"].to_numpy(dtype=float)
    risk[:] = days
    place = {key: r for r, key in enumerate(listed)}
    for row in found.to_dict("records"):
        at = (place[row["category"], row["term"]], int(row["code"]))
        counts[(slice(None), *at)] = [int(row[name]) for name in ("patients", "grave", "reactions", "grave_reactions")]
        risk[(slice(None), *at)] -= [float(row[name]) for name in ("lost", "grave_lost")]
    return ReactionCounts(tuple(listed), counts[:2], counts[2:], risk, days, left_out, withholds=fewest > 1)


def _cells(people: Any, reactions: Any, words: Dictionary) -> Any:
    """A row for each category, term and level: patients, reactions and lost days at risk, all and of serious ones."""
    import ibis

    pooled = [((group.category, term), group.word) for group in words.term_groups for term in group.terms]
    grave = (reactions["serious"] == SERIOUS).ifelse(1, 0) == 1
    one = reactions.select(
        "category",
        owner=reactions["patient"],
        term=reactions["term"],
        day=reactions["day"],
        grave=grave.ifelse(1, 0),
        grave_day=grave.ifelse(reactions["day"], null()),
    )
    for category in dict.fromkeys(key[0] for key, _ in pooled):
        of_category = cases(one["term"], ((key[1], word) for key, word in pooled if key[0] == category), one["term"])
        one = one.mutate(term=(one["category"] == category).ifelse(of_category, one["term"]))
    blank = ibis.literal("")
    parts = [one.mutate(category=blank, term=blank), one.mutate(term=blank), one.filter(one["term"].notnull())]
    counted_in = ibis.union(*(part.select(sorted(part.columns)) for part in parts))
    mine = counted_in.join(people, counted_in["owner"] == people["who"])
    each = mine.group_by(["who", "code", "last", "category", "term"]).aggregate(
        n=mine.count(), first=mine["day"].min(), graves=mine["grave"].sum(), first_grave=mine["grave_day"].min()
    )
    lost, grave_lost = (_lost(each["last"], each[name]) for name in ("first", "first_grave"))
    found = each.mutate(lost=lost, grave_lost=grave_lost)
    return found.group_by(["category", "term", "code"]).aggregate(
        patients=found.count(),
        grave=(found["graves"] > 0).ifelse(1, 0).sum(),
        reactions=found["n"].sum(),
        grave_reactions=found["graves"].sum(),
        lost=found["lost"].sum(),
        grave_lost=found["grave_lost"].sum(),
    )


def _lost(last: Any, first: Any) -> Any:
    """The days of follow-up after a first reaction, 0 where its day is not known or follow-up had ended."""
    begun = (first < 0).ifelse(0.0, first)
    return (begun < last).ifelse(last - begun, 0.0).coalesce(0.0)
