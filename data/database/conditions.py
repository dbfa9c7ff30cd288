"""Filters as expressions over a database's patients."""

from __future__ import annotations

from typing import Any

from data.cohort import RuledFactor
from data.counted import RowsElsewhereError
from data.database.tables import PatientRows
from data.filters import Choice, Filter, Range
from data.kept_cohorts import AnyOf, Around
from data.levels import MISSING


def parts_of(conditions: Filter) -> list[Choice | Range]:
    """What a filter asks of patients, to know which columns it needs."""
    match conditions:
        case AnyOf():
            return [part for one in conditions.cohorts for part in parts_of(one.filter)]
        case Around():
            return parts_of(conditions.around)
        case _:
            return list(conditions.parts)


def condition(conditions: Filter, rows: PatientRows) -> Any:
    """Whom a filter keeps, as an expression."""
    import ibis

    match conditions:
        case AnyOf():
            kept = ibis.literal(value=False)
            for one in conditions.cohorts:
                kept |= condition(one.filter, rows)
            return kept
        case Around():
            return condition(conditions.around, rows)
    kept = ibis.literal(value=True)
    for part in conditions.parts:
        kept &= _choice(part, rows) if isinstance(part, Choice) else _range(part, rows)
    return kept


def _choice(part: Choice, rows: PatientRows) -> Any:
    if isinstance(part.factor, RuledFactor):
        raise RowsElsewhereError
    wanted = [k for k, level in enumerate(part.factor.levels) if level.id in part.levels]
    return rows.codes(part.factor).isin([*wanted, -1] if MISSING in part.levels else wanted)


def _range(part: Range, rows: PatientRows) -> Any:
    value = rows.number(part.number.column)
    inside = (value >= part.low) & (value <= part.high)
    return inside.fill_null(part.keep_missing)
