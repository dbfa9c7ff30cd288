"""A finding about the files of a cohort: where it stands, what is wrong there and what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from data.language import say, say_counted

Severity = Literal["error", "warning", "understood", "note"]

SHOWN = 5
"""How many lines or values an issue names before it goes on with a count."""

LONGEST = 80
"""Of a longer text in a file a sentence quotes the beginning."""

_QUOTED = re.compile(r"“([^“”]*)”")


@dataclass(frozen=True)
class Issue:
    """One finding; many of the same kind are one.

    ``rows`` are the first lines concerned as the file counts them (the header is line 1), ``count`` how many there are
    (0: the finding is about the whole table). An error must be put right before the cohort can be opened, a warning
    should be looked at; ``understood`` is what stands otherwise in the file than it was taken, which the visitor sees
    before opening; a note says how something was read.
    """

    table: str
    rows: tuple[int, ...]
    column: str
    wrong: str
    remedy: str
    severity: Severity
    count: int

    @property
    def place(self) -> str:
        """For example ``measurements, column day, lines 3, 7 and 12 more``."""
        parts = [self.table, say("column {column}", column=self.column) if self.column else ""]
        if self.rows:
            lines = listing((str(row) for row in self.rows), self.count, quotes=False)
            parts.append(say_counted(self.count, "line {lines}", "lines {lines}", lines=lines))
        return ", ".join(part for part in parts if part)

    @property
    def sentence(self) -> str:
        """Place, finding and remedy in one line."""
        return " ".join(part for part in (f"{self.place}:" if self.place else "", self.wrong, self.remedy) if part)


def issue(severity: Severity, table: str, column: str, rows: Sequence[int], wrong: str, remedy: str = "") -> Issue:
    """The issue about all of ``rows``, of which it names the first ``SHOWN``."""
    lines = list(dict.fromkeys(int(row) for row in rows))  # a line with several values is one line
    said, done = (_QUOTED.sub(lambda found: f"“{clipped(found.group(1))}”", text) for text in (wrong, remedy))
    return Issue(clipped(table), tuple(lines[:SHOWN]), clipped(column), said, done, severity, len(lines))


def listing(words: Iterable[str], count: int | None = None, *, quotes: bool = True) -> str:
    """The first words in one phrase: ``“a”, “b” and 3 more``. ``count`` says how many there are in all."""
    every = list(dict.fromkeys(words))
    total = len(every) if count is None else count
    shown = [f"“{clipped(word)}”" if quotes else clipped(word) for word in every[:SHOWN]]
    more = total - len(shown)
    if more > 0:
        return say("{shown} and {more} more", shown=say(", ").join(shown), more=number(more))
    if len(shown) < 2:
        return "".join(shown)
    return say("{all_but_one} and {one}", all_but_one=say(", ").join(shown[:-1]), one=shown[-1])


def clipped(word: str) -> str:
    """The word as a sentence quotes it, in one line: the beginning of a long one."""
    line = " ".join(word.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


def every(words: Iterable[str]) -> str:
    """All words in quotation marks, none left out."""
    return ", ".join(f"“{word}”" for word in words)


def number(count: int) -> str:
    """A whole number with a thin space between thousands."""
    return f"{count:,}".replace(",", "\N{THIN SPACE}")
