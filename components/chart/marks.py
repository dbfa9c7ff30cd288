"""The marks of a chart: what is drawn on the scales of one plot.

Every mark has a ``key`` that is its own within the chart, so that a renderer that draws again knows it again, and a
``series``: the key of the group it belongs to, blank for none. Values are in the units of the scales, a gap is None.
Texts may carry the marks of ``components.core.markup`` (bold, colour, a new line) and nothing else in them is markup.
``hover`` holds what is shown under the pointer and ``answers`` what a click on a point gives back, one a point each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from components.chart.dashes import Dash

Value = float | None
Values = Sequence[Value]
Symbol = Literal[
    "circle", "circle-open", "square", "square-open", "diamond", "diamond-open", "triangle-up", "triangle-left",
    "triangle-right", "cross", "x", "pentagon", "hexagon", "star", "tick",
]  # fmt: skip
"""``tick`` is a short upright line, as for a censored patient."""

Side = Literal["left", "centre", "right"]
Height = Literal["above", "middle", "below"]


@dataclass(frozen=True)
class Stroke:
    """How a line is drawn: its colour, width in pixels, dash and opacity."""

    colour: str
    width: float = 2.0
    dash: Dash = "solid"
    opacity: float = 1.0


@dataclass(frozen=True, eq=False)
class Line:
    """Points joined by straight lines, or by steps that hold a value until the next.

    ``lower`` and ``upper`` are the ends of upright bars at the points; ``symbol`` None draws no markers, and
    ``joined`` False only them. ``spread`` names the bars (``95% CI``, ``SD``) and ``what`` the line beside its group
    (``few at risk``) wherever they are listed. ``days`` are those of the points of a scale of visits, at places between
    them.
    """

    key: str
    x: Values
    y: Values
    stroke: Stroke
    series: str = ""
    step: bool = False
    joined: bool = True
    symbol: Symbol | None = None
    size: float = 8.0
    lower: Values = ()
    upper: Values = ()
    spread: str = ""
    what: str = ""
    days: Values = ()
    hover: Sequence[str] = ()
    answers: Sequence[str | None] = ()


@dataclass(frozen=True, eq=False)
class Band:
    """The area between ``lower`` and ``upper``, of the same opacity everywhere.

    At the points ``bridged`` there are no limits, and the edges only keep the area from being torn apart.
    """

    key: str
    x: Values
    lower: Values
    upper: Values
    colour: str
    series: str = ""
    step: bool = False
    opacity: float = 0.13
    what: str = ""
    bridged: frozenset[int] = frozenset()


@dataclass(frozen=True, eq=False)
class Points:
    """Markers that are not joined; ``symbols``, ``sizes`` (pixels) and ``colours`` one a point, or one for all.

    ``what`` names them beside their group wherever they are listed.
    """

    key: str
    x: Values
    y: Values
    colours: Sequence[str]
    symbols: Sequence[Symbol] = ("circle",)
    sizes: Sequence[float] = (8.0,)
    series: str = ""
    edge: float = 0.0
    clipped: bool = True
    what: str = ""
    hover: Sequence[str] = ()
    answers: Sequence[str | None] = ()


@dataclass(frozen=True, eq=False)
class Intervals:
    """Level lines from ``low`` to ``high`` at the heights ``y``, such as confidence limits of ratios.

    What lies beyond the scale is cut there; ``arrows`` puts a head on an end that was cut. ``what`` they are is named
    wherever they are listed, where they are no confidence limits.
    """

    key: str
    y: Values
    low: Values
    high: Values
    stroke: Stroke
    series: str = ""
    arrows: bool = False
    what: str = ""


@dataclass(frozen=True)
class Part:
    """A stretch of a bar: whose it is (``group``), its size, colour, outline, and the text in it."""

    size: float
    group: str
    colour: str
    edge: str = ""
    inside: str = ""
    ink: str = ""
    hover: str = ""
    answer: str = ""


@dataclass(frozen=True)
class Bar:
    """One bar: its name, the number beside it and its parts from the start; ``at`` is its middle on the other scale.

    ``owner`` is the group whose bar it is, where its parts say something else.
    """

    at: float
    name: str
    number: str
    parts: tuple[Part, ...]
    owner: str = ""


@dataclass(frozen=True, eq=False)
class Bars:
    """Stacked bars, level or upright, ``thickness`` in units of the scale they stand on.

    ``named_above`` writes name and number over each level bar, in type of ``size`` pixels; without it the scale's ticks
    name them.
    """

    key: str
    bars: tuple[Bar, ...]
    thickness: float
    upright: bool = False
    named_above: float = 0.0
    size: float = 13.0
    gap: float = 0.0


@dataclass(frozen=True, eq=False)
class Texts:
    """Texts at points; ``side`` and ``height`` say where a text stands as seen from its point.

    ``numbers`` of ``what``, in ``unit``, are those the texts say, where no other mark shows them.
    """

    key: str
    x: Values
    y: Values
    texts: Sequence[str]
    side: Side = "centre"
    height: Height = "middle"
    size: float = 13.0
    series: str = ""
    numbers: Values = ()
    what: str = ""
    unit: str = ""
    answers: Sequence[str | None] = ()


@dataclass(frozen=True, eq=False)
class Squares:
    """Squares at whole numbers, each in one of ``colours``: ``kinds`` says in which, None for no square.

    The ``crossed`` have a cross.
    """

    key: str
    kinds: Sequence[Sequence[int | None]]
    colours: tuple[str, ...]
    hover: Sequence[Sequence[str]]
    crossed: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True)
class Region:
    """A rectangle behind the marks; an end of None is that of the plot, and ``whole`` spans the chart's full width."""

    key: str
    x: tuple[Value, Value]
    y: tuple[Value, Value]
    colour: str
    opacity: float = 1.0
    whole: bool = False
    what: str = ""


@dataclass(frozen=True)
class Rule:
    """A straight line across the plot at ``at``: upright, or level; ``text`` stands at its end, ``what`` in lists.

    ``lift`` raises the text of an upright rule above the plot by so many pixels; ``through`` draws the rule over all
    plots of the chart.
    """

    key: str
    at: float
    upright: bool
    stroke: Stroke
    text: str = ""
    size: float = 11.5
    ink: str = ""
    lift: float = 0.0
    before: bool = False
    through: bool = False
    what: str = ""


Mark = Line | Band | Points | Intervals | Bars | Texts | Squares
Background = Region | Rule
