"""Axes of pictures: range, ticks, grid, line and title as the layout asks for them."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.ticker import (
    FixedLocator,
    FuncFormatter,
    Locator,
    LogLocator,
    MaxNLocator,
    MultipleLocator,
    NullLocator,
)

from components.export.canvas import Canvas
from components.export.rich_text import PIXEL, Run, Style, placed, plain_lines, width
from components.figures.theme import FONT_SIZE, INK
from components.wording import marks
from components.wording.numbers import MINUS

LINE, GRID = "#8a97a3", "#e2e7eb"
TICK, GAP, STANDOFF = 5, 4, 8
TICK_SIZE = 12
APART = 2
ZERO = 1e-12


def draw_scales(sheet: Canvas) -> None:
    """Sets the range of every plot and draws every axis of the layout once, where it is anchored."""
    names = [key.replace("axis", "", 1) for key in sheet.layout if key[:5] in {"xaxis", "yaxis"}]
    shown = [name for name in names if sheet.spec(name).get("visible", True)]
    owners = {name: sheet.owner(name) for name in shown}
    for (x, y), axes in sheet.plots.items():
        _set_range(axes, "x", sheet.spec(x))
        _set_range(axes, "y", sheet.spec(y))
    for name, axes in owners.items():
        _draw_axis(axes, name[0], sheet.spec(name))


def _set_range(axes: Axes, letter: str, spec: dict[str, Any]) -> None:
    logarithmic = spec.get("type") == "log"
    if logarithmic:
        getattr(axes, f"set_{letter}scale")("log")
    if "range" in spec:
        low, high = spec["range"]
        getattr(axes, f"set_{letter}lim")(*((10**low, 10**high) if logarithmic else (low, high)))
    elif spec.get("autorange") == "reversed":
        getattr(axes, f"invert_{letter}axis")()
    own = getattr(axes, f"{letter}axis")
    own.set_major_locator(NullLocator())
    own.set_minor_locator(NullLocator())


def ticks_of(spec: dict[str, Any], low: float, high: float) -> list[tuple[float, str]]:
    """Where the ticks of an axis between ``low`` and ``high`` stand, and what is written there."""
    form = _formatter(spec)
    found = [float(tick) for tick in _locator(spec).tick_values(low, high) if low - ZERO <= tick <= high + ZERO]
    if "tickvals" not in spec or "ticktext" not in spec:
        return [(tick, form(tick)) for tick in found]
    texts = dict(zip(spec["tickvals"], spec["ticktext"], strict=True))
    return [(tick, str(texts[tick])) for tick in found]


def _draw_axis(axes: Axes, letter: str, spec: dict[str, Any]) -> None:
    own = getattr(axes, f"{letter}axis")
    low, high = sorted(getattr(axes, f"get_{letter}lim")())
    ticks = ticks_of(spec, low, high)
    labels = [text for _, text in ticks]
    length = TICK if spec.get("ticks") == "outside" else 0
    own.set_major_locator(FixedLocator([at for at, _ in ticks]))
    own.set_major_formatter(FuncFormatter(lambda *_: ""))
    own.set_tick_params(length=length * PIXEL, color=LINE, width=PIXEL)
    if spec.get("showgrid", True):
        own.grid(visible=True, color=GRID, linewidth=PIXEL)
        axes.set_axisbelow(True)
    if spec.get("showline"):
        axes.set_frame_on(True)
        axes.patch.set_visible(False)
        edge = "bottom" if letter == "x" else "left"
        for side, spine in axes.spines.items():
            spine.set_visible(side == edge or (spine.get_visible() and spine.get_edgecolor() == _rgba(LINE)))
        axes.spines[edge].set_color(LINE)
        axes.spines[edge].set_linewidth(PIXEL)
    if spec.get("zeroline") and low < 0 < high:
        (axes.axhline if letter == "y" else axes.axvline)(0, color=LINE, linewidth=PIXEL, zorder=1)
    if spec.get("showticklabels", True):
        _draw_labels(axes, letter, spec, ticks, length + GAP)
    _draw_title(axes, letter, spec, labels, length)


def _rgba(colour: str) -> tuple[float, float, float, float]:
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue, 1.0


def _locator(spec: dict[str, Any]) -> Locator:
    if "tickvals" in spec:
        return FixedLocator(spec["tickvals"])
    if spec.get("type") == "log":
        return LogLocator(subs=(1.0, 2.0, 5.0) if spec.get("dtick") == "D2" else (1.0,), numticks=20)
    if isinstance(step := spec.get("dtick"), int | float):
        return MultipleLocator(step)
    return MaxNLocator(spec.get("nticks", 7) - 1, steps=[1, 2, 5, 10])


def _formatter(spec: dict[str, Any]) -> FuncFormatter:
    form, before, after = spec.get("tickformat", ".12g"), spec.get("tickprefix", ""), spec.get("ticksuffix", "")

    def text(value: float, _: object = None) -> str:
        number = 0.0 if abs(value) < ZERO else float(value)
        return f"{before}{format(number, form).replace('-', MINUS)}{after}"

    return FuncFormatter(text)


def _draw_labels(axes: Axes, letter: str, spec: dict[str, Any], ticks: list[tuple[float, str]], away: float) -> None:
    font = spec.get("tickfont", {})
    size, colour = font.get("size", TICK_SIZE), font.get("color")
    if letter == "x":
        style = Style(size, colour, ("center", "top"), (0, -away))
        for at, text in _apart(axes, ticks, size):
            placed(axes, text, (at, 0), axes.get_xaxis_transform(), style)
    else:
        style = Style(size, colour, ("right", "middle"), (-away, 0))
        for at, text in ticks:
            placed(axes, text, (0, at), axes.get_yaxis_transform(), style)


def _apart(axes: Axes, ticks: list[tuple[float, str]], size: float) -> list[tuple[float, str]]:
    """The labels of an axis from left to right that do not touch the one before."""
    kept: list[tuple[float, str]] = []
    free = float("-inf")
    for at, text in ticks:
        middle, half = axes.transData.transform((at, axes.get_ylim()[0]))[0], width(text, size) / 2
        if middle - half >= free:
            kept.append((at, text))
            free = middle + half + APART
    return kept


def _draw_title(axes: Axes, letter: str, spec: dict[str, Any], labels: list[str], length: float) -> None:
    title = spec.get("title", {})
    text, size = "\n".join(plain_lines(title.get("text", ""))), title.get("font", {}).get("size", FONT_SIZE)
    if not text:
        return
    tick_size = spec.get("tickfont", {}).get("size", TICK_SIZE)
    font = Run("").font(size)
    kind: dict[str, Any] = {
        "fontproperties": font,
        "color": title.get("font", {}).get("color", INK),
        "parse_math": False,
    }
    if letter == "x":
        away = length + GAP + tick_size * (1 + max((label.count(marks.LINE) for label in labels), default=0))
        axes.set_xlabel(text, labelpad=(away - length + STANDOFF) * PIXEL, **kind)
    else:
        longest = max((width(label, tick_size) for label in labels if label), default=0)
        axes.set_ylabel(text, labelpad=(GAP + longest + 2) * PIXEL, **kind)
