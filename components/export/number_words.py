"""Words of the files of numbers: heads of columns, kinds of rows, procedures of limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.language import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from components.core.method import Interval

STEP, CENSORED, COUNTS = say("step"), say("censored"), say("counts")
INFINITE = say("inf")

LIMITS_OF: Mapping[Interval, str] = {
    "by events": say("log-log"),
    "log-log": say("log-log"),
    "log": say("log"),
    "plain": say("plain"),
    "beta product": say("beta product"),
}
"""How the limits of a step are called by what was chosen."""

HEADS: Mapping[str, str] = {
    "plot": say("plot"),
    "group": say("group"),
    "shown_as": say("shown_as"),
    "category": say("category"),
    "at": say("at"),
    "at_what": say("at_what"),
    "at_unit": say("at_unit"),
    "value": say("value"),
    "lower": say("lower"),
    "upper": say("upper"),
    "what": say("what"),
    "unit": say("unit"),
    "note": say("note"),
    "kind": say("kind"),
    "day": say("day"),
    "survival": say("survival"),
    "limits": say("limits"),
    "at_risk": say("at_risk"),
    "censored": say("censored"),
    "events": say("events"),
    "factor": say("factor"),
    "level": say("level"),
    "reference": say("reference"),
    "patients": say("patients"),
    "hazard_ratio": say("hazard_ratio"),
    "p": say("p"),
    "factor_p": say("factor_p"),
    "detectable_ratio": say("detectable_ratio"),
    "not_estimable_because": say("not_estimable_because"),
    "least_across": say("least_across"),
    "most_across": say("most_across"),
    "reconstructions_known": say("reconstructions_known"),
    "id": say("id"),
    "place": say("place"),
    "population": say("population"),
    "variable": say("variable"),
    "statistic": say("statistic"),
    "visit": say("visit"),
    "printed": say("printed"),
    "recomputed": say("recomputed"),
    "reproduced": say("reproduced"),
    "reconstruction": say("reconstruction"),
}
"""The head of each column, by its id; in English the ids themselves, which scripts read."""
