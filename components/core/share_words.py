"""Patients out of patients, and several named at once: how counts are printed in tables."""

from __future__ import annotations

from components.core.columns import Columns, Share
from components.core.numbers import count, decimal
from components.core.table import Table
from components.core.tally import Mentions
from data.language import say


def n_percent(share: Share) -> str:
    """``61 (49.2)`` for a column headed n (%); ``0`` alone for nobody, as papers print it."""
    if not share.n or share.percent.value is None:
        return count(share.n)
    return f"{count(share.n)} ({decimal(share.percent.value, 1)})"


def headings(columns: Columns) -> tuple[str, ...]:
    """The columns with their patients: ``CADM (n = 61)``."""
    return tuple(
        say("{label} (n\u00a0=\u00a0{n})", label=label, n=count(n))
        for label, n in zip(columns.labels, columns.n, strict=True)
    )


def mentions_table(columns: Columns, first: str, head: tuple[tuple[str, ...], ...], named: Mentions) -> Table:
    """The rows of ``head``, then under the last of them each label that is named, out of those concerned."""
    inner = [(mention.label, *map(n_percent, mention.shares)) for mention in named.labels if mention.shares[0].n]
    if named.unnamed[0]:
        shares = zip(named.unnamed, named.concerned, strict=True)
        inner.append((say("Not recorded"), *(n_percent(Share(n, of)) for n, of in shares)))
    at = frozenset(range(len(head), len(head) + len(inner)))
    return Table((first, *headings(columns)), (*head, *inner), inner=at)
