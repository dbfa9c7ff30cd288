"""Small multiples on slides: each plot of the figure becomes a native chart of its own, four charts on a slide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pptx.dml.color import RGBColor
from pptx.slide import Slide
from pptx.util import Pt

from components.export.charts import TEXT, Frame
from components.export.slide_figure import Look, draw_native
from components.export.slide_series import Trace, counts_trace, native
from components.figures.theme import Figure
from components.wording.marks import bold, coloured, plain
from components.wording.slides import COUNTED, chart_of

ABREAST, LINES = 2, 2
BETWEEN, TITLE, TITLE_SIZE = 0.25, 0.3, 14
SMALL = Look(text=10, names=11, row=0.2, foot=0.36)


@dataclass(frozen=True, eq=False)
class Part:
    """One plot of a figure of many: its title, and the plot as a figure of its own."""

    title: str
    figure: Figure


def parts_of(figure: Figure | None) -> tuple[Part, ...]:
    """The plots of small multiples, each with an x axis of its own; none where one of them cannot be a native chart.

    Small plots have no names before their rows of numbers, which tells one from a large plot.
    """
    if figure is None:
        return ()
    layout = figure["layout"]
    names = [key.replace("axis", "", 1) for key in layout if key.startswith("xaxis")]
    small = len(names) > 1 or not layout.get("yaxis2", {}).get("ticktext", True)
    parts = [_part(figure, name) for name in names] if small else []
    found = [part for part in parts if part is not None and native(part.figure)]
    return tuple(found) if len(found) == len(parts) else ()


def pages(parts: Sequence[Part]) -> list[tuple[Part, ...]]:
    """The plots of each slide."""
    most = ABREAST * LINES
    return [tuple(parts[i : i + most]) for i in range(0, len(parts), most)]


def draw_grid(slide: Slide, parts: Sequence[Part], frame: Frame, alt: str) -> None:
    """The plots in ``frame``, two abreast, each under its title."""
    wide = (frame.wide - BETWEEN * (ABREAST - 1)) / ABREAST
    high = (frame.high - BETWEEN * (LINES - 1)) / LINES
    for i, part in enumerate(parts):
        line, column = divmod(i, ABREAST)
        left, top = frame.left + column * (wide + BETWEEN), frame.top + line * (high + BETWEEN)
        box = slide.shapes.add_textbox(*Frame(left, top, wide, TITLE).emu).text_frame
        box.margin_left = box.margin_top = box.margin_bottom = 0
        box.word_wrap = True
        box.text = part.title
        box.paragraphs[0].font.size, box.paragraphs[0].font.bold = Pt(TITLE_SIZE), True
        box.paragraphs[0].font.color.rgb = RGBColor.from_string(TEXT)
        draw_native(slide, part.figure, Frame(left, top + TITLE, wide, high - TITLE), chart_of(part.title, alt), SMALL)


def _part(figure: Figure, x: str) -> Part | None:
    """The plot over axis ``x``, its axes renamed to x, y and, for the numbers under it, y2."""
    layout = figure["layout"]
    drawn = [trace for trace in figure["data"] if trace.get("xaxis", "x") == x and not _is_legend(trace)]
    plots = dict.fromkeys(trace.get("yaxis", "y") for trace in drawn if "text" not in trace.get("mode", ""))
    counts = dict.fromkeys(trace.get("yaxis", "y") for trace in drawn if "text" in trace.get("mode", ""))
    if len(plots) != 1 or len(counts) > 1 or plots.keys() & counts.keys():
        return None
    new = {x: "x", **dict.fromkeys(plots, "y"), **dict.fromkeys(counts, "y2")}
    axes: dict[str, Any] = {f"{to[0]}axis{to[1:]}": layout[f"{name[0]}axis{name[1:]}"] for name, to in new.items()}
    (y,) = plots
    own = [shape for shape in layout.get("shapes", ()) if (shape.get("xref"), shape.get("yref")) == (x, y)]
    traces = [_renamed(trace, new) for trace in drawn]
    if counts:
        axes["yaxis2"] = axes["yaxis2"] | _named_rows(traces, _groups(figure))
    shapes = [{**shape, "xref": "x", "yref": "y"} for shape in own]
    return Part(_title(layout, axes), {"data": traces, "layout": {**axes, "shapes": shapes}})


def _is_legend(trace: Trace) -> bool:
    return all(value is None for value in trace.get("x", ()))


def _renamed(trace: Trace, new: dict[str, str]) -> Trace:
    return {**trace, "xaxis": new[trace.get("xaxis", "x")], "yaxis": new[trace.get("yaxis", "y")]}


def _title(layout: Trace, axes: Trace) -> str:
    """What stands over the upper left corner of the plot."""
    corner = tuple(axes[name].get("domain", (0, 1))[end] for end, name in enumerate(("xaxis", "yaxis")))
    notes = (note for note in layout.get("annotations", ()) if (note.get("xref"), note.get("yref")) == ("paper",) * 2)
    return next((plain(note["text"]) for note in notes if (note["x"], note["y"]) == corner), "")


def _groups(figure: Figure) -> dict[str, str]:
    """The names of the groups in the legend by their colour."""
    return {trace["line"]["color"]: trace["name"] for trace in figure["data"] if _is_legend(trace)}


def _named_rows(traces: list[Trace], groups: dict[str, str]) -> dict[str, list[Any]]:
    """Names for rows of numbers that have none on the screen, where their colour alone tells whose they are."""
    colours = dict(_coloured(traces))
    names = [bold(coloured(groups[colour], colour)) if colour in groups else COUNTED for colour in colours.values()]
    return {"tickvals": list(colours), "ticktext": names}


def _coloured(traces: list[Trace]) -> Iterator[tuple[float, str]]:
    for trace in traces:
        if counts_trace(trace):
            yield from zip(trace["y"], trace["textfont"]["color"], strict=True)
