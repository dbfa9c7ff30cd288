"""How time and memory grow with the number of patients, in memory and in a database, and what others take.

    python -m bench.scale [memory] [database] [others] [--upto 100000000]

Patients are the committed cohort's, drawn with replacement: in memory with ten laboratory rows each, in the database by
a view that DuckDB works out anew for every query. Every size has a process of its own. Others are given the same
patients in the same run; what is not installed, or takes more than its time, is left out, and that is said.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from math import log
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from bench.clicks import machine
from bench.scale_others import others
from bench.scale_sizes import FACTORS, in_database, in_memory

ROOT = Path(__file__).resolve().parents[1]
IN_MEMORY = (1_000, 10_000, 100_000, 1_000_000)
IN_DATABASE = (1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000)
MILLION = 1_000_000

TARGETS = {"Start": 5.0, "Filter": 0.1, "Survival": 0.15, "Forest": 0.3, "GB": 1.0}
"""What a million patients in memory may take: seconds, and gigabytes of the process."""

MEASURED_FROM = 0.01
"""Seconds below which a time says nothing of growth."""


def row(where: str, n: int) -> dict[str, float]:
    """What one size takes, measured in a process of its own; nothing where it does not end in time."""
    asked = [sys.executable, "-m", "bench.scale", "--one", where, str(n)]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False, timeout=1500)  # noqa: S603 - ourselves
    if done.returncode:
        raise RuntimeError(done.stderr)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """The power of n by which time grows, least squares over those sizes where there is a time to speak of."""
    used = [(log(n), log(s)) for n, s in zip(sizes, seconds, strict=True) if s >= MEASURED_FROM][-4:]
    if len(used) < 2:
        return float("nan")
    sizes_, times = np.array(used, dtype=np.float64).T
    return float(np.polyfit(sizes_, times, 1)[0])


def table(sizes: Sequence[int], rows: Sequence[dict[str, float]]) -> None:
    """A line a size, and one of exponents."""
    names = list(rows[0])
    print("| Patients | " + " | ".join(names) + " |\n|" + "---|" * (len(names) + 1))
    for n, own in zip(sizes, rows, strict=True):
        print(f"| {n:,} | " + " | ".join(f"{own[name]:.3f}" for name in names) + " |")
    powers = [exponent(sizes[: len(rows)], [own[name] for own in rows]) for name in names]
    print("| exponent | " + " | ".join("–" if np.isnan(power) else f"{power:.2f}" for power in powers) + " |")


def measured(title: str, where: str, sizes: Sequence[int]) -> list[dict[str, float]]:
    """Print and give back what each size takes."""
    print(f"\n{title} ({machine()}); seconds\n")
    rows = []
    for n in sizes:
        began = perf_counter()
        rows.append(row(where, n))
        print(f"{n:,} took {perf_counter() - began:.0f} s", file=sys.stderr, flush=True)
    table(sizes, rows)
    return rows


def held_to_targets(found: dict[str, float]) -> None:
    """Say of each target whether a million patients in memory meet it."""
    print("\n| A million patients in memory | Target | Measured | |\n|---|---|---|---|")
    for name, most in TARGETS.items():
        print(f"| {name} | {most:g} | {found[name]:.3f} | {'met' if found[name] <= most else 'missed'} |")


def beside(found: dict[str, float], factors: int) -> None:
    """What others take for one factor, and how many times ours that is."""
    print(f"\nThe same patients elsewhere ({machine()})\n")
    print("| What | Seconds | Ours, seconds | Times ours |\n|---|---|---|---|")
    ours = {"Cox": found["Forest"] / factors, "Kaplan-Meier": found["Survival"]}
    for what, kind, seconds in others(MILLION):
        if isinstance(seconds, str):
            print(f"| {what} | not measured: {seconds} | | |")
        else:
            print(f"| {what} | {seconds:.2f} | {ours[kind]:.4f} | {seconds / ours[kind]:.0f} |", flush=True)


ONE: dict[str, Callable[[int], dict[str, Any]]] = {"memory": in_memory, "database": in_database}


def main() -> None:
    """Measure and print what is asked for."""
    asked = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__)
    asked.add_argument("what", nargs="*", metavar="memory, database, others", help="what is measured; all without any")
    asked.add_argument("--upto", type=int, default=IN_DATABASE[-1], help="the largest number of patients")
    asked.add_argument("--one", nargs=2, metavar=("WHERE", "PATIENTS"), help=argparse.SUPPRESS)
    given = asked.parse_args()
    given.what = given.what or ["memory", "others", "database"]
    if given.one:
        print(json.dumps(ONE[given.one[0]](int(given.one[1]))))
        return
    print(f"{machine()}, {os.cpu_count()} cores")
    found: dict[str, float] = {}
    if "memory" in given.what or "others" in given.what:
        sizes = [n for n in IN_MEMORY if n <= given.upto]
        found = measured("In memory, ten laboratory rows a patient", "memory", sizes)[-1]
        if sizes[-1] == MILLION:
            held_to_targets(found)
    if "others" in given.what:
        beside(found, FACTORS)
    if "database" in given.what:
        measured("In DuckDB, patients made on the fly", "database", [n for n in IN_DATABASE if n <= given.upto])


if __name__ == "__main__":
    main()
