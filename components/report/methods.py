"""Command: rewrite the tables of docs/methods.md from the procedures that the pages declare."""

from __future__ import annotations

import sys

from app import PAGES
from components.methods.document import written
from components.methods.where_used import register
from components.methods.words import FILE


def main() -> int:
    """Write the document; 1 where it has no table for a procedure, or no procedure for a table."""
    try:
        said = written(FILE.read_text(encoding="utf-8"), register(place for page in PAGES for place in page.places))
    except ValueError as error:
        sys.stderr.write(f"{FILE.name}: {error}\n")
        return 1
    FILE.write_text(said, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
