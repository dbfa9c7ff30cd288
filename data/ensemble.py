"""The ensemble: other cohorts that give the published numbers back just as well as the one shown.

What all of them agree on the paper fixes; what they do not agree on it leaves open. The files are written by
``python -m components.reconstruct pack``.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import pandas as pd

from data.cohort import Cohort, Provenance, Records, Tables, cohort_from
from data.columns import columns_of
from data.reading.layout import COLUMNS
from data.readings import TabledReadings

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from data.entries import Population

FOLDER = Path(__file__).with_name("ensemble")
RECORD, COMPLETE, VISITS, MEMBER = "members.json", "complete", "visits", "member"
TABLES = ("patients", "measurements", "reactions", "treatments")

T = TypeVar("T")


@dataclass(frozen=True)
class Member:
    """One cohort of an ensemble: its seed, and what was found of it when it was made.

    ``reproduced`` of ``answerable`` published numbers come back, ``incoherent`` rules are broken, and
    ``unbelievable`` traits of all its patients together lie outside the range in which they are believable.
    """

    seed: int
    reproduced: int
    answerable: int
    incoherent: int
    unbelievable: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Ensemble:
    """Cohorts of one study: ``stack`` holds the patients of all, and in its column ``member`` whose each is.

    A patient's id is that of his member followed by his own, so filters, factors and endpoints apply to the stack as
    they do to one cohort. The measurements that count for a visit are there; others lie in ``folder`` until they are
    asked for.
    """

    stack: Cohort
    members: tuple[Member, ...]
    folder: Path = FOLDER
    _one_at_a_time: Any = field(default_factory=RLock, init=False, repr=False)

    @property
    def n(self) -> int:
        """Number of cohorts."""
        return len(self.members)

    @cached_property
    def member(self) -> NDArray[np.int64]:
        """Of each patient of the stack, the position of his cohort among the members, (n,)."""
        return positions(self.stack)

    def of_population(self, population: Population) -> Ensemble:
        """The same cohorts with the patients of one analysis population only, the same value each time."""
        key = ("population", population.key)
        return self.once(key, lambda: Ensemble(self.stack.of_population(population.key), self.members, self.folder))

    def once(self, key: tuple[str, ...], compute: Callable[[], T]) -> T:
        """What ``compute`` gives of the whole stack, computed the first time that this ``key`` is asked for.

        It is kept for everybody, as the stack is: none of its patients is a real one. Sessions that ask at the same
        time wait for one another, so it is computed once; ``compute`` may itself ask for something.
        """
        with self._one_at_a_time:
            if key not in self._computed:
                self._computed[key] = compute()
            found: T = self._computed[key]
        return found

    @cached_property
    def _computed(self) -> dict[tuple[str, ...], Any]:
        return {}

    def measured(self, variable: str) -> pd.DataFrame:
        """Every measurement of one variable, one a row: patient, day, value."""
        columns = ["patient", "day", "value"]

        def rows() -> pd.DataFrame:
            file = self.folder / "measurements.parquet"
            found = pd.read_parquet(file, columns=columns, filters=[("variable", "==", variable)])
            return found.dropna(subset=["day", "value"]).reset_index(drop=True)

        return self.once(("measured", variable), rows)


def positions(stack: Cohort) -> NDArray[np.int64]:
    """Of each patient of a stack, the position of his cohort among the members, (n,)."""
    return stack.patients[MEMBER].to_numpy(dtype=np.int64)


def has_ensemble(study: Cohort, folder: Path = FOLDER) -> bool:
    """Whether there is an ensemble of the cohort that these patients are of; nothing is opened."""
    found = _record(folder) if study.provenance.kind == "reconstructed" else None
    return found is not None and bool(found["cohort"] == study.provenance.fingerprint)


def ensemble_of(study: Cohort, folder: Path = FOLDER) -> Ensemble | None:
    """The ensemble that ``study`` belongs to; None for an imported cohort and for any other than the committed one."""
    found = _record(folder)
    if found is None or not has_ensemble(study, folder):
        return None
    with _OPENING:
        kept = _KEPT.get(folder)
        if kept is None or kept.stack.dictionary is not study.dictionary:
            kept = _KEPT[folder] = _opened(study, found, folder)
    return kept


_KEPT: dict[Path, Ensemble] = {}
"""The ensemble as it was opened, for everybody: none of its patients is a real one."""


_OPENING = RLock()
"""Sessions that begin together open it once."""


def _opened(study: Cohort, record: dict[str, Any], folder: Path) -> Ensemble:
    tables = {
        name: pd.read_parquet(folder / f"{name}.parquet") for name in (COMPLETE, VISITS, "reactions", "treatments")
    }
    nothing = pd.DataFrame({column: pd.Series(dtype=object) for column in COLUMNS["measurements"]})
    records = Records(TabledReadings(nothing, tables[VISITS]), tables["reactions"], tables["treatments"])
    provenance = Provenance("reconstructed", study.provenance.name, record["cohort"])
    stack = Cohort(columns_of(tables[COMPLETE]), records, study.dictionary, provenance)
    return Ensemble(stack, _members(record), folder)


@lru_cache(maxsize=4)
def _record(folder: Path) -> dict[str, Any] | None:
    if not (folder / RECORD).is_file():
        return None
    found: dict[str, Any] = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    return found


def _members(record: dict[str, Any]) -> tuple[Member, ...]:
    return tuple(Member(**{**one, "unbelievable": tuple(one["unbelievable"])}) for one in record["members"])


@dataclass(frozen=True, eq=False)
class Packing:
    """Members to be written, each with its tables as they stand in its files."""

    members: list[Member] = field(default_factory=list)
    tables: list[Tables] = field(default_factory=list)

    def add(self, member: Member, tables: Tables) -> None:
        """Add a member behind the others."""
        self.members.append(member)
        self.tables.append(tables)

    def write(self, folder: Path, cohort: str) -> None:
        """Write the members as Parquet files, with the record of them, for the cohort of this fingerprint.

        The tables are written as they are, and once more the patients with all that is derived of them,
        and the measurements that count for visits.
        """
        folder.mkdir(parents=True, exist_ok=True)
        stacked = Tables(**{name: self._stacked(name) for name in TABLES})
        whole = cohort_from(stacked, Provenance("reconstructed", "", cohort))
        frames = {name: getattr(stacked, name) for name in TABLES} | {
            COMPLETE: whole.patients,
            VISITS: whole.by_visit,
        }
        for name, frame in frames.items():
            frame.to_parquet(folder / f"{name}.parquet", compression="zstd", index=False)
        record = {
            "cohort": cohort,
            "sha256": {f"{name}.parquet": _digest(folder / f"{name}.parquet") for name in sorted(frames)},
            "members": [{**vars(one), "unbelievable": list(one.unbelievable)} for one in self.members],
        }
        (folder / RECORD).write_text(f"{json.dumps(record, indent=1, ensure_ascii=False)}\n", encoding="utf-8")
        _record.cache_clear()
        _KEPT.pop(folder, None)

    def _stacked(self, name: str) -> pd.DataFrame:
        parts = []
        for place, (member, tables) in enumerate(zip(self.members, self.tables, strict=True)):
            rows: pd.DataFrame = getattr(tables, name)
            own = f"{member.seed:04d}-" + rows["patient"].astype(str)
            parts.append(rows.assign(patient=own, **{MEMBER: np.int16(place)}))
        return pd.concat(parts, ignore_index=True)


def tables_of(place: int, folder: Path = FOLDER) -> Tables:
    """The four tables of the member at ``place``, as they stood in its files."""
    found = {}
    for name in TABLES:
        rows = pd.read_parquet(folder / f"{name}.parquet", filters=[(MEMBER, "==", place)])
        found[name] = rows.assign(patient=rows["patient"].str.partition("-")[2]).drop(columns=MEMBER)
    return Tables(**found)


def recorded_members(folder: Path = FOLDER) -> tuple[Member, ...]:
    """The members that the record of a folder lists; none without one."""
    record = _record(folder)
    return _members(record) if record else ()


def damaged(folder: Path = FOLDER) -> tuple[str, ...]:
    """The names of files of an ensemble that are not as they were written."""
    record = _record(folder)
    listed: dict[str, str] = record["sha256"] if record else {}
    return tuple(name for name, digest in listed.items() if _digest(folder / name) != digest)


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""
