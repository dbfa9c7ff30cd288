"""How much of each folder the tests run: `make coverage` prints lines and branches from the report of coverage.py."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

COUNTS = ("num_statements", "covered_lines", "num_branches", "covered_branches")


def folder(file: str) -> str:
    """The folder a file is counted in: `components/survival` for whatever lies below it."""
    parts = Path(file).parts[:-1]
    return "/".join(parts[:2])


def by_folder(files: Mapping[str, Mapping[str, Mapping[str, int]]]) -> dict[str, Counter[str]]:
    """The counts of COUNTS summed over the files of each folder, folders in the order of the alphabet."""
    found: dict[str, Counter[str]] = {}
    for file, entry in files.items():
        found.setdefault(folder(file), Counter()).update({name: entry["summary"][name] for name in COUNTS})
    return dict(sorted(found.items()))


def row(name: str, counts: Mapping[str, int]) -> str:
    """A line of the table; a folder without a branch has a dash."""
    lines, run, branches, taken = (counts[count] for count in COUNTS)
    shares = (
        f"{100 * part / whole:6.1f} %" if whole else f"{'–':>8}" for part, whole in ((run, lines), (taken, branches))
    )
    told = f"{lines:7} {{}} {branches:9} {{}}".format(*shares)
    return f"{name:<28}{told}"


def table(files: Mapping[str, Mapping[str, Mapping[str, int]]]) -> str:
    """A row a folder and one for all of them."""
    rows = by_folder(files)
    head = f"{'folder':<28}{'lines':>7} {'run':>8} {'branches':>9} {'taken':>8}"
    everything: Counter[str] = sum(rows.values(), Counter())
    return "\n".join([head, *(row(*item) for item in rows.items()), row("all", everything)])


if __name__ == "__main__":
    print(table(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))["files"]))
