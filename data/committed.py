"""Whether the files of the committed cohort are whole: a list of their rows and fingerprints is kept beside them."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

from data.language import say

LIST, HEADER = "files.csv", ("file", "rows", "sha256")
REMEDY = say(
    "Restore it from the version of Myoscope that is installed, or run `make cohort` to reconstruct the cohort."
)


def write_list(folder: Path, names: tuple[str, ...]) -> None:
    """Write the list of the files ``names`` of ``folder`` beside them."""
    rows = [(name, *map(str, _rows_and_digest(folder / name))) for name in names]
    text = "\n".join(",".join(row) for row in (HEADER, *rows))
    (folder / LIST).write_text(f"{text}\n", encoding="utf-8", newline="\n")


def faults(folder: Path) -> tuple[str, ...]:
    """A sentence for each file of ``folder`` that is not as listed, with what to do; none where all are whole."""
    try:
        with (folder / LIST).open(encoding="utf-8", newline="") as lines:
            listed = [(row["file"], int(row["rows"]), row["sha256"]) for row in csv.DictReader(lines)]
    except (OSError, KeyError, ValueError, TypeError):
        listed = []
    if not listed:
        return (
            say(
                "The list of the cohort's files, {folder}, is missing or damaged. {remedy}",
                folder=folder / LIST,
                remedy=REMEDY,
            ),
        )
    found = (_fault(folder / name, rows, digest) for name, rows, digest in listed)
    return tuple(f"{fault} {REMEDY}" for fault in found if fault)


def _fault(file: Path, rows: int, digest: str) -> str:
    if not file.is_file():
        return say("The cohort is incomplete: the file {file} is missing.", file=file)
    here, own = _rows_and_digest(file)
    if here != rows:
        return say(
            "The cohort is damaged: {file} has {here} rows and should have {rows}.", file=file, here=here, rows=rows
        )
    return (
        ""
        if own == digest
        else say("The cohort is damaged: {file} has been changed since it was reconstructed.", file=file)
    )


def _rows_and_digest(file: Path) -> tuple[int, str]:
    """Rows after the header, and SHA-256 of the bytes; line ends of Windows are those of Unix."""
    content = file.read_bytes().replace(b"\r\n", b"\n")
    return max(len(content.splitlines()) - 1, 0), hashlib.sha256(content).hexdigest()
