"""A chart for the screen: the dictionary that plotly.js draws, ten times faster to build than Plotly's own objects.

Here its axes, ground, texts and key; the marks stand in ``screen_marks``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import log10
from typing import Any

from components.chart.chart import FONT_SIZE, Chart, Key, Plot, Row, Scale
from components.chart.colours import ON_COLOUR, QUIET, pale
from components.chart.label_positions import end_spots
from components.chart.marks import Region, Rule
from components.chart.screen_marks import ALIGNED, SYMBOLS, PlotAxes, dash_of, line_of, traces

Figure = dict[str, Any]
"""A Plotly figure as plain data: ``{"data": [...], "layout": {...}, "words": [...]}``.

``words`` are numbers under a plot and texts beside it, which ``live_plot.js`` writes over the drawing: a browser
sets texts of the page much faster than Plotly draws them. Each entry has the places of its texts on the axes named,
``x`` without one as a share of the room within the margins, 0 to 1.
"""

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
    return {"data": sheet.traces, "layout": layout, "words": sheet.words}


@dataclass(eq=False)
class _Sheet:
    """What has been put on the figure so far."""

    chart: Chart
    traces: list[dict[str, Any]] = field(default_factory=list)
    axes: dict[str, Any] = field(default_factory=dict)
    shapes: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    words: list[dict[str, Any]] = field(default_factory=list)
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
        on = PlotAxes(plot, self.x, self.y, sheet.chart.groups, sheet.chart.magnified)
        for mark in plot.marks:
            sheet.traces += traces(mark, on)
        if plot.rows:
            self._rows(inner)
        self._columns()
        sheet.shapes += list(self._shapes())
        sheet.notes += list(self._notes(down))

    def px(self, pixels: float) -> float:
        """A size of this renderer's own, raised with the others where the chart is drawn for a room."""
        return self.sheet.chart.magnified * pixels

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
        self.sheet.traces.append({
            "uid": f"{plot.key} numbers", "mode": "markers", "showlegend": False, "hoverinfo": "skip", "xaxis": self.x,
            "yaxis": y, "x": [None], "y": [None],
        })  # fmt: skip
        found = {
            "key": f"{plot.key} numbers", "xaxis": self.x, "yaxis": y, "align": "centre",
            "size": self.px(13 if plot.row_names else 12), "x": [x for x, *_ in cells],
            "y": [at for _, at, *_ in cells], "text": [text for _, _, text, _ in cells],
        }  # fmt: skip
        self.sheet.words.append(found if plot.row_names else found | {"colours": [colour for *_, colour in cells]})

    def _columns(self) -> None:
        """Columns of texts in the room at either side of the plot."""
        plot = self.plot
        top = 1 - plot.place.top / self.sheet.chart.inner
        for side, room in (("left", [plot.room[0], plot.place.left]), ("right", [plot.place.right, plot.room[1]])):
            columns = [column for column in plot.columns if column.side == side]
            if not columns:
                continue
            for column in columns:
                spots = [(-i, text) for i, text in enumerate(column.texts)]
                answers = column.answers or [None] * len(spots)
                kept = [(y, text, answer) for (y, text), answer in zip(spots, answers, strict=True) if text]
                at = room[0] + column.at * (room[1] - room[0])
                words = {
                    "key": column.key, "yaxis": self.y, "align": column.align, "size": self.px(13.5),
                    "x": [at] * len(kept), "y": [y for y, *_ in kept], "text": [text for _, text, _ in kept],
                }  # fmt: skip
                if column.side == column.align == "left" and any(answers):  # the name of a row is what one clicks on
                    words["answers"] = [answer for *_, answer in kept]
                self.sheet.words.append(words)
                anchor = ALIGNED[column.align]
                note = _note(column.heading, at, top, "paper", "paper", anchor, "bottom")
                self.sheet.notes.append(note | {"yshift": self.px(8)})

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
        return {"type": "line", **refs, **ends, "layer": layer, "line": line_of(rule.stroke)}

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
        for tick in plot.x.ticks if plot.x.above else ():
            note = _note(tick.text, self._place(plot.x, tick.at), down[1], self.x, "paper", "center", "bottom")
            yield note | {"yshift": self.px(3), "font": {"size": self.px(plot.x.size), "color": QUIET}}
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
            return _note(plot.title, middle, down[1], "paper", "paper", "center", "bottom") | {
                "yshift": self.px(26 if plot.x.above else 8)
            }
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


def _entry(key: Key, i: int) -> dict[str, Any]:
    entry = key.entries[i]
    mode = "+".join(part for part, on in (("lines", entry.line), ("markers", entry.symbol is not None)) if on)
    symbol = SYMBOLS.get(entry.symbol or "circle", entry.symbol or "circle")
    return {
        "uid": f"{entry.series} key", "name": entry.name, "legendgroup": entry.series,
        "showlegend": True, "mode": mode, "x": [None], "y": [None], "hoverinfo": "skip",
        "line": {"color": entry.colour, "width": 2.4, "dash": dash_of(entry.dash, 2.4)},
        "marker": {"size": 9, "color": entry.colour, "symbol": symbol},
    }  # fmt: skip


def _legend(chart: Chart, key: Key) -> dict[str, Any]:
    clicks = {} if key.hides else {"itemclick": False, "itemdoubleclick": False}
    shared = {"font": {"size": key.size}, "bgcolor": "rgba(0,0,0,0)", "itemwidth": 40, **clicks}
    if key.at != "top":
        first, low = chart.plots[0].place, key.at == "lower left"
        y = 1 - (first.bottom - 12 if low else first.top) / chart.inner
        side = "bottom" if low else "top"
        return {**shared, "x": 0.01, "xanchor": "left", "y": y, "yanchor": side, "yref": "paper"}
    return {**shared, "orientation": "h", "x": 0, "xanchor": "left", "yref": "container", "y": 1, "yanchor": "top",
            "traceorder": "normal"}  # fmt: skip
