"""Command: rewrite the tables of docs/methods.md from what pages declare, and the left-out numbers of another."""

from __future__ import annotations

import sys

from app import PAGES
from components.evidence.coverage import coverage
from components.methods.document import written
from components.methods.where_used import register
from components.methods.words import FILE
from components.report import left_out_document
from data.paper.published import published_numbers


def main() -> int:
    """Write the documents; 1 where the first has no table for a procedure, or no procedure for a table."""
    try:
        said = written(FILE.read_text(encoding="utf-8"), register(place for page in PAGES for place in page.places))
    except ValueError as error:
        sys.stderr.write(f"{FILE.name}: {error}\n")
        return 1
    FILE.write_text(said, encoding="utf-8")
    if (result := coverage(published_numbers())) is not None:
        reconstruction = left_out_document.FILE.read_text(encoding="utf-8")
        left_out_document.FILE.write_text(left_out_document.written(reconstruction, result), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
