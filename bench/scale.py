"""How time and memory grow with the number of patients, in memory and in a database, and what others take.

    python -m bench.scale [memory] [others] [database] [--upto 1000000]

Patients are the committed cohort's, drawn with replacement: in memory with ten laboratory rows each, in the database by
a view that DuckDB works out anew for every query. Every size has a process of its own. Others are given the same
patients in the same run; what is not installed, or takes more than its time, is left out, and that is said. What is
measured is printed and written into docs/benchmarks.md. The database is measured up to 100 million patients by
``--upto 100000000``.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from math import log
from pathlib import Path
from typing import Any

import numpy as np

from bench.scale_others import others
from bench.scale_sizes import FACTORS, in_database, in_memory

ROOT = Path(__file__).resolve().parents[1]
IN_MEMORY = (1_000, 10_000, 100_000, 1_000_000)
IN_DATABASE = (1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000)
MILLION = 1_000_000
USUAL = MILLION
"""The largest number of patients, unless another is asked for: it ends in minutes."""

SECONDS = 540
"""What one size may take in a process of its own."""

TARGETS = {"Start": 5.0, "Filter": 0.1, "Survival": 0.15, "Forest": 0.3, "GB": 1.0}
"""What a million patients in memory may take: seconds, and gigabytes of the process."""

TIMES_R = 150
"""How many times faster than R's coxph the forest is to be."""

MEASURED_FROM = 0.01
"""Seconds below which a time says nothing of growth."""

DOCUMENT = ROOT / "docs" / "benchmarks.md"
NOT_A_NUMBER = "–"


def row(where: str, n: int) -> dict[str, float] | str:
    """What one size takes, measured in a process of its own; why there is nothing, where it does not end in time."""
    asked = [sys.executable, "-m", "bench.scale", "--one", where, str(n)]
    try:
        done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False, timeout=SECONDS)  # noqa: S603 - ourselves
    except subprocess.TimeoutExpired:
        return f"more than {SECONDS} s"
    if done.returncode:
        return (done.stderr.strip().splitlines() or ["failed"])[-1][:120]
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """The power of n by which time grows, least squares over those sizes where there is a time to speak of."""
    used = [(log(n), log(s)) for n, s in zip(sizes, seconds, strict=True) if s >= MEASURED_FROM][-4:]
    if len(used) < 2:
        return float("nan")
    sizes_, times = np.array(used, dtype=np.float64).T
    return float(np.polyfit(sizes_, times, 1)[0])


def now() -> str:
    """The date, the cores and the load, as tables begin."""
    at = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    return f"{at}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"


def growth(where: str, sizes: Sequence[int]) -> tuple[list[str], dict[int, dict[str, float]]]:
    """A line a size, and one of exponents; and what was measured by size."""
    began, lines, rows = now(), list[str](), dict[int, dict[str, float]]()
    for n in sizes:
        found = row(where, n)
        if isinstance(found, str):
            lines.append(f"**Missed:** {n:,} patients were not measured: {found}.")
        else:
            rows[n] = found
        print(f"{where}, {n:,}: {found}", file=sys.stderr, flush=True)
    if not rows:
        return lines, rows
    names = list(next(iter(rows.values())))
    table = ["| Patients | " + " | ".join(names) + " |", "|" + "---|" * (len(names) + 1)]
    table += [f"| {n:,} | " + " | ".join(f"{own[name]:.3f}" for name in names) + " |" for n, own in rows.items()]
    powers = [exponent(list(rows), [own[name] for own in rows.values()]) for name in names]
    said = " | ".join(NOT_A_NUMBER if np.isnan(power) else f"{power:.2f}" for power in powers)
    table.append(f"| grows by the power of | {said} |")
    return [
        f"From {began} to {now()}; seconds, and gigabytes at most:",
        "",
        *table,
        *(["", *lines] if lines else []),
    ], rows


def held_to_targets(found: dict[str, float]) -> list[str]:
    """Of each target whether a million patients in memory meet it."""
    lines = ["| A million patients in memory | Target | Measured | |", "|---|---|---|---|"]
    for name, most in TARGETS.items():
        lines.append(f"| {name} | {most:g} | {found[name]:.3f} | {'met' if found[name] <= most else 'missed'} |")
    return lines


def in_memory_lines(upto: int) -> Iterator[str]:
    """What patients in memory take."""
    lines, rows = growth("memory", [n for n in IN_MEMORY if n <= upto])
    yield from lines
    if MILLION in rows:
        yield ""
        yield from held_to_targets(rows[MILLION])


def others_lines(upto: int) -> Iterator[str]:
    """What others take of the same patients, and how many times ours that is, of the same run."""
    n = min(upto, MILLION)
    began, ours = now(), row("memory", n)
    if isinstance(ours, str):
        yield f"**Missed:** {n:,} patients were not measured: {ours}."
        return
    lines = []
    for what, kind, models, seconds in others(n):
        if isinstance(seconds, str):
            lines.append(f"| {what} | not measured: {seconds} | | |")
            continue
        own = ours["Survival"] if kind == "Kaplan-Meier" else ours["Forest"] * models / FACTORS
        times = seconds / own
        target = f", target {TIMES_R}: {'met' if times >= TIMES_R else 'missed'}" if what.startswith("R, coxph") else ""
        counted = f"{models} models" if models > 1 else "one model" if kind == "Cox" else "curves and test"
        lines.append(f"| {what}, {counted} | {seconds:.2f} | {own:.4f} | {times:.0f}{target} |")
        print(lines[-1], file=sys.stderr, flush=True)
    yield f"From {began} to {now()}; {n:,} patients:"
    yield ""
    yield "| Elsewhere | Seconds | Ours, seconds | Times ours |"
    yield "|---|---|---|---|"
    yield from lines


def in_database_lines(upto: int) -> Iterator[str]:
    """What patients in a database take."""
    yield from growth("database", [n for n in IN_DATABASE if n <= upto])[0]


def written(what: str, lines: Sequence[str]) -> None:
    """Print what was measured, and put it between its marks in the document."""
    marked = re.compile(rf"(<!-- written by `python -m bench.scale {what}` -->\n).*?(<!-- to here -->\n)", re.DOTALL)
    text = "\n".join(lines)
    document = DOCUMENT.read_text("utf-8")
    DOCUMENT.write_text(marked.sub(lambda marks: f"{marks[1]}\n{text}\n\n{marks[2]}", document), "utf-8")
    print(f"\n{what}\n\n{text}", flush=True)


MEASURED: dict[str, Callable[[int], Iterator[str]]] = {
    "memory": in_memory_lines,
    "others": others_lines,
    "database": in_database_lines,
}

ONE: dict[str, Callable[[int], dict[str, Any]]] = {"memory": in_memory, "database": in_database}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what is asked for, print it and write it down."""
    asked = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__)
    asked.add_argument("what", nargs="*", metavar="memory, others, database", help="what is measured; all without any")
    asked.add_argument("--upto", type=int, default=USUAL, help="the largest number of patients")
    asked.add_argument("--one", nargs=2, metavar=("WHERE", "PATIENTS"), help=argparse.SUPPRESS)
    given = asked.parse_args(arguments)
    if given.one:
        print(json.dumps(ONE[given.one[0]](int(given.one[1]))))
        return
    for what in given.what or MEASURED:
        written(what, list(MEASURED[what](given.upto)))


if __name__ == "__main__":
    main()
