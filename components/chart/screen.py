"""A chart for the screen: the dictionary that plotly.js draws, ten times faster to build than Plotly's own objects."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import log10
from typing import Any, TypeVar

from components.chart.chart import FONT_SIZE, Chart, Key, Plot, Row, Scale
from components.chart.colours import INK, ON_COLOUR, QUIET, pale
from components.chart.label_positions import end_spots
from components.chart.marks import (
    Band,
    Bars,
    Intervals,
    Line,
    Mark,
    Points,
    Region,
    Rule,
    Squares,
    Stroke,
    Texts,
    Values,
)

One = TypeVar("One")

Figure = dict[str, Any]
"""A Plotly figure as plain data: ``{"data": [...], "layout": {...}}``."""

ACROSS = {"left": "right", "centre": "center", "right": "left"}
"""Plotly names the side of its point on which a text stands: one that is to begin at its point stands at the right."""

ALIGNED = {"left": "left", "centre": "center", "right": "right"}
UPRIGHT = {"above": "top", "middle": "middle", "below": "bottom"}
SYMBOLS = {"tick": "line-ns"}
NAME_GAP = 12
"""Pixels between the name of a row of numbers and the first of them."""


def figure(chart: Chart) -> Figure:
    """The figure, with a trace for every mark (its ``uid`` is the mark's key) and axes for every plot.

    Texts keep their marks; ``components.core.markup.markup_of`` makes markup of them, and of nothing else.
    """
    sheet = _Sheet(chart)
    for plot in chart.plots:
        _Drawn(sheet, plot).draw()
    large = chart.magnified
    layout: dict[str, Any] = {
        "height": round(chart.height),  # a part of a pixel more than its place would make it scroll
        "font": {"size": large * FONT_SIZE},
        "margin": {
            "l": chart.margins.left,
            "r": chart.margins.right,
            "t": chart.margins.top,
            "b": chart.margins.bottom,
        },
        "hovermode": "closest",
        "hoverlabel": {"font": {"size": large * 13}},
        "dragmode": "zoom",
        "uirevision": chart.zoom,
        "showlegend": bool(chart.key and chart.key.entries),
        "barmode": "stack",
        "bargap": 0,
        "shapes": sheet.shapes,
        "annotations": sheet.notes,
        **sheet.axes,
    }
    if chart.key and chart.key.entries:
        layout["legend"] = _legend(chart, chart.key)
        sheet.traces += [_entry(chart.key, i) for i in range(len(chart.key.entries))]
    return {"data": sheet.traces, "layout": layout}


@dataclass(eq=False)
class _Sheet:
    """What has been put on the figure so far."""

    chart: Chart
    traces: list[dict[str, Any]] = field(default_factory=list)
    axes: dict[str, Any] = field(default_factory=dict)
    shapes: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    x_of: dict[str, str] = field(default_factory=dict)
    used: dict[str, int] = field(default_factory=lambda: {"x": 0, "y": 0})

    def name(self, letter: str) -> str:
        """The next free name of an axis as traces call it: x, x2, ..."""
        self.used[letter] += 1
        return letter if self.used[letter] == 1 else f"{letter}{self.used[letter]}"

    def put(self, name: str, axis: dict[str, Any]) -> None:
        """An axis under its name in the layout."""
        self.axes[f"{name[0]}axis{name[1:]}"] = axis


@dataclass(eq=False)
class _Drawn:
    """One plot on the sheet: its axes, and every mark as traces on them."""

    sheet: _Sheet
    plot: Plot
    x: str = ""
    y: str = ""

    def draw(self) -> None:
        plot, sheet, inner = self.plot, self.sheet, self.sheet.chart.inner
        down = [1 - plot.place.bottom / inner, 1 - plot.place.top / inner]
        across = [plot.place.left, plot.place.right]
        self.y = sheet.name("y")
        self.x = sheet.x_of[plot.follows] if plot.follows else sheet.name("x")
        if plot.x.shown or not plot.follows:
            sheet.put(self.x, _axis(plot.x, across, anchor=self.y))
        sheet.x_of[plot.key] = self.x
        sheet.put(self.y, _axis(plot.y, down, anchor=self.x))
        for mark in plot.marks:
            sheet.traces += DRAW[type(mark)](self, mark)
        if plot.rows:
            self._rows(inner)
        self._columns()
        sheet.shapes += list(self._shapes())
        sheet.notes += list(self._notes(down))

    def px(self, pixels: float) -> float:
        """A size of this renderer's own, raised with the others where the chart is drawn for a room."""
        return self.sheet.chart.magnified * pixels

    def shared(self, mark: Mark) -> dict[str, Any]:
        """What every trace of a mark says."""
        series = getattr(mark, "series", "")
        found: dict[str, Any] = {"uid": mark.key, "xaxis": self.x, "yaxis": self.y, "showlegend": False}
        if series:
            found |= {"legendgroup": series, "name": self.sheet.chart.groups.get(series, series)}
        return found

    def _rows(self, inner: float) -> None:
        plot, y = self.plot, self.sheet.name("y")
        top = plot.place.bottom + plot.rows_from
        n = len(plot.rows)
        names = [_row_name(row) for row in plot.rows] if plot.row_names else []
        self.sheet.put(y, {
            "range": [-n + 0.5, 0.5], "domain": [max(1 - (top + plot.rows_height) / inner, 0), 1 - top / inner],
            "anchor": self.x, "showgrid": False, "showline": False, "zeroline": False, "ticks": "", "fixedrange": True,
            "tickvals": [-i for i in range(len(names))], "ticktext": names, "tickfont": {"size": self.px(13)},
            "ticklabelstandoff": round(self.px(NAME_GAP)),
        })  # fmt: skip
        cells = [(tick.at, -r, text, row.colour) for r, row in enumerate(plot.rows)
                 for tick, text in zip(plot.x.ticks, row.texts, strict=True) if text]  # fmt: skip
        colours = {} if plot.row_names else {"color": [colour for *_, colour in cells]}
        self.sheet.traces.append({
            "uid": f"{plot.key} numbers", "mode": "text", "showlegend": False, "hoverinfo": "skip", "xaxis": self.x,
            "yaxis": y, "x": [x for x, *_ in cells], "y": [at for _, at, *_ in cells], "cliponaxis": False,
            "text": [text for _, _, text, _ in cells],
            "textfont": {"size": self.px(13 if plot.row_names else 12)} | colours,
        })  # fmt: skip

    def _columns(self) -> None:
        """Columns of texts on axes of their own that fill the room at either side of the plot."""
        plot = self.plot
        for side, room in (("left", [plot.room[0], plot.place.left]), ("right", [plot.place.right, plot.room[1]])):
            columns = [column for column in plot.columns if column.side == side]
            if not columns:
                continue
            x = self.sheet.name("x")
            self.sheet.put(x, {"domain": room, "range": [0, 1], "visible": False, "fixedrange": True})
            for column in columns:
                spots = [(-i, text) for i, text in enumerate(column.texts)]
                answers = column.answers or [None] * len(spots)
                kept = [(y, text, answer) for (y, text), answer in zip(spots, answers, strict=True) if text]
                self.sheet.traces.append({
                    "uid": column.key, "mode": "text", "xaxis": x, "yaxis": self.y, "x": [column.at] * len(kept),
                    "y": [y for y, *_ in kept], "text": [text for _, text, _ in kept], "hoverinfo": "skip",
                    "textposition": f"middle {ACROSS[column.align]}", "customdata": [answer for *_, answer in kept],
                    "textfont": {"size": self.px(13.5)}, "cliponaxis": False, "showlegend": False,
                })  # fmt: skip
                at = room[0] + column.at * (room[1] - room[0])
                self.sheet.notes.append(_note(column.heading, at, 1, "paper", "paper", ALIGNED[column.align], "bottom")
                                        | {"yshift": self.px(8)})  # fmt: skip

    def _shapes(self) -> Iterator[dict[str, Any]]:
        plot = self.plot
        left, right = plot.x.low, plot.x.high
        bottom, top = plot.y.low, plot.y.high
        for ground in plot.ground:
            if isinstance(ground, Region):
                x0, x1 = (0.0, 1.0) if ground.whole else _ends(ground.x, (left, right))
                y0, y1 = _ends(ground.y, (bottom, top))
                xref = "paper" if ground.whole else self.x
                yield {"type": "rect", "xref": xref, "yref": self.y, "x0": x0, "x1": x1, "y0": y0, "y1": y1,
                       "layer": "below", "line": {"width": 0},
                       "fillcolor": pale(ground.colour, ground.opacity)}  # fmt: skip
            else:
                yield self._rule(ground)

    def _rule(self, rule: Rule) -> dict[str, Any]:
        ends = {"x0": self.plot.x.low, "x1": self.plot.x.high, "y0": rule.at, "y1": rule.at}
        refs = {"xref": self.x, "yref": self.y}
        if rule.upright:
            ends = {"x0": rule.at, "x1": rule.at, "y0": 0, "y1": 1}
            refs["yref"] = "paper" if rule.through else f"{self.y} domain"
        layer = "above" if rule.before else "below"
        return {"type": "line", **refs, **ends, "layer": layer, "line": _line(rule.stroke)}

    def _notes(self, down: list[float]) -> Iterator[dict[str, Any]]:
        plot = self.plot
        if plot.title:
            yield self._title(down)
        size, spots = end_spots(plot)
        for end, at in zip(plot.ends, spots, strict=True):
            y = down[0] + (down[1] - down[0]) * at
            note = _note(end.name, plot.place.right, y, "paper", "paper", "left", "middle")
            yield note | {"xshift": self.px(6), "font": {"size": size, "color": end.colour}, "align": "left"}
        for rule in plot.ground:
            if isinstance(rule, Rule) and rule.text:
                yield self._rule_text(rule)
        if plot.caption_at is not None:
            middle = plot.place.left + (plot.place.right - plot.place.left) * plot.x.share(plot.caption_at)
            for text, side, shift in zip(plot.captions, ("right", "left"), (-12, 12), strict=True):
                note = _note(
                    text, middle, 1 - plot.place.bottom / self.sheet.chart.inner, "paper", "paper", side, "top"
                )
                yield note | {
                    "xshift": self.px(shift),
                    "yshift": self.px(-24),
                    "font": {"size": self.px(12), "color": QUIET},
                }

    def _title(self, down: list[float]) -> dict[str, Any]:
        plot = self.plot
        if plot.title_at == "left":
            note = _note(plot.title, plot.place.left, sum(down) / 2, "paper", "paper", "right", "middle")
            return note | {"xshift": self.px(-52), "align": "right", "font": {"size": self.px(13)}}
        if plot.title_at == "centre":
            middle = (plot.place.left + plot.place.right) / 2
            return _note(plot.title, middle, down[1], "paper", "paper", "center", "bottom") | {"yshift": self.px(8)}
        note = _note(plot.title, plot.place.left, down[1], "paper", "paper", "left", "bottom")
        return note | {"yshift": self.px(4), "align": "left", "font": {"size": self.px(14)}}

    def _rule_text(self, rule: Rule) -> dict[str, Any]:
        font = {"size": rule.size, "color": rule.ink or QUIET}
        if rule.upright:
            yref = "paper" if rule.through else f"{self.y} domain"
            side = "left" if self.plot.x.share(rule.at) < 0.5 else "right"
            return _note(rule.text, self._place(self.plot.x, rule.at), 1, self.x, yref, side, "bottom") | {
                "yshift": rule.lift, "font": font}  # fmt: skip
        at = self._place(self.plot.y, rule.at)
        return _note(rule.text, self.plot.place.right, at, "paper", self.y, "right", "bottom") | {
            "font": font,
            "bgcolor": ON_COLOUR,
        }

    @staticmethod
    def _place(scale: Scale, value: float) -> float:
        """A place as annotations want it: its logarithm on a logarithmic axis."""
        return log10(value) if scale.logarithmic else value


def _row_name(row: Row) -> str:
    owner = f"{row.owner}   " if row.owner else ""
    return f"{owner}{row.name}"


def _ends(asked: tuple[float | None, float | None], whole: tuple[float, float]) -> tuple[float, float]:
    low, high = (edge if end is None else end for end, edge in zip(asked, whole, strict=True))
    return low, high


def _note(text: str, x: float, y: float, xref: str, yref: str, xanchor: str, yanchor: str) -> dict[str, Any]:
    return {"text": text, "x": x, "y": y, "xref": xref, "yref": yref, "xanchor": xanchor, "yanchor": yanchor,
            "showarrow": False}  # fmt: skip


def _axis(scale: Scale, domain: list[float], anchor: str) -> dict[str, Any]:
    ends = [log10(end) for end in (scale.low, scale.high)] if scale.logarithmic else [scale.low, scale.high]
    place = {"domain": domain, "range": ends, "anchor": anchor, "fixedrange": not scale.zoomable}
    if not scale.shown:
        return {**place, "visible": False} | ({"type": "log"} if scale.logarithmic else {})
    found = {
        **place,
        "title": {"text": scale.title, "font": {"size": scale.title_size}, "standoff": 8},
        "tickfont": {"size": scale.size},
        "tickangle": 0,
        "tickvals": [tick.at for tick in scale.ticks],
        "ticktext": [tick.text for tick in scale.ticks],
        "ticks": "outside" if scale.line else "",
        "showline": scale.line,
        "showgrid": scale.grid,
        "zeroline": scale.zero,
    }
    if scale.logarithmic:
        found["type"] = "log"
    if scale.zoomable:
        found["minallowed"] = ends[0]
    return found


def _line(stroke: Stroke, *, step: bool = False) -> dict[str, Any]:
    found: dict[str, Any] = {"color": stroke.colour, "width": stroke.width, "dash": stroke.dash}
    return found | ({"shape": "hv"} if step else {})


def _told(hover: Sequence[str], answers: Sequence[str | None]) -> dict[str, Any]:
    """What is said under the pointer, and what a click answers."""
    found: dict[str, Any] = {"hoverinfo": "skip"}
    if len(hover):
        found = {"hoverinfo": "text", "hovertext": list(hover)}
    return found | ({"customdata": list(answers)} if len(answers) else {})


def _lines(drawn: _Drawn, mark: Line) -> list[dict[str, Any]]:
    mode = "+".join(part for part, on in (("lines", mark.joined), ("markers", mark.symbol is not None)) if on)
    trace = {
        **drawn.shared(mark), "mode": mode or "none", "x": list(mark.x), "y": list(mark.y),
        "line": _line(mark.stroke, step=mark.step), "opacity": mark.stroke.opacity, **_told(mark.hover, mark.answers),
    }  # fmt: skip
    if mark.symbol is not None:
        symbol = SYMBOLS.get(mark.symbol, mark.symbol)
        trace["marker"] = {"size": mark.size, "color": mark.stroke.colour, "symbol": symbol}
    if len(mark.lower):
        trace["error_y"] = {
            "type": "data", "symmetric": False, "array": _lengths(mark.upper, mark.y),
            "arrayminus": _lengths(mark.y, mark.lower), "color": mark.stroke.colour,
            "thickness": drawn.px(1.3), "width": drawn.px(4),
        }  # fmt: skip
    return [trace]


def _lengths(above: Values, below: Values) -> list[float]:
    return [0.0 if a is None or b is None else a - b for a, b in zip(above, below, strict=True)]


def _band(drawn: _Drawn, mark: Band) -> list[dict[str, Any]]:
    known = [(x, low, high) for x, low, high in zip(mark.x, mark.lower, mark.upper, strict=True)
             if low is not None and high is not None]  # fmt: skip
    shape = {"shape": "hv"} if mark.step else {}
    edge = {**drawn.shared(mark), "mode": "lines", "hoverinfo": "skip", "x": [x for x, *_ in known],
            "line": {"width": 0, "color": mark.colour, **shape}}  # fmt: skip
    return [
        {**edge, "uid": f"{mark.key} lower", "y": [low for _, low, _ in known]},
        {**edge, "uid": f"{mark.key} upper", "y": [high for *_, high in known], "fill": "tonexty",
         "fillcolor": pale(mark.colour, mark.opacity)},
    ]  # fmt: skip


def _points(drawn: _Drawn, mark: Points) -> list[dict[str, Any]]:
    n = len(mark.x)
    colours = _each(mark.colours, n)
    marker: dict[str, Any] = {
        "symbol": [SYMBOLS.get(symbol, symbol) for symbol in _each(mark.symbols, n)],
        "size": _each(mark.sizes, n),
        "color": colours,
    }
    if mark.edge:
        marker["line"] = {"width": mark.edge, "color": colours}
    return [{**drawn.shared(mark), "mode": "markers", "x": list(mark.x), "y": list(mark.y), "marker": marker,
             "cliponaxis": mark.clipped, **_told(mark.hover, mark.answers)}]  # fmt: skip


def _each(given: Sequence[One], n: int) -> list[One]:
    return list(given) * n if len(given) == 1 else list(given)


def _intervals(drawn: _Drawn, mark: Intervals) -> list[dict[str, Any]]:
    low_end, high_end = drawn.plot.x.low, drawn.plot.x.high
    xs: list[float | None] = []
    ys: list[float | None] = []
    cut: list[tuple[float, float, str]] = []
    for y, low, high in zip(mark.y, mark.low, mark.high, strict=True):
        if y is None or low is None or high is None:
            continue
        xs += [max(low, low_end), min(high, high_end), None]
        ys += [y, y, None]
        cut += [(low_end, y, "triangle-left")] * (low < low_end) + [(high_end, y, "triangle-right")] * (high > high_end)
    found = [{**drawn.shared(mark), "mode": "lines", "x": xs, "y": ys, "line": _line(mark.stroke), "hoverinfo": "skip"}]
    if mark.arrows:
        heads = {"symbol": [head for *_, head in cut], "size": drawn.px(10), "color": mark.stroke.colour}
        found.append({**drawn.shared(mark), "uid": f"{mark.key} cut", "mode": "markers", "x": [x for x, *_ in cut],
                      "y": [y for _, y, _ in cut], "hoverinfo": "skip", "cliponaxis": False,
                      "marker": heads})  # fmt: skip
    return found


def _bars(drawn: _Drawn, mark: Bars) -> list[dict[str, Any]]:
    flat = [(bar, part, sum(p.size for p in bar.parts[:i])) for bar in mark.bars for i, part in enumerate(bar.parts)
            if part.size]  # fmt: skip
    lengths, spots, starts = ("x", "y", "base") if not mark.upright else ("y", "x", "base")
    whole = (drawn.plot.y if mark.upright else drawn.plot.x).high
    bars = {
        **drawn.shared(mark), "type": "bar", "orientation": "v" if mark.upright else "h",
        spots: [bar.at for bar, *_ in flat], lengths: [max(part.size - mark.gap * whole, 0) for _, part, _ in flat],
        starts: [start for *_, start in flat], "width": mark.thickness, "marker": {
            "color": [part.colour for _, part, _ in flat],
            "line": {"width": 1 if mark.named_above else 0, "color": [part.edge or part.colour for _, part, _ in flat]},
        },
        "text": [part.inside or " " for _, part, _ in flat], "textposition": "inside",
        "insidetextanchor": "middle", "textangle": 0, "constraintext": "none",
        "insidetextfont": {"size": drawn.px(11.5), "color": [part.ink or INK for _, part, _ in flat]},
        **_told([part.hover for _, part, _ in flat], [part.answer for _, part, _ in flat]),
    }  # fmt: skip
    if not mark.named_above:
        return [bars]
    y = [bar.at + mark.named_above for bar in mark.bars]
    answers = [bar.parts[0].answer if bar.parts else "" for bar in mark.bars]
    shared = {**drawn.shared(mark), "mode": "text", "y": y, "cliponaxis": False, "hoverinfo": "skip",
              "customdata": answers}  # fmt: skip
    names = {**shared, "uid": f"{mark.key} names", "x": [0] * len(y), "text": [bar.name for bar in mark.bars],
             "textposition": "middle right", "textfont": {"size": mark.size}}  # fmt: skip
    numbers = {**shared, "uid": f"{mark.key} numbers", "x": [whole] * len(y), "textposition": "middle left",
               "text": [bar.number or " " for bar in mark.bars],
               "textfont": {"size": mark.size, "color": QUIET}}  # fmt: skip
    return [bars, names, numbers]


def _texts(drawn: _Drawn, mark: Texts) -> list[dict[str, Any]]:
    answers = mark.answers or [None] * len(mark.texts)
    kept = [(x, y, text, answer) for x, y, text, answer in zip(mark.x, mark.y, mark.texts, answers, strict=True)
            if text and x is not None and y is not None]  # fmt: skip
    return [{
        **drawn.shared(mark), "mode": "text", "x": [x for x, *_ in kept], "y": [y for _, y, *_ in kept],
        "text": [text for *_, text, _ in kept], "textposition": f"{UPRIGHT[mark.height]} {ALIGNED[mark.side]}",
        "textfont": {"size": mark.size}, "cliponaxis": False, "hoverinfo": "skip",
        "customdata": [answer for *_, answer in kept],
    }]  # fmt: skip


def _squares(drawn: _Drawn, mark: Squares) -> list[dict[str, Any]]:
    n = len(mark.colours)
    steps = [(at, colour) for i, colour in enumerate(mark.colours) for at in (i / n, (i + 1) / n)]
    wide = max((len(line) for line in mark.kinds), default=0)
    padded = [[*line, *[None] * (wide - len(line))] for line in mark.kinds]
    said = [[*line, *[""] * (wide - len(line))] for line in mark.hover]
    spots = sorted(mark.crossed)
    shared = drawn.shared(mark)
    return [
        {**shared, "type": "heatmap", "x": list(range(wide)), "y": [-i for i in range(len(padded))], "z": padded,
         "hovertext": said, "zmin": -0.5, "zmax": n - 0.5, "colorscale": steps, "showscale": False, "xgap": 2,
         "ygap": 2, "hoverinfo": "text", "hoverongaps": False},
        {**shared, "uid": f"{mark.key} crosses", "mode": "markers", "x": [x for x, _ in spots],
         "y": [-y for _, y in spots], "hoverinfo": "skip",
         "marker": {"symbol": "x", "size": drawn.px(5), "color": "#ffffff"}},
    ]  # fmt: skip


DRAW: Mapping[type, Callable[[_Drawn, Any], list[dict[str, Any]]]] = {
    Line: _lines, Band: _band, Points: _points, Intervals: _intervals, Bars: _bars, Texts: _texts, Squares: _squares,
}  # fmt: skip


def _entry(key: Key, i: int) -> dict[str, Any]:
    entry = key.entries[i]
    mode = "+".join(part for part, on in (("lines", entry.line), ("markers", entry.symbol is not None)) if on)
    symbol = SYMBOLS.get(entry.symbol or "circle", entry.symbol or "circle")
    return {
        "uid": f"{entry.series} key", "name": entry.name, "legendgroup": entry.series,
        "showlegend": True, "mode": mode, "x": [None], "y": [None], "hoverinfo": "skip",
        "line": {"color": entry.colour, "width": 2.4, "dash": entry.dash},
        "marker": {"size": 9, "color": entry.colour, "symbol": symbol},
    }  # fmt: skip


def _legend(chart: Chart, key: Key) -> dict[str, Any]:
    clicks = {} if key.hides else {"itemclick": False, "itemdoubleclick": False}
    shared = {"font": {"size": key.size}, "bgcolor": "rgba(0,0,0,0)", "itemwidth": 40, **clicks}
    if key.at == "inside":
        first = chart.plots[0].place
        y = 1 - first.bottom / chart.inner + 12 / chart.inner
        return {**shared, "x": 0.01, "xanchor": "left", "y": y, "yanchor": "bottom", "yref": "paper"}
    return {**shared, "orientation": "h", "x": 0, "xanchor": "left", "yref": "container", "y": 1, "yanchor": "top",
            "traceorder": "normal"}  # fmt: skip
