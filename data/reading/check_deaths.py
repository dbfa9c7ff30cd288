"""Deaths that a file reports without their day, and days of death of patients whom it reports alive."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.cohort import Tables
from data.dictionary import Dictionary
from data.reading import messages
from data.reading.cells import Mask, among, distinct, folded, folded_name, lines, numbers, texts, which
from data.reading.issue import Issue
from data.reading.layout import columns_of
from data.reading.mapped_variables import OWN
from data.reading.time_status import STATUSES

FATAL = "Fatal"

CODES = 2
"""So many codes a column of the status has, where no word says which of them is dead."""

DEAD = frozenset(("dead", "death", "died", "deceased", "expired", "fatal", "exitus", "死亡", "死", "死去", "gestorben",
                  "verstorben", "tot", "décédé", "décédée", "mort", "fallecido", "fallecida", "overleden"))  # fmt: skip
ALIVE = frozenset(("alive", "living", "survived", "survivor", "生存", "生", "存命", "lebt", "lebend", "vivant", "vivo",
                   "levend"))  # fmt: skip
YES = frozenset(
    (
        "yes",
        "y",
        "true",
        "1",
        "1.0",
        "present",
        "checked",
        "positive",
        "+",
        "○",
        "有",
        "有り",
        "あり",
        "はい",
        "ja",
        "oui",
        "si",
        "sí",
    )
)
NO = frozenset(("no", "n", "false", "0", "0.0", "absent", "unchecked", "negative", "-", "無", "なし", "いいえ", "nein",
                "non", "nee"))  # fmt: skip
OF_DEATH = re.compile(
    r"(patient|pt|has|is)?(dead|death|died|deceased|mortality|dth|死亡|expired|exitus|gestorben|verstorben|todesfall|tod"
    r"|décès|deces|décédée?|decedee?|mort|fallecid[oa]|overleden)(yn|flag|fl|event|status|occurred|の?有無|フラグ)?[?？]?"
)
"""Names of columns, folded, in which yes is dead and no alive."""

OF_LIFE = re.compile(r"(patient|pt|has|is|still)?(alive|living|survived|生存)(yn|flag|fl|status)?[?？]?")
"""Names of columns, folded, in which yes is alive and no dead."""

BEGINNINGS = ("died", "deadof", "deathfrom", "deathdueto", "死亡")
"""How words begin that say dead and of what."""

OF_STATUS = re.compile(
    rf"status|outcome|vital|surviv|dthfl|転帰|生死|生存|予後|^(?:{OF_DEATH.pattern}|{OF_LIFE.pattern})$|dead|death|died|deceased"
    r"|mortality|死亡"
)
"""What the name of a column holds, folded, that may show who is dead."""


def death_issues(tables: Tables, dictionary: Dictionary) -> Iterator[Issue]:
    """Patients with a cause of death, a fatal reaction or another mark of death and no day of it; and the reverse.

    Columns that nothing else reads are asked too: left out, they would leave the dead among the living.
    """
    patients = tables.patients
    names = texts(patients["patient"])
    death = numbers(patients["death_day"]) if "death_day" in patients else np.full(len(patients), np.nan)
    written = texts(patients["death_day"]) if "death_day" in patients else np.full(len(patients), "", dtype=object)
    undated = np.isnan(death) & (written == "")
    if "cause_of_death" in patients:
        caused = undated & (texts(patients["cause_of_death"]) != "")
        if caused.any():
            yield messages.death_without_day(
                "patients", "cause_of_death", lines(patients)[caused].tolist(), distinct(names[caused])
            )
    if "death_day" in patients:
        yield from _status_issues(patients, dictionary, undated, ~np.isnan(death))
    reactions = tables.reactions
    if {"patient", "outcome"} <= set(reactions.columns):
        who = texts(reactions["patient"])
        fatal = (texts(reactions["outcome"]) == FATAL) & among(who, names[undated].tolist())
        if fatal.any():
            yield messages.death_without_day(
                "reactions", "outcome", lines(reactions)[fatal].tolist(), distinct(who[fatal])
            )


def _status_issues(patients: pd.DataFrame, dictionary: Dictionary, undated: Mask, dated: Mask) -> Iterator[Issue]:
    row, names = lines(patients), texts(patients["patient"])
    for key, column in _asked(patients, dictionary):
        dead, alive = vital_status(column, patients[key])
        if (dead & undated).any():
            found = distinct(names[dead & undated])
            if key == column:
                yield messages.death_without_day("patients", column, row[dead & undated].tolist(), found)
            else:
                yield messages.dead_by_characteristic(key, column, row[dead & undated].tolist(), found)
        if (alive & dated).any():
            yield messages.alive_with_day(column, row[alive & dated].tolist(), distinct(names[alive & dated]))
        words = texts(patients[key])
        told, codes = words != "", [code for code in distinct(words) if code]
        if len(codes) == CODES and folded_name(column) in STATUSES and not (dead | alive).any():
            same = (words == codes[0])[told] == dated[told]
            if same.any() and not same.all():
                all_of = {code: int((words == code).sum()) for code in codes}
                dead_of = {code: int((dated & (words == code)).sum()) for code in codes}
                yield messages.status_and_days(column, all_of, dead_of)


def _asked(patients: pd.DataFrame, dictionary: Dictionary) -> Iterator[tuple[str, str]]:
    """The columns that may show who is dead, each with its name in the file: by that name, or by words for both.

    They are those that nothing reads, and the characteristics that the dictionary does not list by itself.
    """
    read = columns_of("patients", dictionary)
    for key in map(str, patients.columns):
        own = dictionary.factor[key] if key.startswith(OWN) and key in dictionary.factor else None
        if own is not None:
            words = {folded(word) for word in own.words}
            if OF_STATUS.search(folded_name(own.label)) or (words & ALIVE and any(map(_is_dead, words))):
                yield key, own.label
        elif key not in read and OF_STATUS.search(folded_name(key)):
            yield key, key


def names_death(name: str) -> bool:
    """Whether a column of this name, folded, says by yes and no who is dead or who is alive."""
    return OF_DEATH.fullmatch(name) is not None or OF_LIFE.fullmatch(name) is not None


def _is_dead(word: str) -> bool:
    return word in DEAD or word.startswith(BEGINNINGS)


def vital_status(column: str, cells: pd.Series) -> tuple[Mask, Mask]:
    """Whom a column reports dead and whom alive, (rows,) each: by a word, or yes and no under a name of either."""
    words: NDArray[np.object_] = texts(cells)
    name = folded_name(column)
    of_death, of_life = OF_DEATH.fullmatch(name) is not None, OF_LIFE.fullmatch(name) is not None
    dead = which(
        words,
        lambda word: _is_dead(folded(word)) or (of_death and folded(word) in YES) or (of_life and folded(word) in NO),
    )
    alive = which(
        words,
        lambda word: folded(word) in ALIVE or (of_death and folded(word) in NO) or (of_life and folded(word) in YES),
    )
    return dead, alive
