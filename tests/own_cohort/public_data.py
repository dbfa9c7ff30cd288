"""Data sets that statistics packages ship, as their own functions write them as CSV, and R's answers on them."""

from __future__ import annotations

import io
import shutil
import subprocess
from collections.abc import Mapping as MappingOf
from functools import cache

import pandas as pd
import pytest
from lifelines.datasets import load_larynx, load_rossi
from sksurv.datasets import load_gbsg2, load_whas500

from data.reading.mapping import Mapping
from data.reading.read import Opened, opened

FROM_R = ("pbc", "pbcseq", "veteran")


@cache
def content(name: str) -> bytes:
    """A data set as CSV. Skips the test where R is not installed and the set is one of R's."""
    if name in FROM_R:
        return _r(f"write.csv({name}, stdout(), row.names = FALSE)").encode()
    if name in ("rossi", "larynx"):
        frame: pd.DataFrame = (load_rossi if name == "rossi" else load_larynx)()
        return str(frame.to_csv(index=False)).encode()
    patients, outcome = (load_gbsg2 if name == "gbsg2" else load_whas500)()
    written = patients.assign(**{column: outcome[column].astype(float) for column in outcome.dtype.names})
    status = outcome.dtype.names[0]
    return str(written.astype({status: int}).to_csv(index=False)).encode()


def files(*names: str) -> dict[str, bytes]:
    return {f"{name}.csv": content(name) for name in names}


def answered(found: Mapping, codes: MappingOf[str, str], event: str, unit: str = "") -> Mapping:
    """The mapping with every question answered: the code of each status that is the event, its name, a time's unit."""
    for sheet, column in found.unsettled:
        if column.role == "time":
            found = found.with_unit(sheet, column.column, unit)
        else:
            found = found.with_event(sheet, column.column, event, (codes[column.column],))
    return found


@cache
def as_it_is(*names: str) -> Opened:
    return opened(files(*names))


def r_table(code: str) -> pd.DataFrame:
    """What R prints as CSV for code that leaves a data frame ``result``."""
    return pd.read_csv(io.StringIO(_r(f"{code}; write.csv(result, stdout(), row.names = FALSE)")))


@cache
def _r(code: str) -> str:
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed")
    run = subprocess.run(
        [shutil.which("Rscript") or "", "-e", f"suppressMessages(library(survival)); options(digits = 15); {code}"],
        check=True,
        capture_output=True,
        text=True,
    )
    return run.stdout
