"""The chart: plots with their scales and marks, the rows under a plot, the columns beside it, and the key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10
from typing import Literal

from components.chart.dashes import Dash
from components.chart.marks import Background, Mark, Side, Symbol

FONT_SIZE = 14.0


@dataclass(frozen=True)
class Tick:
    """A place on a scale and what is written there; blank for a tick without a text.

    ``number`` is the one that the text says, in the unit of the scale's title. ``name`` is in full what stands there,
    such as a visit or a level: a scale whose ticks have names is one of things, and its places are no values.
    """

    at: float
    text: str = ""
    number: float | None = None
    name: str = ""


@dataclass(frozen=True)
class Scale:
    """One direction of a plot, from ``low`` to ``high`` in the units of the data, also where it is logarithmic.

    ``quantity`` and ``unit`` say what is measured, for the files of numbers; ``title`` is what is printed. Without
    ``line`` neither the axis nor its ticks are drawn, only their texts; without ``shown`` nothing is. ``above`` writes
    the ticks of an x scale over its plot as well; ``suffix`` stands behind the numbers of its ticks. Of a ``padded``
    scale no value lies before the first tick.
    """

    low: float
    high: float
    quantity: str
    unit: str = ""
    title: str = ""
    ticks: tuple[Tick, ...] = ()
    form: Literal["number", "percent"] = "number"
    logarithmic: bool = False
    grid: bool = False
    line: bool = True
    shown: bool = True
    zoomable: bool = False
    zero: bool = False
    above: bool = False
    suffix: str = ""
    padded: bool = False
    size: float = 13.0
    title_size: float = FONT_SIZE

    @property
    def names(self) -> dict[float, str]:
        """What stands at the ticks of a scale of things, by their places; nothing for a scale of values."""
        return {tick.at: tick.name for tick in self.ticks if tick.name}

    def held(self, value: float) -> float:
        """``value``, or the end that it lies beyond."""
        return min(max(value, self.low), self.high)

    def share(self, value: float) -> float:
        """Where ``value`` stands between the ends: 0 at ``low``, 1 at ``high``."""
        if self.logarithmic:
            return (log10(value) - log10(self.low)) / (log10(self.high) - log10(self.low))
        return (value - self.low) / (self.high - self.low)


@dataclass(frozen=True)
class Row:
    """A row of texts under a plot, one a tick of its x scale: its name, and before it the group it begins.

    ``numbers`` are those the texts say, None where a text says none. ``colour`` is that of the group; ``group`` names
    it wherever the row stands alone.
    """

    key: str
    name: str
    texts: tuple[str, ...]
    numbers: tuple[float | None, ...]
    group: str = ""
    owner: str = ""
    colour: str = ""


@dataclass(frozen=True)
class Column:
    """A column of texts beside a plot, one a row of its y scale; ``at`` is its place, 0 to 1, in the room beside it.

    ``side`` is the side of the plot it stands at, ``align`` how its texts are set.
    """

    key: str
    heading: str
    side: Literal["left", "right"]
    at: float
    align: Side
    texts: tuple[str, ...]
    answers: tuple[str | None, ...] = ()


@dataclass(frozen=True)
class End:
    """A name at the right of a plot, beside the value ``y`` at which its curve ends."""

    y: float
    name: str
    colour: str


@dataclass(frozen=True)
class Place:
    """Where a plot stands: shares of the chart's inner width, and pixels down from its inner top."""

    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, eq=False)
class Plot:
    """One plot. ``rows`` stand under it, the first ``rows_from`` pixels below, ``row_height`` pixels each.

    ``columns`` stand beside it in the room from the chart's edges to ``place``; the rows ``headings`` of them begin
    blocks. ``follows`` names the plot whose x scale it moves with.
    """

    key: str
    x: Scale
    y: Scale
    marks: tuple[Mark, ...]
    place: Place
    ground: tuple[Background, ...] = ()
    title: str = ""
    title_at: Literal["above", "centre", "left"] = "above"
    ends: tuple[End, ...] = ()
    end_size: float = 14.0
    rows: tuple[Row, ...] = ()
    rows_from: float = 0.0
    row_height: float = 20.0
    row_names: bool = True
    columns: tuple[Column, ...] = ()
    headings: frozenset[int] = frozenset()
    captions: tuple[str, ...] = ()
    caption_at: float | None = None
    follows: str = ""
    room: tuple[float, float] = (0.0, 1.0)

    @property
    def rows_height(self) -> float:
        """Pixels that the rows under the plot need."""
        return self.row_height * len(self.rows)


@dataclass(frozen=True)
class Entry:
    """An entry of the key: a series with its name, and how it looks."""

    series: str
    name: str
    colour: str
    dash: Dash = "solid"
    symbol: Symbol | None = None
    line: bool = True


@dataclass(frozen=True)
class Key:
    """The key of the series: at the top in a line, or in the lower or upper left corner of the first plot.

    ``hides`` lets a click on an entry hide its series.
    """

    entries: tuple[Entry, ...]
    at: Literal["top", "lower left", "upper left"] = "top"
    hides: bool = False
    size: float = 13.0


@dataclass(frozen=True)
class Margins:
    """Pixels around the plots."""

    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, eq=False)
class Chart:
    """Everything that is drawn of a result; ``height`` and margins in pixels of a screen.

    A reader's zoom survives new data as long as ``zoom`` is the same; ``magnified`` is by how much all sizes in pixels
    were raised for a large screen, so that renderers raise those of their own. ``names`` are those of series that may
    stand in no key.
    """

    height: float
    margins: Margins
    plots: tuple[Plot, ...]
    key: Key | None = None
    zoom: str = "kept"
    magnified: float = 1.0
    names: tuple[tuple[str, str], ...] = ()

    @property
    def inner(self) -> float:
        """Pixels between the upper and the lower margin."""
        return self.height - self.margins.top - self.margins.bottom

    @property
    def groups(self) -> dict[str, str]:
        """The names of the series by their keys."""
        return dict(self.names) | ({entry.series: entry.name for entry in self.key.entries} if self.key else {})


def even_ticks(low: float, high: float, most: int = 6, *, percent: bool = False, suffix: str = "") -> tuple[Tick, ...]:
    """At most ``most`` ticks at round steps (1, 2 or 5 times a power of ten) from ``low`` to ``high``."""
    if not (isfinite(low) and isfinite(high)) or high <= low:
        return ()
    wide = (high - low) / max(most - 1, 1)
    power = 10.0 ** floor(log10(wide))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= wide * (1 - 1e-9))
    return stepped_ticks(low, high, step, percent=percent, suffix=suffix)


def stepped_ticks(low: float, high: float, step: float, *, percent: bool = False, suffix: str = "") -> tuple[Tick, ...]:
    """Ticks at the multiples of ``step`` from ``low`` to ``high``."""
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    decimals = max(0, -floor(log10(step) + 1e-9)) if step < 1 else 0
    return tuple(Tick(i * step, _number(i * step, decimals, percent=percent) + suffix, i * step)
                 for i in range(first, last + 1))  # fmt: skip


def log_ticks(low: float, high: float) -> tuple[Tick, ...]:
    """Ticks of a logarithmic scale from ``low`` to ``high``: few over decades, more within one."""
    steps = (1, 2, 5) if high / low > 8 else (1, 1.5, 2, 3, 4, 5, 6, 8)
    decades = range(floor(log10(low)), ceil(log10(high)) + 1)
    found = [step * 10.0**decade for decade in decades for step in steps if low <= step * 10.0**decade <= high]
    return tuple(Tick(at, f"{at:g}" if at < 1e5 else f"{at:.0f}", at) for at in found)


def named_ticks(at: Sequence[float], texts: Sequence[str], names: Sequence[str] = ()) -> tuple[Tick, ...]:
    """Ticks at given places with given texts, of things with these ``names``; the texts are the names if none are."""
    return tuple(Tick(*one[:2], name=one[2]) for one in zip(at, texts, names or texts, strict=True))


def numbered_ticks(at: Sequence[float], numbers: Sequence[float]) -> tuple[Tick, ...]:
    """Ticks at given places that say ``numbers``, such as months at days."""
    return tuple(Tick(place, f"{number:g}", number) for place, number in zip(at, numbers, strict=True))


def _number(value: float, decimals: int, *, percent: bool) -> str:
    shown = 0.0 if abs(value) < 1e-12 else value
    text = f"{100 * shown:.{max(decimals - 2, 0)}f}%" if percent else f"{shown:.{decimals}f}"
    return text.replace("-", "−")
