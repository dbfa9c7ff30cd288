"""What may be named several times for one patient, as bars divided by group."""

from __future__ import annotations

from components.analysis.columns import Columns
from components.analysis.mentions import Mention, Mentions
from components.figures.bars import Line, Part, bars_figure
from components.figures.theme import ACCENT, QUIET, UNKNOWN, Figure, colour, places
from components.wording.endings import group_key, part_hover
from components.wording.numbers import count


def mentions_figure(columns: Columns, named: Mentions, levels: tuple[str, ...]) -> Figure:
    """A bar for each label that is named: its patients, divided by the groups among ``levels`` and those in none."""
    shown = [c for c, label in enumerate(columns.labels) if label in levels] or [0]
    place = places(levels)
    found = [mention for mention in named.labels if mention.shares[0].n]
    longest = max((mention.shares[0].n for mention in found), default=1)

    def part(mention: Mention, c: int) -> Part:
        label, n = columns.labels[c], mention.shares[c].n
        text = f"{label} {count(n)}" if c and n * 100 > longest * (4 + 1.1 * len(label)) else count(n) if c else ""
        return Part(n, colour(place[label]) if c else ACCENT, text, part_hover(mention.label, label, n))

    def unknown(mention: Mention) -> Part:
        n = mention.shares[0].n - sum(mention.shares[c].n for c in shown)
        text = count(n) if n else ""
        return Part(n, UNKNOWN, text, part_hover(mention.label, columns.unknown_label, n), edge=QUIET)

    lines = tuple(
        Line(mention.label, count(mention.shares[0].n), (*(part(mention, c) for c in shown), unknown(mention)))
        for mention in found
    )
    groups = tuple((columns.labels[c], colour(place[columns.labels[c]])) for c in shown if c)
    apart = ((columns.unknown_label, UNKNOWN),) if groups and columns.unknown else ()
    return bars_figure(lines, longest, key=group_key((*groups, *apart)))
