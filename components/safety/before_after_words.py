"""Words and table of what a filter changes in the adverse reactions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.core.made_factors import INNER, REST
from components.core.numbers import EN_DASH, count, inside, with_interval
from components.core.share_words import n_percent
from components.core.table import Table
from components.survival.before_after_words import SHOWN
from data.language import say

if TYPE_CHECKING:
    from components.core.columns import Share
    from components.core.estimate import Estimate
    from components.core.pale import Pale
    from components.safety.before_after import ReactionsBeforeAfter


def change_table(change: ReactionsBeforeAfter) -> Table:
    """Patients, and those with any and with a serious reaction: without the filter, shown, left out; the difference."""
    both, pale = (False, True), change.pale
    cohorts = (
        (pale.name, [change.everybody(serious=serious) for serious in both]),
        (SHOWN, [change.of(INNER.id, serious=serious) for serious in both]),
        (pale.others, [change.of(REST.id, serious=serious) for serious in both]),
    )
    rows = [(name, count(shares[0].of) if shares[0] else "0", *map(_share, shares)) for name, shares in cohorts]
    rows.append((say("{apart}, percentage points", apart=pale.apart), EN_DASH,
                 *(_apart(change.difference(serious=serious)) for serious in both)))  # fmt: skip
    heads = (pale.changed, say("Patients"), say("Any reaction, n (%)"), say("Serious reaction, n (%)"))
    return Table(heads, tuple(rows))


def change_note(pale: Pale, *, drawn: bool) -> str:
    """What the pale part of a bar is, where one is ``drawn``, and the table."""
    said = say("Pale grey: up to the patients with such a reaction {name}.", name=inside(pale.name))
    return f"{said} {pale.not_tested}" if drawn else pale.not_tested


def _share(share: Share | None) -> str:
    return EN_DASH if share is None else n_percent(share)


def _apart(difference: Estimate) -> str:
    return with_interval(difference, 1) if difference.known else EN_DASH
