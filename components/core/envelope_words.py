"""How ranges over reconstructions are printed, so that nobody takes one for a confidence interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from components.core.envelope import Openness, Ranged
from components.core.numbers import EN_DASH, MINUS, bare_p, count, decimal, inside
from components.core.table import Table
from data.language import say, say_counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from components.core.across import SharesAcross
    from components.core.envelope import Envelope
    from data.ensemble import Ensemble
    from data.entries import Factor
    from data.filters import Filter

S = TypeVar("S")
T = TypeVar("T")

SWITCH, SWITCH_HELP = (
    say("Range across reconstructions"),
    say(
        "The patients are reconstructed from printed numbers, and other cohorts give those numbers back just as well. "
        "Dotted lines and the last table show the least and the most that all of them give."
    ),
)
LEAST, MOST = say("least across reconstructions"), say("most across reconstructions")
RANGE = say("range across reconstructions")

OPEN_SHARE = 4
"""Where more than one in so many numbers is open, that must be read before the figure."""


def in_key(members: int) -> str:
    """The dotted lines in the key of a figure."""
    return say("Least and most of {n} reconstructions", n=count(members))


def heading(members: int) -> str:
    """What stands over the first column of a table of ranges."""
    return say("Across {n} reconstructions", n=count(members))


def spread(one: Ranged) -> str:
    """``33.3–66.7%``, or ``88.3%`` where all print the same; in how many there is none, where not in all is one."""
    if not one.found.known:
        return say("NE in all")
    ends = [_end(one, end) for end in (one.found.least, one.found.most)]
    joint = say(" to ") if one.p or any(end.startswith(MINUS) for end in ends) else EN_DASH
    text = f"{joint.join(dict.fromkeys(ends))}{one.unit}"
    left = one.found.members - one.found.known
    return say("{range}; NE in {n}", range=text, n=count(left)) if left else text


def _whole(one: Ranged) -> str:
    """The range, and that of the percentage beside it."""
    return spread(one) if one.percent is None else n_percent_spread(one, Ranged("", one.percent, 1, unit="%"))


def _end(one: Ranged, end: float) -> str:
    return bare_p(end) if one.p else decimal(one.scale * end, one.places)


def n_percent_spread(n: Ranged, percent: Ranged) -> str:
    """``10–14 (16.4–23.0)`` for a column headed n (%); ``0`` alone where nobody is in any."""
    text = spread(n)
    return f"{text} ({spread(percent)})" if percent.found.known and n.found.most else text


@dataclass(frozen=True)
class Verdict:
    """Whether the paper fixes what is shown, in a ``sentence``; where much is ``open_`` it must be read first."""

    sentence: str = ""
    open_: bool = False

    @property
    def notices(self) -> tuple[str, ...]:
        """The sentence, where it must be read before the figure."""
        return (self.sentence,) if self.open_ else ()

    @property
    def under_figure(self) -> str:
        """The sentence, where it may stand small under the figure."""
        return "" if self.open_ else self.sentence


NOTHING_RANGED = Verdict()
"""Of what has no ranges nothing is said."""

RangesSaid = tuple[tuple[Table, ...], Verdict]
"""The tables of ranges, none where the paper fixes every row of them, and whether the paper fixes what is shown."""


def verdict(numbers: Sequence[Ranged], members: int) -> Verdict:
    """How many of the ``numbers`` the paper fixes, and by how much ``members`` cohorts differ in the others."""
    known = [one for one in numbers if one.found.known]
    if not known:
        return NOTHING_RANGED
    fixed, nearly, open_ = (sum(one.openness is kind for one in known) for kind in Openness)
    n, several = count(members), count(len(known))
    if fixed == len(known):
        return Verdict(
            say_counted(
                fixed,
                "Fixed by the paper: the number here is the same in {n} reconstructions that give its numbers back.",
                "Fixed by the paper: each of the {several} numbers here is the same in {n} reconstructions that "
                "give its numbers back.",
                several=several,
                n=n,
            )
        )
    widest = max(known, key=lambda one: (not one.p, one.openness is Openness.OPEN, one.width))
    most = say("{what}, {range}", what=widest.what, range=_whole(widest))
    if open_ == len(known) > 1:
        return Verdict(
            say(
                "Open: the paper decides none of the {several} numbers here; the widest range across {n} "
                "reconstructions: {most}.",
                several=several,
                n=n,
                most=most,
            ),
            open_=True,
        )
    if open_ * OPEN_SHARE > len(known):
        return Verdict(
            say(
                "Open: the paper fixes {fixed} of the {several} numbers here and does not decide {k}; the widest range "
                "across {n} reconstructions: {most}.",
                fixed=count(fixed),
                k=count(open_),
                several=several,
                n=n,
                most=most,
            ),
            open_=True,
        )
    kinds = ((fixed, say("fixed by the paper")), (nearly, say("nearly fixed")), (open_, say("open")))
    return Verdict(
        say(
            "Across {n} reconstructions that give the paper’s numbers back, of the {several} numbers here: {kinds}. "
            "The widest range: {most}.",
            n=n,
            several=several,
            kinds=", ".join(f"{count(k)} {kind}" for k, kind in kinds if k),
            most=most,
        )
    )


def explained(members: int) -> str:
    """What the range is, and what it is not."""
    return say(
        "Least to most of {n} reconstructions, or one number where all print the same; no confidence interval. "
        "NE: not estimable.",
        n=count(members),
    )


def no_ranges(why: str) -> str:
    """That a panel gives no range, and why."""
    return say("No range across reconstructions here: {why}.", why=why)


@dataclass(frozen=True)
class RangeRow:
    """A row of a table of ranges: its label, its printed cells, and the numbers by which it is judged.

    What is printed ``beside`` them follows from them and from others, as percentages do; it is judged with them and not
    counted again.
    """

    label: str
    cells: tuple[str, ...]
    numbers: tuple[Ranged, ...]
    inner: bool = False
    beside: tuple[Ranged, ...] = ()

    @property
    def fixed(self) -> bool:
        """Whether all cohorts print the same."""
        return all(one.openness is Openness.FIXED for one in (*self.numbers, *self.beside))


def row_of_shares(label: str, found: SharesAcross, columns: Sequence[str], *, inner: bool = False) -> RangeRow:
    """Patients and their percentage in each of the ``columns``, whose names say which number is meant."""
    numbers = [
        Ranged(f"{inside(label)}, {column}", n, percent=percent)
        for column, n, percent in zip(columns, found.n, found.percent, strict=True)
    ]
    percents = [Ranged("", one, 1) for one in found.percent]
    return RangeRow(
        label, tuple(map(n_percent_spread, numbers, percents)), tuple(numbers), inner, tuple(percents)
    )  # fmt: skip


def row_of_numbers(label: str, cells: Sequence[Ranged], *, inner: bool = False) -> RangeRow:
    """A number in each column."""
    return RangeRow(label, tuple(map(spread, cells)), tuple(cells), inner)


def patients_row(n: Sequence[Envelope], columns: Sequence[str]) -> RangeRow:
    """How many patients each of the ``columns`` has."""
    label = say("Patients")
    cells = [Ranged(f"{inside(label)}, {column}", one) for column, one in zip(columns, n, strict=True)]
    return row_of_numbers(label, cells)


def said_rows(columns: Sequence[str], rows: Sequence[RangeRow], members: int) -> RangesSaid:
    """The rows in which ``members`` cohorts differ in print, and the verdict on all of them."""
    table = not_fixed(columns, rows, members)
    return (() if table is None else (table,)), verdict([one for row in rows for one in row.numbers], members)


def not_fixed(columns: Sequence[str], rows: Sequence[RangeRow], members: int) -> Table | None:
    """The rows in which cohorts differ in print, under the ``columns``; None where they differ in no row.

    The row over inner rows stays with them.
    """
    kept: list[RangeRow] = []
    head: RangeRow | None = None
    for row in rows:
        head = head if row.inner else row
        if row.fixed:
            continue
        if head is not None and head is not row and head not in kept:
            kept.append(head)
        kept.append(row)
    if not kept:
        return None
    inner = frozenset(i for i, row in enumerate(kept) if row.inner)
    told = explained(members)
    if len(kept) < len(rows):
        told = say("{explained} Rows in which all agree are left out.", explained=told)
    body = tuple((row.label, *row.cells) for row in kept)
    return Table((heading(members), *columns), body, told, inner=inner, light=True)


@dataclass(frozen=True)
class Ranges(Generic[S, T]):
    """How the numbers of a result are asked of many cohorts, and how what they give is said.

    ``across`` computes of whom the filter keeps, by the factor, what the result shown is in every cohort; ``said``
    gives the tables and the verdict of that.
    """

    across: Callable[[Ensemble, Filter, Factor | None, S], T]
    said: Callable[[T, S], RangesSaid]
