"""What may be named several times for one patient, as bars divided by group."""

from __future__ import annotations

from dataclasses import dataclass

from components.chart.bars import bar, bars_chart, entry, part, with_ranges_under
from components.chart.chart import Chart
from components.chart.colours import ACCENT, QUIET, UNKNOWN, colour, places
from components.chart.marks import Part
from components.core.across import SharesAcross
from components.core.columns import Columns
from components.core.envelope import drawn
from components.core.envelope_words import RANGE
from components.core.numbers import PATIENTS, count
from components.core.tally import LabelCount, LabelCounts
from components.safety.deaths_words import part_hover
from components.survival.chart import outline_entry
from data.levels import MISSING, Level


@dataclass(frozen=True)
class NamedAcross:
    """The patients of each label that is ``named``, in every column, over ``members`` cohorts."""

    members: int
    named: tuple[tuple[Level, SharesAcross], ...]


def label_counts_chart(
    columns: Columns, named: LabelCounts, levels: tuple[Level, ...], across: NamedAcross | None = None
) -> Chart:
    """A bar for each label that is named: its patients, divided by the groups among ``levels`` and those in none.

    With ``across`` a dotted line under a bar is the range of its patients over reconstructions, where it differs.
    """
    shown = [c for c, group in enumerate(columns.groups) if group in levels] or [0]
    place = places(levels)
    found = [label_count for label_count in named.labels if label_count.shares[0].n]
    ranges = {level.id: shares.n[0] for level, shares in across.named} if across else {}
    ends = [
        (one.least, one.most) if (one := ranges.get(label_count.level.id)) and drawn(one) else None
        for label_count in found
    ]
    longest = max((label_count.shares[0].n for label_count in found), default=1)
    whole = max(longest, *(pair[1] for pair in ends if pair), 1)

    def stretch(label_count: LabelCount, c: int) -> Part:
        name, n = columns.labels[c], label_count.shares[c].n
        text = f"{name} {count(n)}" if c and n * 100 > longest * (4 + 1.1 * len(name)) else count(n) if c else ""
        shade = colour(place[columns.groups[c].id]) if c else ACCENT
        return part(n, name, shade, inside=text, hover=part_hover(label_count.label, name, n))

    def in_none(label_count: LabelCount) -> int:
        return label_count.shares[0].n - sum(label_count.shares[c].n for c in shown)

    def unknown(label_count: LabelCount) -> Part:
        n = in_none(label_count)
        said = part_hover(label_count.label, columns.unknown_label, n)
        return part(n, columns.unknown_label, UNKNOWN, inside=count(n) if n else "", hover=said, edge=QUIET)

    parted = any(map(in_none, found))
    bars = [
        bar(
            label_count.label,
            count(label_count.shares[0].n),
            [*(stretch(label_count, c) for c in shown), *([unknown(label_count)] if parted else [])],
        )
        for label_count in found
    ]
    groups = [entry(columns.groups[c].id, columns.labels[c], colour(place[columns.groups[c].id])) for c in shown if c]
    apart = [entry(MISSING, columns.unknown_label, UNKNOWN)] if groups and columns.unknown else []
    beside = [outline_entry(across.members)] if across and any(ends) else []
    chart = bars_chart(bars, whole, PATIENTS, PATIENTS, entries=(*groups, *apart, *beside))
    return with_ranges_under(chart, ends, RANGE)
