"""Patients out of patients, and several named at once: how counts are printed in tables."""

from __future__ import annotations

from collections.abc import Iterable

from components.core.columns import Columns, Share
from components.core.numbers import count, decimal, joined
from components.core.rounded import rounded_share
from components.core.small_counts import few, hiding
from components.core.table import Table
from components.core.tally import LabelCounts
from data.language import say
from data.levels import Level

FEWEST_FOR_PERCENT = 20


def n_percent(share: Share) -> str:
    """``61 (49.2)`` for a column headed n (%); ``0`` alone for nobody, as papers print it.

    Where small counts are hidden the percentage is whole, and given out of at least twenty only: a fifth of fewer says
    nothing once both counts are rounded.
    """
    if hiding():
        share = rounded_share(share)
        told = few(share.n) or share.of < FEWEST_FOR_PERCENT
        return count(share.n) if told else f"{count(share.n)} ({decimal(100 * share.n / share.of)})"
    if not share.n or share.percent.value is None:
        return count(share.n)
    return f"{count(share.n)} ({decimal(share.percent.value, 1)})"


def headings(columns: Columns) -> tuple[str, ...]:
    """The columns with their patients: ``CADM (n = 61)``."""
    return tuple(
        say("{label} (n\u00a0=\u00a0{n})", label=label, n=count(n))
        for label, n in zip(columns.labels, columns.n, strict=True)
    )


def label_counts_table(columns: Columns, first: str, head: tuple[tuple[str, ...], ...], named: LabelCounts) -> Table:
    """The rows of ``head``, then under the last of them each label that is named, out of those concerned."""
    inner = [
        (label_count.label, *map(n_percent, label_count.shares))
        for label_count in named.labels
        if label_count.shares[0].n
    ]
    if named.unnamed[0]:
        shares = zip(named.unnamed, named.concerned, strict=True)
        inner.append((say("Not recorded"), *(n_percent(Share(n, of)) for n, of in shares)))
    at = frozenset(range(len(head), len(head) + len(inner)))
    return Table((first, *headings(columns)), (*head, *inner), inner=at)


def joined_labels(levels: Iterable[Level]) -> str:
    """What is named for one patient, by its labels: ``Heart failure and Suicide``; blank where nothing is."""
    return joined([level.label for level in levels])
