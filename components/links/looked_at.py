"""The comparisons that somebody looks at who is shown a panel, as entries of the ledger."""

from __future__ import annotations

from functools import lru_cache

from components.core.ledger import Entry
from components.core.look import Look
from components.core.page_words import filter_sentence
from components.core.panel import Panel
from components.links.page_input import PageInput
from data.paper.published import printed_comparisons, published_numbers


def looked_at(panel: Panel, here: PageInput, page: str) -> tuple[Entry, ...]:
    """What ``panel`` of the page with this address compares of the patients ``here``."""
    follow_up = panel.analysed.follow_up if panel.analysed else None
    until = None if follow_up is None or follow_up.whole else follow_up.length
    query, patients = here.filter.query, filter_sentence(here.filter)
    return tuple(Entry(look, page, query, patients, until, printed=_printed(look, here)) for look in panel.looks)


def _printed(look: Look, here: PageInput) -> bool:
    """Whether the paper printed it: of the patients it is about, nobody left out, nothing adjusted for.

    Of two levels it printed the comparison with the factor's own reference.
    """
    factor = here.study.dictionary.factor.get(look.by)
    if factor is not None and len(look.groups) == 2 and factor.reference not in {group.id for group in look.groups}:
        return False
    asked = here.study.provenance.kind == "reconstructed" and not here.filter.parts and not look.beside
    return asked and (look.endpoint.key, look.by) in _in_the_paper()


@lru_cache(maxsize=1)
def _in_the_paper() -> frozenset[tuple[str, str]]:
    return printed_comparisons(published_numbers())
