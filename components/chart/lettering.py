"""Text in pictures: the few marks that labels carry (bold, italic, colour, new line), measured and placed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from components.chart.colours import INK
from components.core.markup import BOLD, BOLD_END, INK_END, ITALIC, ITALIC_END, LINE, MARK

if TYPE_CHECKING:  # matplotlib takes half a second to load, and few pages measure or place a text
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.font_manager import FontProperties
    from matplotlib.offsetbox import TextArea
    from matplotlib.textpath import TextToPath
    from matplotlib.transforms import Transform

PIXEL = 0.75
"""Points in a pixel of the screen: pictures have the size in inches that the screen has at 96 pixels an inch."""

FAMILY, NARROWER = "DejaVu Sans", 0.87
"""The typeface that every computer with matplotlib has; it runs wider than the screen's, so it is set smaller."""

ENDS = frozenset({BOLD_END, ITALIC_END, INK_END})
ALIGN = {"left": 0.0, "center": 0.5, "right": 1.0, "top": 1.0, "middle": 0.5, "bottom": 0.0}
VERTICAL: dict[str, Any] = {"top": "top", "middle": "center_baseline", "bottom": "bottom"}
DESCENT = 0.09
"""By how much of its size a box of runs is lowered: its letters then stand in line with plain texts beside it."""

SURE = 1.03
"""Letters are set on whole dots: a long line runs up to 2% wider than the sum of its outlines."""


@lru_cache(maxsize=1)
def _paths() -> TextToPath:
    from matplotlib.textpath import TextToPath  # noqa: PLC0415

    return TextToPath()


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style; ``colour`` is None where the label's own holds."""

    text: str
    bold: bool = False
    italic: bool = False
    colour: str | None = None

    def font(self, size: float) -> FontProperties:
        """Its font at ``size`` pixels of the screen."""
        return _font(self.bold, self.italic, size)


@lru_cache(maxsize=256)
def _font(bold: bool, italic: bool, size: float) -> FontProperties:  # noqa: FBT001 - the key of what is kept
    """Kept, because matplotlib looks a new one up among all typefaces of the computer."""
    weight: Any = "bold" if bold else "normal"
    style: Any = "italic" if italic else "normal"
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415

    return FontProperties(family=FAMILY, weight=weight, style=style, size=size * PIXEL * NARROWER)


def lines(text: str) -> tuple[tuple[Run, ...], ...]:
    """The lines of a label, each as its runs: a bold name and a count behind it are one line of two runs."""
    found: list[list[Run]] = [[]]
    styles = [Run("")]
    at = 0
    for mark in MARK.finditer(text):
        _add(found[-1], styles[-1], text[at : mark.start()])
        at = mark.end()
        if mark[0] == LINE:
            found.append([])
        elif mark[0] in ENDS:
            styles = styles[:-1] or [Run("")]
        else:
            styles.append(_opened(styles[-1], mark[0][0], mark[1]))
    _add(found[-1], styles[-1], text[at:])
    return tuple(tuple(line) for line in found)


def plain_lines(text: str) -> list[str]:
    """The lines of a label without its marks."""
    return ["".join(run.text for run in line) for line in lines(text)]


def _add(line: list[Run], style: Run, text: str) -> None:
    if text:
        line.append(replace(style, text=" ".join(text.splitlines())))


def _opened(outer: Run, mark: str, colour: str | None) -> Run:
    return replace(
        outer, bold=outer.bold or mark == BOLD, italic=outer.italic or mark == ITALIC, colour=colour or outer.colour
    )


def width(text: str, size: float) -> float:
    """The width in pixels of the label's longest line at ``size`` pixels."""
    return max(sum(_width(run, size) for run in line) for line in lines(text))


def inches(text: str, points: float) -> float:
    """The width on a slide of type of so many points, in the widest of the typefaces a slide may be shown with.

    PowerPoint's own typeface is narrower; a computer without it, such as one with LibreOffice alone, takes this one.
    """
    return width(text, points) / NARROWER / 72


def _width(run: Run, size: float) -> float:
    found: float = _paths().get_text_width_height_descent(run.text, run.font(size), ismath=False)[0]
    return found / PIXEL


def wrapped(text: str, size: float, most: float) -> list[str]:
    """Plain text in lines at most ``most`` pixels wide, also where the letters of a picture run wider than measured."""
    found: list[str] = [""]
    for word in text.split(" "):
        longer = f"{found[-1]} {word}".lstrip(" ")
        if found[-1] and _width(Run(longer), size) * SURE > most:
            found.append(word)
        else:
            found[-1] = longer
    return found


@dataclass(frozen=True)
class Style:
    """How a label is set: its size in pixels, which of its points stands at the place, and pixels to right and up."""

    size: float
    colour: str | None = None
    align: tuple[str, str] = ("center", "middle")
    shift: tuple[float, float] = (0.0, 0.0)
    angle: float = 0.0


def placed(axes: Axes, text: str, at: tuple[Any, Any], transform: Transform, style: Style) -> Artist | None:
    """The label set at ``at`` in ``transform``; never cut off at the edge of the axes. None without any text."""
    from matplotlib.offsetbox import AnnotationBbox, HPacker, VPacker  # noqa: PLC0415
    from matplotlib.transforms import ScaledTranslation  # noqa: PLC0415

    found = [line for line in lines(text) if line]
    if not found:
        return None
    align: Any = style.align
    ink, (right, up) = style.colour or INK, style.shift
    if len(found) == 1 and len(found[0]) == 1:
        run = found[0][0]
        inches = ScaledTranslation(right * PIXEL / 72, up * PIXEL / 72, axes.figure.dpi_scale_trans)
        return axes.text(
            *at, run.text, transform=transform + inches, fontproperties=run.font(style.size), color=run.colour or ink,
            ha=align[0], va=VERTICAL[align[1]], clip_on=False, parse_math=False, rotation=style.angle, zorder=5,
        )  # fmt: skip
    packed: Any = [HPacker(pad=0, sep=0, children=[_area(run, style.size, ink) for run in line]) for line in found]
    box = VPacker(pad=0, sep=2, align=align[0], children=packed) if len(packed) > 1 else packed[0]
    lower = DESCENT * style.size if align[1] == "middle" else 0.0
    artist = AnnotationBbox(
        box, at, xycoords=transform, xybox=(right * PIXEL, (up - lower) * PIXEL), boxcoords="offset points",
        box_alignment=(ALIGN[align[0]], ALIGN[align[1]]), frameon=False, pad=0, annotation_clip=False,
    )  # fmt: skip
    artist.set_zorder(5)
    return axes.add_artist(artist)


def _area(run: Run, size: float, ink: str) -> TextArea:
    from matplotlib.offsetbox import TextArea  # noqa: PLC0415

    return TextArea(run.text, textprops={"fontproperties": run.font(size), "color": run.colour or ink,
                                         "parse_math": False})  # fmt: skip
