"""The small charts of the overview: composition, flow, survival and steroid course, all of one height."""

from __future__ import annotations

from dataclasses import replace

from components.baseline.analysis import Baseline, FactorRows
from components.chart.bars import bar, bars_chart, part
from components.chart.chart import Chart, End, Margins, Place, Plot, Scale, named_ticks, numbered_ticks, stepped_ticks
from components.chart.colours import ACCENT, QUIET, UNKNOWN, colour, places
from components.chart.marks import Bar, Line, Mark, Stroke, Texts
from components.core.columns import Share
from components.core.markup import coloured, plain
from components.core.numbers import PATIENTS, PROPORTION, count, number_printed
from components.core.pale import NO_FILTER, Pale
from components.core.pale_words import pale_of
from components.core.short_names import short_names
from components.courses.analysis import Course
from components.courses.words import VISIT
from components.overview import words
from components.overview.flow import Flow
from components.safety.before_after import ReactionsBeforeAfter
from components.safety.reactions import Reactions
from components.safety.reactions_chart import reaction_bars
from components.survival.analysis import TWO_YEARS, Survival
from components.survival.chart import BEHIND, CHARACTER, curve_marks, end_names, ends_of, pale_curve
from components.survival.words import axis_title
from data.language import say

HEIGHT = 300
ROWS = 6
GONE = "#8a1c1c"
TICKS = (0, 183, 365, 548, TWO_YEARS)
MONTHS = (0, 6, 12, 18, 24)
SMALL = 12
SMALL_WITHOUT = say("No filter")
"""The pale curve's name where there is little room for one."""

TOP, FOOT = 10, 42


def composition_chart(table: Baseline, before: Baseline | None = None, pale: Pale = NO_FILTER) -> Chart:
    """A full bar for each factor, divided by level; patients without a level stand last, in grey.

    Under each stands the bar of the patients without the filter, those of ``before``, where they are given.
    """
    bars = []
    everybody = {row.variable.key: row for row in before.rows if isinstance(row, FactorRows)} if before else {}
    for row in table.rows:
        if isinstance(row, FactorRows):
            bars.append(_composed(row))
            if before is not None and row.variable.key in everybody:
                behind = _composed(everybody[row.variable.key])
                bars.append(replace(behind, name=coloured(pale_of(pale, before.columns.n[0]), QUIET)))
    return bars_chart(bars, 1.0, words.SHARE, PROPORTION, 4, SMALL, HEIGHT)


def _composed(row: FactorRows) -> Bar:
    place = places(row.variable.levels)
    everybody = sum(line.shares[0].n for line in row.levels if line.role != "performed")
    parts = []
    for line in row.levels:
        share = Share(line.shares[0].n, everybody)
        if line.role != "performed" and share.n:
            shade, edge = (colour(place[line.level.id]), "") if line.role == "level" else (UNKNOWN, QUIET)
            text, hover = words.part_inside(line.level, share), words.part_hover(row.variable.label, line.level, share)
            parts.append(
                part(share.n / everybody, words.part_name(line.level), shade, inside=text, hover=hover, edge=edge)
            )
    tested = next((line.shares[0] for line in row.levels if line.role == "performed"), None)
    positive = next(line for line in row.levels if line.role == "level")
    number = words.known(tested, positive.level, positive.shares[0].n) if tested else ""
    return bar(row.variable.label, number, parts)


def frequent_chart(result: Reactions, change: ReactionsBeforeAfter | None = None) -> Chart:
    """The most frequent categories, in type small enough for their names."""
    return reaction_bars(result, ROWS, SMALL, HEIGHT, change)


def flow_chart(result: Flow, visits: tuple[str, ...]) -> Chart:
    """A bar a step: everybody enrolled fills the width; who is followed, who left alive, who died."""
    enrolled = max(result.populations[0].n, 1)
    bars = [
        bar(words.population_name(step), words.population_number(step), (part(step.n, words.IN_POPULATION, ACCENT),))
        for step in result.populations
        if step.left_out or step is result.populations[0]
    ]
    died = left = 0
    for step in result.visits:
        died, left = died + step.died, left + step.left
        if step.visit.key in visits:
            hover = words.visit_hover(step)
            parts = (
                part(step.followed, words.FOLLOWED, ACCENT, hover=hover),
                part(left, words.LEFT, UNKNOWN, hover=hover, edge=QUIET),
                part(died, words.DIED, GONE, hover=hover),
            )
            bars.append(bar(step.visit.label, words.visit_number(step, died, left, (QUIET, GONE)), parts))
    return bars_chart(bars, enrolled, PATIENTS, PATIENTS, ROWS, SMALL, HEIGHT)


def small_survival_chart(result: Survival, before: Survival | None = None, pale: Pale = NO_FILTER) -> Chart:
    """The curves to two years without bands or counts, the groups named at their ends.

    The curve of the patients without the filter, that of ``before``, lies pale behind them.
    """
    place = places(result.groups.levels)
    marks = [mark for curve in result.curves
             for mark in curve_marks(curve, place[curve.group.id], band=False, censored=False)]  # fmt: skip
    ends = end_names(result.groups.present, ends_of(result, TWO_YEARS), place)
    if before is not None and before.curves:
        marks.insert(0, pale_curve(before.curves[0]))
        ends = (
            *ends,
            End(
                ends_of(before, TWO_YEARS)[0], short_names([pale.name if pale.cohort else SMALL_WITHOUT], 12)[0], QUIET
            ),
        )
    longest = max((len(plain(end.name)) for end in ends), default=0)
    y = Scale(-0.01, 1.03, result.endpoint.curve, "%", "", stepped_ticks(0, 1, 0.25, percent=True), form="percent",
              grid=True, size=SMALL)  # fmt: skip
    plot = Plot(
        "curves",
        _months(-10, 740, axis_title(0, result.analysed.day_0)),
        y,
        tuple(marks),
        _small_place(),
        ends=ends,
        end_size=13,
    )
    names = (*((group.id, group.label) for group in result.groups.present),
             *(((BEHIND, pale_of(pale, before.n)),) if before is not None else ()))  # fmt: skip
    return Chart(HEIGHT, Margins(44, min(14 + CHARACTER * longest, 130), TOP, FOOT), (plot,), names=names)


def taper_chart(result: Course, before: Course | None = None, pale: Pale = NO_FILTER) -> Chart:
    """The mean at each visit, with its value above and the number of patients below; visits at equal distances.

    The means of the patients without the filter, those of ``before``, lie pale behind.
    """
    points = [point for point in result.series[0].points if point.values.mean.value is not None]
    at = [float(i) for i in range(len(points))]
    means = [point.values.mean.value for point in points]
    top = max([40.0, *(1.2 * value for value in means if value is not None)])
    line = Line("means", at, means, Stroke(ACCENT, 2.4), result.series[0].group.id, symbol="circle",
                hover=[words.taper_hover(p) for p in points])  # fmt: skip
    values = Texts("values", at, means, [f"\u2009{words.mean_of(p)}" for p in points], "right", "above", SMALL)
    numbers = Texts("counts", at, [0.045 * top] * len(at), [coloured(count(p.values.n), QUIET) for p in points],
                    size=11, series=result.series[0].group.id, numbers=[number_printed(p.values.n) for p in points],
                    what=words.TAKING, unit=PATIENTS)  # fmt: skip
    marks: tuple[Mark, ...] = (line, values, numbers)
    if before is not None and before.series:
        spots = {point.visit.key: i for i, point in enumerate(points)}
        behind = [one for one in before.series[0].points
                  if one.visit.key in spots and one.values.mean.value is not None]  # fmt: skip
        pale_line = Line(BEHIND, [float(spots[one.visit.key]) for one in behind],
                         [one.values.mean.value for one in behind], Stroke(QUIET, 1.8, "solid", 0.6), BEHIND,
                         hover=[words.taper_hover(one) for one in behind])  # fmt: skip
        marks = (pale_line, *marks)
    y = Scale(0, top, result.measure.label, result.measure.unit, "", stepped_ticks(0, top, 10 if top < 80 else 50),
              grid=True, size=SMALL)  # fmt: skip
    visits = named_ticks(at, [words.visit_tick(p.visit) for p in points], [p.visit.label for p in points])
    x = Scale(-0.4, max(len(at), 2) - 0.6, VISIT, "", words.taper_axis(), visits, size=SMALL, title_size=SMALL)
    plot = Plot("taper", x, y, marks, _small_place())
    names = tuple((one.group.id, one.label) for one in result.series[:1])
    names += ((BEHIND, pale_of(pale, before.series[0].n)),) if before is not None and before.series else ()
    return Chart(HEIGHT, Margins(44, 24, TOP, FOOT), (plot,), names=names)


def _months(low: float, high: float, title: str) -> Scale:
    return Scale(
        low, high, say("Day"), say("days"), title, numbered_ticks(TICKS, MONTHS), padded=True, size=SMALL,
        title_size=SMALL,
    )  # fmt: skip


def _small_place() -> Place:
    return Place(0, 1, 0, HEIGHT - TOP - FOOT)
