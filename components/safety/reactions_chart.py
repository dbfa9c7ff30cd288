"""Reactions: bars of patients a category, and the comparison of groups by dots and risk differences."""

from __future__ import annotations

from math import ceil

from components.chart.bars import bar, bars_chart, entry, part, with_ranges_under
from components.chart.chart import (
    Chart,
    Entry,
    Key,
    Margins,
    Place,
    Plot,
    Scale,
    even_ticks,
    named_ticks,
    stepped_ticks,
)
from components.chart.colours import ACCENT, FAINTER, INK, MILD, QUIET, colour, places
from components.chart.marks import Intervals, Mark, Points, Region, Rule, Stroke, Symbol, Texts
from components.core.envelope import drawn
from components.core.envelope_words import RANGE
from components.core.markup import bold
from components.core.numbers import NO_DIFFERENCE, PATIENTS
from components.safety import reactions_words as words
from components.safety.before_after import ReactionsBeforeAfter
from components.safety.reactions import ReactionRow, Reactions
from components.safety.reconstructions import ReactionAcross, ReactionsAcross
from components.survival.chart import outline_entry
from data.levels import Level

ROW, LEGEND_ROW, AXIS, FOOT, ABOVE = 52, 26, 74, 30, 0.3
BELOW, UNDER_DOTS, APART, MOST_OUTLINED = 0.07, -0.28, 0.085, 3
"""How far below its difference a range is drawn, where in a row those of shares begin, and how far apart they lie.

Those of more groups would hide each other.
"""
LEFT, RIGHT = 0.46, 0.54
SYMBOLS: tuple[Symbol, ...] = (
    "circle", "square", "diamond", "triangle-up", "cross", "pentagon", "hexagon", "star",
)  # fmt: skip
PALE = "#d5dbe0"
"""The part of a bar whom the filter leaves out."""

NARROW = 620
"""The width, in pixels, that the key must fit into."""


def reaction_bars(
    result: Reactions,
    most: int | None = None,
    size: float = 13,
    height: float | None = None,
    change: ReactionsBeforeAfter | None = None,
    found: ReactionsAcross | None = None,
) -> Chart:
    """Patients with a reaction of each category, the serious ones filled; clicking gives the category's id.

    With ``change`` a pale part goes on to the number without the filter; with ``found`` a dotted line under a bar is
    the range of its patients over reconstructions, where that is not the same in print.
    """
    listed = words.bars(result, most)
    left = change.of_others if change else {}
    others = [left.get(one.id, 0) for one in listed]
    ranges = _of_categories(result, found)
    reach = [ranges.get(one.id) for one in listed]
    bars = [
        bar(
            one.label,
            one.text,
            (
                part(one.serious, words.SERIOUS_PART, ACCENT, hover=one.hover, answer=one.id),
                part(one.n - one.serious, words.OTHER_PART, MILD, hover=one.hover, answer=one.id, edge=ACCENT),
                *((part(other, change.pale.others, PALE, answer=one.id),) if change else ()),
            ),
        )
        for one, other in zip(listed, others, strict=True)
    ]
    together = (one.n + other for one, other in zip(listed, others, strict=True))
    longest = max((*together, *(most_ for _, most_ in ranges.values())), default=1)
    shades = (
        entry("serious", words.SERIOUS_PART, ACCENT),
        entry("other", words.OTHER_PART, MILD),
        *((entry("left-out", change.pale.others, PALE),) if change else ()),
        *((outline_entry(found.members),) if found and any(reach) else ()),
    )
    chart = bars_chart(bars, max(longest, 1), PATIENTS, PATIENTS, most or 0, size, height, shades)
    return with_ranges_under(chart, reach, RANGE)


def _of_categories(result: Reactions, found: ReactionsAcross | None) -> dict[str, tuple[float, float]]:
    """The least and the most of the patients of each category by its id, where cohorts differ in it."""
    pairs = zip(result.rows, found.rows, strict=True) if found else ()
    ranges = {row.id: one.patients.n[0] for row, one in pairs if row.category and not row.term and not row.serious}
    return {id_: (one.least, one.most) for id_, one in ranges.items() if drawn(one)}


def reaction_dots(
    result: Reactions, levels: tuple[Level, ...], *, serious: bool, found: ReactionsAcross | None = None
) -> Chart:
    """Each category's share of patients in every group, and the difference from the reference group.

    With ``found`` a dotted line under a dot is its range over reconstructions, where that is not the same in print.
    """
    columns = result.columns
    shown = [c for c in range(1, len(columns.groups)) if columns.groups[c] in levels]
    rows = [row for row in result.rows if row.serious is serious and not row.term]
    place = places(levels)
    offsets = dict(zip(shown, _offsets(len(shown)), strict=True))
    looks: dict[int, tuple[str, Symbol]] = {
        c: (colour(spot), SYMBOLS[spot % len(SYMBOLS)]) for c, spot in ((c, place[columns.groups[c].id]) for c in shown)
    }
    n = len(rows)
    names = [row.label or words.ANY for row in rows]
    heads = [name if row.category else bold(name) for name, row in zip(names, rows, strict=True)]
    high = ROW * n
    y = Scale(-n + 0.5, 0.5, "", shown=False, ticks=named_ticks([-i for i in range(n)], names))
    x = Scale(-3, 104, words.DOTS_AXIS, "%", "", stepped_ticks(0, 100, 20, suffix="%"), grid=True, above=True,
              suffix="%")  # fmt: skip
    dots: list[Mark] = [_dots(result, rows, c, looks[c]) for c in shown]
    across = [found.rows[result.rows.index(row)] for row in rows] if found and len(shown) <= MOST_OUTLINED else []
    lines = [
        line
        for k, c in enumerate(shown)
        for line in _range(across, c, (UNDER_DOTS - k * APART, offsets[c] - BELOW), looks[c], columns.groups[c].id)
    ]
    dots += [line for line in lines if line.key.endswith("shares")]
    dots.append(Texts("names", [0.0] * n, [ABOVE - i for i in range(n)], heads, side="right"))
    stripes = tuple(
        Region(f"stripe {i}", (None, None), (-0.5 - i, 0.5 - i), QUIET, FAINTER, whole=True) for i in range(0, n, 2)
    )
    others = [c for c in shown if c != columns.reference]
    differences = [mark for c in others for mark in _differences(result, rows, c, offsets[c], looks[c])]
    differences += [line for line in lines if not line.key.endswith("shares")]
    reach = _reach(rows, shown)
    title = words.differences_axis(columns.labels[columns.reference])
    x2 = Scale(-reach, reach, title, words.POINTS, "", even_ticks(-reach, reach, 7), grid=True, above=True)
    zero = Rule("zero", 0.0, upright=True, stroke=Stroke(INK, 1), before=True, what=NO_DIFFERENCE)
    width = sum(48 + 7.5 * len(columns.labels[c]) for c in shown)
    top = LEGEND_ROW * ceil(width / NARROW) + AXIS
    plots = (
        Plot("shares", x, y, tuple(dots), Place(0, LEFT, 0, high), stripes, title=words.DOTS_AXIS, title_at="centre"),
        Plot(
            "differences", x2, y, tuple(differences), Place(RIGHT, 1, 0, high), (zero,), title=title, title_at="centre"
        ),
    )
    entries = (
        Entry(columns.groups[c].id, columns.labels[c], looks[c][0], symbol=looks[c][1], line=False) for c in shown
    )
    beside = (outline_entry(found.members),) if found and lines else ()
    return Chart(high + top + FOOT, Margins(8, 8, top, FOOT), plots, Key((*entries, *beside), hides=True))


def _range(
    across: list[ReactionAcross], c: int, heights: tuple[float, float], look: tuple[str, Symbol], group: str
) -> list[Intervals]:
    """The ranges of a group's shares and of its differences, each at its height in a row, in which cohorts differ."""
    stroke = Stroke(look[0], 2.2, "dot", 0.8)
    shares = [(heights[0] - i, one.patients.percent[c]) for i, one in enumerate(across)]
    points = [(heights[1] - i, of) for i, one in enumerate(across) if (of := one.differences[c]) is not None]
    found = (("shares", [pair for pair in shares if drawn(pair[1], 1)]),
             ("ranges", [pair for pair in points if drawn(pair[1], 1)]))  # fmt: skip
    return [
        Intervals(f"{group} {name}", [y for y, _ in kept], [one.least for _, one in kept],
                  [one.most for _, one in kept], stroke, group, what=RANGE)
        for name, kept in found if kept
    ]  # fmt: skip


def _offsets(n: int) -> list[float]:
    step = min(0.18, 0.5 / max(n, 1))
    return [step * ((n - 1) / 2 - k) - 0.12 for k in range(n)]


def _dots(result: Reactions, rows: list[ReactionRow], c: int, look: tuple[str, Symbol]) -> Points:
    group, (shade, symbol) = result.columns.groups[c], look
    return Points(
        f"{group.id} dots",
        [row.cells[c].patients.percent.value for row in rows], [-i - 0.12 for i in range(len(rows))],
        (shade,), (symbol,), (11.0,), group.id,
        hover=[words.dot_hover(group.label, row.label or words.ANY, row.cells[c]) for row in rows],
        answers=[row.id for row in rows],
    )  # fmt: skip


def _differences(
    result: Reactions, rows: list[ReactionRow], c: int, offset: float, look: tuple[str, Symbol]
) -> list[Mark]:
    group, (shade, symbol) = result.columns.groups[c], look
    name, reference = group.label, result.columns.labels[result.columns.reference]
    known = [(i, row, d) for i, row in enumerate(rows) if (d := row.cells[c].difference) is not None and d.known]
    y = [offset - i for i, _, _ in known]
    said = [words.difference_hover(name, reference, row.label or words.ANY, d) for _, row, d in known]
    return [
        Intervals(f"{group.id} limits", y, [d.lower for _, _, d in known], [d.upper for _, _, d in known],
                  Stroke(shade, 1.8), group.id),
        Points(f"{group.id} differences", [d.value for _, _, d in known], y, (shade,), (symbol,), (8.0,), group.id,
               hover=said, answers=[row.id for _, row, _ in known]),
    ]  # fmt: skip


def _reach(rows: list[ReactionRow], shown: list[int]) -> float:
    limits = [
        abs(limit)
        for row in rows
        for c in shown
        if (d := row.cells[c].difference) is not None
        for limit in (d.lower, d.upper)
        if limit is not None
    ]
    return max(20.0, *limits) * 1.05 if limits else 20.0
