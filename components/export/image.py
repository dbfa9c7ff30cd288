"""Pictures of panels for documents and slides: PNG at 300 dots an inch, SVG and PDF, drawn without a browser.

The same chart that the screen draws with Plotly is drawn here with matplotlib, in light colours, with its title above
and its stamp in small type below; nothing is computed again.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from threading import Lock
from typing import Any, Literal

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg

from components.chart.chart import Chart
from components.chart.colours import INK, QUIET
from components.chart.lettering import FAMILY, Style, placed, wrapped
from components.chart.picture import EDGE, INCH, Drawing, drawing
from components.core.markup import bold
from components.core.table import Table
from components.export.pages import Paragraph, one_sheet
from components.export.strip_picture import strip_of

Kind = Literal["png", "svg", "pdf"]

WIDTH, DOTS = 1040, 300
TITLE, SMALL = 18, 11
LEADING = 1.45
SETTINGS: Any = {
    "svg.fonttype": "path",       # letters as outlines: the same on every computer
    "svg.hashsalt": "myoscope",   # the same picture is the same file
    "pdf.fonttype": 42,           # letters as a font inside the file: they can be searched and edited
    "font.family": FAMILY,
    "path.simplify": False,       # every step of a curve is drawn
}  # fmt: skip

_drawing = Lock()


def one_at_a_time() -> Lock:
    """To be held while drawing: matplotlib's settings and fonts are shared by all threads of the server."""
    return _drawing


def picture(
    chart: Chart,
    kind: Kind,
    title: str = "",
    small: tuple[str, ...] = (),
    wide: float = WIDTH,
    strip: Table | None = None,
) -> bytes:
    """The chart as a file, ``title`` and ``strip`` above it, ``small`` below; ``wide`` is in pixels, 96 an inch."""
    with one_at_a_time(), mpl.rc_context(SETTINGS):
        sheet = drawn(chart, title, small, wide, strip).sheet
        out = BytesIO()
        sheet.savefig(out, format=kind, dpi=DOTS, metadata=_metadata(kind, title, small))
    return out.getvalue()


def table_picture(tables: Sequence[Table], kind: Kind, title: str, small: tuple[str, ...]) -> bytes:
    """Tables as a picture like that of a figure, for what a page shows as a table alone."""
    with one_at_a_time(), mpl.rc_context(SETTINGS):
        sheet = one_sheet((Paragraph(title, "heading"), *tables), WIDTH, small)
        FigureCanvasAgg(sheet)
        out = BytesIO()
        sheet.savefig(out, format=kind, dpi=DOTS, metadata=_metadata(kind, title, small))
    return out.getvalue()


def drawn(
    chart: Chart, title: str = "", small: tuple[str, ...] = (), wide: float = WIDTH, strip: Table | None = None
) -> Drawing:
    """The chart on a sheet, ready to be saved or looked into."""
    titles = wrapped(title, TITLE, wide - 2 * EDGE) if title else []
    notes = [line for text in small for line in wrapped(text, SMALL, wide - 2 * EDGE)] if small else []
    over = strip_of(strip, wide) if strip is not None else None
    named = EDGE + len(titles) * TITLE * LEADING if titles else 0.0
    head = named + (over.height if over else 0.0)
    foot = len(notes) * SMALL * LEADING + 2 * EDGE if notes else 0.0
    found = drawing(chart, wide, head, foot)
    FigureCanvasAgg(found.sheet)
    high = chart.height + head + foot
    _write(found, titles, high - EDGE, TITLE, INK, strong=True)
    if over:
        over.draw(found, high - max(named, EDGE))
    _write(found, notes, foot - EDGE, SMALL, QUIET)
    return found


def _write(sheet: Drawing, texts: list[str], top: float, size: float, ink: str, *, strong: bool = False) -> None:
    whole, style = sheet.sheet.dpi_scale_trans, Style(size, ink, ("left", "top"))
    for i, text in enumerate(texts):
        at = (EDGE / INCH, (top - i * size * LEADING) / INCH)
        placed(sheet.paper, bold(text) if strong else text, at, whole, style)


def _metadata(kind: Kind, title: str, small: tuple[str, ...]) -> dict[str, str | None]:
    about = " ".join(small)
    if kind == "png":
        return {"Title": title, "Description": about, "Software": "Myoscope"}
    if kind == "svg":
        return {"Title": title, "Description": about, "Creator": "Myoscope", "Date": None}
    return {"Title": title, "Subject": about, "Creator": "Myoscope", "CreationDate": None}
