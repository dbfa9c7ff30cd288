"""The data sets behind R's answers, as event tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from components.engine.event_table import EventTable, event_table

REFERENCE = Path(__file__).parents[1] / "reference"
Grouped = Callable[[str, str], tuple[EventTable, list[str]]]


def frame(dataset: str) -> pd.DataFrame:
    """The data set with ``event`` and its derived groups; groups are texts, None where not known."""
    data = pd.read_csv(REFERENCE / f"{dataset}.csv")
    data["event"] = data["status"] == (2 if dataset == "lung" else 1)
    if dataset == "veteran":
        data["karno_cat"] = np.select([data["karno"] < 40, data["karno"] < 70], ["a<40", "b40-69"], "c70+")
    data["ALL"] = "ALL"
    for name in ("ALL", "sex", "ph.ecog", "trt", "celltype", "prior", "karno_cat"):
        if name in data:
            texts = [None if pd.isna(v) else v if isinstance(v, str) else f"{v:g}" for v in data[name]]
            data[name] = pd.Series(texts, dtype=object)
    return data


@pytest.fixture(scope="session", name="frame")
def _frame() -> Callable[[str], pd.DataFrame]:
    return frame


@pytest.fixture(scope="session")
def grouped() -> Grouped:
    """The event table of a data set by one of its variables, and the names of its levels."""

    def table(dataset: str, variable: str) -> tuple[EventTable, list[str]]:
        data = frame(dataset)
        codes, levels = pd.factorize(data[variable], sort=True)
        return event_table(data["time"], data["event"], codes, len(levels)), [str(level) for level in levels]

    return table
