"""Parameters of ADTTE that are neither death nor progression: endpoints of their own, each with its own censoring."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data.reading import adam_variable_messages as messages
from data.reading.adam_times import parameters_of, rows_of
from data.reading.adam_values import Dataset, days_of, number
from data.reading.adam_variables import Variables
from data.reading.mapped_variables import OwnVariables

MOST_WITHOUT = 0.05
"""So large a part of the treated subjects may lack a row of a parameter: they count as censored on their last day."""


def own_times(
    adtte: Dataset | None,
    chosen: Mapping[str, str],
    patients: pd.DataFrame,
    start: pd.Series,
    times: dict[str, NDArray[np.float64]],
    own: OwnVariables,
) -> Variables:
    """The columns of further endpoints, which are added to ``own``.

    Where no date gives a last day, the latest day on which an endpoint was looked for does: ``times`` is completed.
    """
    found = Variables()
    if adtte is None:
        return found
    for entry in parameters_of(adtte):
        if entry.code in chosen.values() or entry.reverse_of:
            continue
        rows, remarked = rows_of(adtte, entry.code)
        day, more = days_of(adtte.name, rows, start)
        at = pd.Index(rows["USUBJID"])
        if not at.is_unique or any(one.severity == "error" for one in (*remarked, *more)):
            found.issues += [*remarked, *more]
            continue
        place = at.get_indexer(pd.Index(patients["patient"]))
        last = np.append(day, np.nan)[place]
        treated = patients["patient"].isin(start.index).to_numpy() | (not len(start))
        covered = int((treated & ~np.isnan(last)).sum())
        if covered < (1 - MOST_WITHOUT) * treated.sum():
            found.issues.append(messages.few_rows(adtte.name, entry.code, covered, int(treated.sum())))
            continue
        had = np.append(number(rows, "CNSR") == 0, False)[place]
        endpoint = own.add_endpoint(entry.label, followed=True)
        for column, value in ((endpoint.days[0], np.where(had, last, np.nan)), (endpoint.last, last)):
            found.columns[column] = pd.Series(value, patients.index)
            found.names[column] = f"{entry.code} ({adtte.name})"
        found.issues += [*more, messages.own_endpoint(adtte.name, entry.code, entry.label, int(had.sum()), covered)]
        if not chosen.get("death_day"):
            alive = np.isnan(times["death_day"])
            times["last_day"] = np.where(alive, np.fmax(times["last_day"], last), times["last_day"])
    return found
