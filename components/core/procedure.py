"""A statistical procedure that a result can be made with: all that words, pages and the document say of it.

Each is declared beside the result that it gives numbers to. There is no list of them to be kept: pages declare what
their panels can be made with, and ``components.methods.where_used.register`` collects every procedure from there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import KW_ONLY, dataclass


@dataclass(frozen=True)
class Procedure:
    """A procedure by its stable ``key``, and what is said of it.

    ``name`` heads its row in ``docs/methods.md``, in the table of ``section``, with its ``formula``, ``source`` and
    the call in R that gives the same numbers, blank where R has no such function. ``sentence`` is what a report says,
    {level} being the confidence level. ``brief`` stands in the small type under a figure, where there is room for the
    conventions only; blank for most. ``around`` is put around the briefs of the others, at {said}. ``package`` is what
    computes it where the dashboard's own code does not. ``position`` is its place wherever several are listed, from the
    first. ``on_times`` are procedures on times that may be censored, and one that ``compares`` compares groups.

    Every result with a statistic lists its own as ``procedures``: those that gave it a number, and no other.
    """

    key: str
    name: str
    sentence: str
    source: str
    _: KW_ONLY
    formula: str
    section: str
    position: int
    r: str = ""
    brief: str = ""
    around: str = ""
    package: str = ""
    on_times: bool = False
    compares: bool = False

    def __repr__(self) -> str:
        return self.key


def in_order(procedures: Iterable[Procedure]) -> tuple[Procedure, ...]:
    """Each once, by position."""
    return tuple(sorted(set(procedures), key=lambda one: (one.position, one.key)))


def listed(*given: tuple[Procedure, object]) -> tuple[Procedure, ...]:
    """The procedures whose condition holds, each once, by position."""
    return in_order(procedure for procedure, gave in given if gave)


def procedures_of(result: object) -> tuple[Procedure, ...]:
    """What ``result``, or each of several, was made with; nothing for one that only counts."""
    parts: Iterable[object] = result if isinstance(result, tuple) else (result,)
    return in_order(procedure for part in parts for procedure in getattr(part, "procedures", ()))
