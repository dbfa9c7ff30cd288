"""Times to events from ADaM data sets: the dates of ADSL, and the parameters of ADTTE, each with its own censoring."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.reading import adam_death_messages, adam_messages, adam_variable_messages
from data.reading.adam_values import Dataset, dates, days_between, days_of, number, other_dates, text, undated
from data.reading.cells import Mask, distinct, lines
from data.reading.issue import Issue

USUAL = {"death_day": "OS", "progression_day": "PFS"}
"""The day columns and the parameters that are taken for them when nothing is chosen."""

BY_DATES = ""
"""Chosen instead of a parameter: death and follow-up come from the dates of ADSL."""

DATES = {
    "ADSL": ("TRTSDT", "TRTEDT", "EOSDT", "RFENDT", "LSTALVDT", "DTHDT"),
    "ADTTE": ("STARTDT", "ADT"),
    "ADPC": ("ADT",),
    "ADAE": ("ASTDT",),
}
"""The columns of dates that are read from each kind of data set."""

NEEDED = ("TRTSDT", "DTHDT", "STARTDT")
"""Dates without which a subject would silently become another one: untreated, alive, begun at another time."""


_DEATHLIKE = re.compile(r"death|dying|mortality|survival|\bDTH|\bTTD\b|\bOS", re.IGNORECASE)


@dataclass(frozen=True)
class Parameter:
    """A time-to-event parameter of ADTTE; ``reverse_of`` names the one whose follow-up it holds, if it does."""

    code: str
    label: str
    patients: int
    events: int
    reverse_of: str = ""


def parameters_of(adtte: Dataset) -> tuple[Parameter, ...]:
    """The time-to-event parameters that a data set offers, in order of appearance."""
    codes = dict.fromkeys(str(code) for code in text(adtte.cells, "PARAMCD") if code)
    found: dict[str, tuple[str, pd.DataFrame]] = {}
    for code in codes:
        rows = adtte.cells[text(adtte.cells, "PARAMCD") == code]
        found[code] = (next(iter(text(rows, "PARAM")), code) or code, rows)
    return tuple(
        Parameter(
            code, label, rows["USUBJID"].nunique(), int((number(rows, "CNSR") == 0).sum()), _reversed(code, found)
        )
        for code, (label, rows) in found.items()
    )


def usual_death(parameters: Sequence[Parameter]) -> str | None:
    """What gives the time to death without asking: OS, or the dates of ADSL where no parameter reads like death.

    None where one does under another name: then the visitor has to say.
    """
    if USUAL["death_day"] in {entry.code for entry in parameters}:
        return USUAL["death_day"]
    return None if any(_DEATHLIKE.search(f"{entry.code} {entry.label}") for entry in parameters) else BY_DATES


def _reversed(code: str, found: Mapping[str, tuple[str, pd.DataFrame]]) -> str:
    """The earlier parameter with the same times and the opposite censoring for every patient; else the empty text."""
    own = found[code][1].set_index("USUBJID")
    for other in list(found)[: list(found).index(code)]:
        their = found[other][1].set_index("USUBJID")
        if len(own) > 1 and own.index.is_unique and their.index.is_unique and set(own.index) == set(their.index):
            same = (number(own, "AVAL") == number(their.loc[own.index], "AVAL")).all()
            if same and ((number(own, "CNSR") == 0) != (number(their.loc[own.index], "CNSR") == 0)).all():
                return other
    return ""


def date_issues(entry: Dataset) -> Iterator[Issue]:
    """Dates without a day, cells that are no dates, and how dates were read that are not written as in ISO 8601."""
    cells = entry.cells
    for column in DATES.get(entry.kind, ()):
        found, written = undated(cells, column), text(cells, column)
        if found.partial.any():
            rows = lines(cells)[found.partial].tolist()
            words = distinct(written[found.partial])
            yield adam_messages.partial_dates(entry.name, column, rows, words, needed=column in NEEDED)
        if found.unreadable.any():
            rows = lines(cells)[found.unreadable].tolist()
            yield adam_messages.unreadable_dates(entry.name, column, rows, distinct(written[found.unreadable]))
        other = other_dates(cells, column)
        if other:
            yield adam_messages.dates_read(
                entry.name, column, other, int(np.isin(written.astype(str), list(other)).sum())
            )


def times_of(
    adsl: Dataset | None, adtte: Dataset | None, patients: pd.DataFrame, start: pd.Series, chosen: Mapping[str, str]
) -> tuple[dict[str, NDArray[np.float64]], list[Issue]]:
    """The day columns of the patients: from the chosen parameters, or else from the dates of ADSL."""
    remarked: list[Issue] = []
    if adsl is None:
        unknown = np.full(len(patients), np.nan)
        times = {"death_day": unknown, "last_day": unknown, "progression_day": unknown}
    else:
        times, remarked = _by_dates(adsl, start, by_parameter=bool(chosen.get("death_day")))
    if adtte is None:
        return times, remarked
    offered = {entry.code: entry for entry in parameters_of(adtte)}
    remarked += [adam_messages.reverse(adtte.name, e.code, e.reverse_of) for e in offered.values() if e.reverse_of]
    if "death_day" not in chosen:
        remarked.append(adam_messages.no_endpoint(adtte.name, tuple(offered)))
    for column in ("death_day", "progression_day"):
        code = chosen.get(column, BY_DATES)
        if code == BY_DATES:
            continue
        if code not in offered:
            remarked.append(adam_messages.no_parameter(adtte.name, code, tuple(offered)))
            continue
        remarked += _take(adtte, offered[code], column, times, patients, start, adsl)
    if not chosen.get("death_day") and "progression_last_day" in times:
        # Dates of ADSL: who was looked at for progression on a later day was alive then.
        seen = np.fmax(times["last_day"], times["progression_last_day"])
        times["last_day"] = np.where(np.isnan(times["death_day"]), seen, times["last_day"])
    return times, remarked


def _by_dates(
    adsl: Dataset, start: pd.Series, *, by_parameter: bool
) -> tuple[dict[str, NDArray[np.float64]], list[Issue]]:
    """Death on DTHDT, otherwise followed to the later of EOSDT and LSTALVDT."""
    cells, day_0 = adsl.cells, start.reindex(adsl.cells["USUBJID"])
    death, ended, alive = (days_between(dates(cells, column), day_0) for column in ("DTHDT", "EOSDT", "LSTALVDT"))
    last = np.fmax(ended, alive)
    remarked: list[Issue] = []
    row, names = lines(cells), text(cells, "USUBJID")
    reference = next((column for column in ("RFENDT", "RFENDTC") if column in cells), "")
    if reference:
        until = days_between(dates(cells, reference), day_0)
        without = np.isnan(last) & ~np.isnan(until)
        last = np.where(without, until, last)
        if without.any():
            remarked.append(adam_variable_messages.end_of_reference(adsl.name, reference, int(without.sum())))
    left = _left_by_death(cells) & np.isnan(death) & ~np.isnan(last) & (text(cells, "DTHDT") == "")
    if left.any():
        death = np.where(left, np.where(np.isnan(ended), last, ended), death)
        column = "EOSDT" if not np.isnan(ended[left]).any() else reference
        remarked.append(
            adam_variable_messages.death_on_leaving(adsl.name, column, row[left].tolist(), distinct(names[left]))
        )
    died = ~np.isnan(death)
    times = {
        "death_day": death,
        "last_day": np.where(died, death, last),
        "progression_day": np.full(len(cells), np.nan),
    }
    unflagged = died & (np.char.upper(text(cells, "DTHFL").astype(str)) == "N")
    if unflagged.any():
        remarked.append(
            adam_death_messages.dated_unflagged(adsl.name, row[unflagged].tolist(), distinct(names[unflagged]))
        )
    if by_parameter:
        return times, remarked
    flagged = (np.char.upper(text(cells, "DTHFL").astype(str)) == "Y") & (text(cells, "DTHDT") == "") & ~left
    if flagged.any():
        remarked.append(adam_death_messages.dead_undated(adsl.name, row[flagged].tolist(), distinct(names[flagged])))
    differing = ~died & ~np.isnan(ended) & ~np.isnan(alive) & (ended != alive)
    if differing.any():
        remarked.append(adam_messages.last_dates(adsl.name, int(differing.sum())))
    if (alive > death).any():
        remarked.append(adam_death_messages.alive_after_death(adsl.name, "LSTALVDT", row[alive > death].tolist()))
    return times, remarked


def _left_by_death(cells: pd.DataFrame) -> Mask:
    """Who died (DTHFL) and left the study by that: the disposition is death."""
    flagged = np.char.upper(text(cells, "DTHFL").astype(str)) == "Y"
    why = [np.char.upper(text(cells, column).astype(str)) for column in ("DCDECOD", "DCSREAS", "EOSSTT", "DCREASCD")]
    return np.asarray(flagged & np.any([words == "DEATH" for words in why], axis=0), dtype=np.bool_)


def _take(
    adtte: Dataset,
    parameter: Parameter,
    column: str,
    times: dict[str, NDArray[np.float64]],
    patients: pd.DataFrame,
    start: pd.Series,
    adsl: Dataset | None,
) -> Iterator[Issue]:
    """Put the times of one parameter into ``times``, and report how."""
    code = parameter.code
    rows, remarked = rows_of(adtte, code)
    yield from remarked
    day, remarked = days_of(adtte.name, rows, start)
    yield from remarked
    event = number(rows, "CNSR") == 0
    yield adam_messages.endpoint(adtte.name, code, parameter.label, column, int(event.sum()), len(rows))
    timeless = np.isnan(day) & ~any(entry.severity == "error" for entry in remarked)
    if timeless.any():
        yield adam_messages.no_time(adtte.name, lines(rows)[timeless].tolist(), code)
    at = pd.Index(rows["USUBJID"])
    if not at.is_unique:
        return
    place = at.get_indexer(pd.Index(patients["patient"]))
    there = place >= 0
    on_day, had = np.append(day, np.nan)[place], np.append(event, False)[place]
    followed = ~np.isnan(times["last_day"])
    if (~there & followed).any():
        yield adam_messages.without_row(adtte.name, code, distinct(text(patients, "patient")[~there & followed]))
    if column == "death_day":
        yield from _contradictions(adsl, code, there, np.where(there & had, on_day, np.nan), times["death_day"])
        times["death_day"] = np.where(there, np.where(had, on_day, np.nan), times["death_day"])
        times["last_day"] = np.where(there, on_day, times["last_day"])
        return
    died = had & np.append(_death(rows), False)[place]
    elsewhere: Mask = died & (on_day != times["death_day"])
    if elsewhere.any():
        yield adam_death_messages.death_elsewhere(adtte.name, lines(rows)[place[elsewhere]].tolist(), code)
    times["progression_day"] = np.where(had & (~died | elsewhere), on_day, np.nan)
    times["progression_last_day"] = on_day


def _contradictions(
    adsl: Dataset | None, code: str, there: Mask, event: NDArray[np.float64], death: NDArray[np.float64]
) -> Iterator[Issue]:
    """Where the deaths of ADSL are not the events of a parameter; ``event`` and ``death`` are their days."""
    if adsl is None:
        return
    cells, flag = adsl.cells, np.char.upper(text(adsl.cells, "DTHFL").astype(str))
    row, names = lines(cells), text(cells, "USUBJID")
    told, had = (flag == "Y") | (text(cells, "DTHDT") != ""), ~np.isnan(event)
    dead = told & there & ~had
    if dead.any():
        yield adam_death_messages.dead_censored(adsl.name, row[dead].tolist(), distinct(names[dead]), code)
    alive = had & ~told & bool(told.any() or (flag == "N").any())
    if alive.any():
        yield adam_death_messages.alive_with_event(adsl.name, row[alive].tolist(), distinct(names[alive]), code)
    other = had & ~np.isnan(death) & (event != death)
    if other.any():
        yield adam_death_messages.other_day_of_death(adsl.name, row[other].tolist(), distinct(names[other]), code)


def rows_of(adtte: Dataset, code: str) -> tuple[pd.DataFrame, list[Issue]]:
    """The rows of one parameter that count, and what is wrong with them."""
    rows = adtte.cells[text(adtte.cells, "PARAMCD") == code]
    rows = rows[text(rows, "DTYPE") == ""]
    flagged = text(rows, "ANL01FL") == "Y"
    rows = rows[flagged] if flagged.any() else rows
    remarked = []
    several = rows["USUBJID"].duplicated(keep=False).to_numpy()
    if several.any():
        remarked.append(adam_messages.several(adtte.name, lines(rows)[several].tolist(), code))
    censor = number(rows, "CNSR")
    wrong = ~((censor >= 0) & (censor % 1 == 0))
    if wrong.any():
        remarked.append(adam_messages.censoring(adtte.name, lines(rows)[wrong].tolist()))
    return rows, remarked


def _death(rows: pd.DataFrame) -> Mask:
    return np.array(["death" in str(what).casefold() for what in text(rows, "EVNTDESC")], dtype=np.bool_)
