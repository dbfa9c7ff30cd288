"""Small charts whose every number is known."""

from __future__ import annotations

from typing import Any

from components.chart.chart import (
    Chart,
    Column,
    End,
    Entry,
    Key,
    Margins,
    Place,
    Plot,
    Row,
    Scale,
    named_ticks,
    numbered_ticks,
    stepped_ticks,
)
from components.chart.marks import Bar, Bars, Intervals, Part, Points, Squares, Stroke
from components.core.markup import bold

BLUE, RED = "#00618f", "#b34700"
LINE = Stroke(BLUE, 2.0)


def scale(low: float = 0, high: float = 10, title: str = "", **more: Any) -> Scale:
    ticks = more.pop("ticks", numbered_ticks((low, high), (low, high)))
    return Scale(low, high, more.pop("quantity", title or "value"), more.pop("unit", ""), title, ticks, **more)


def one_plot(*marks: Any, x: Scale | None = None, y: Scale | None = None, **more: Any) -> Chart:
    """A chart of one plot, 200 pixels high inside its margins."""
    key = more.pop("key", None)
    plot = Plot("plot", x or scale(), y or scale(), marks, Place(0, 1, 0, 200), **more)
    return Chart(260, Margins(60, 20, 10, 50), (plot,), key)


def curves() -> Chart:
    """Two groups over months, with numbers of patients under them and names at their ends."""
    from components.chart.marks import Line  # noqa: PLC0415 - beside its only use

    days = Scale(0, 760, "Day", "days", "Months", numbered_ticks((0, 365.25, 730.5), (0, 12, 24)), zoomable=True,
                 padded=True)  # fmt: skip
    share = Scale(0, 1, "Alive", "%", "Alive", stepped_ticks(0, 1, 0.5, percent=True), "percent", grid=True)
    marks = (
        Line("a curve", [0, 100, 700], [1.0, 0.75, 0.5], LINE, "a", step=True, hover=["one", "two", "three"]),
        Points("a censored", [650, 759], [0.75, 0.5], (BLUE,), ("tick",), (9.0,), "a", edge=1.4, what="censored"),
        Line("b curve", [0, 800], [1.0, 0.2], Stroke(RED, 2.0, "dash"), "b", step=True),
    )
    rows = tuple(
        Row(f"{group} {name}", name, texts, tuple(float(text) if text else None for text in texts), group,
            bold(group) if name == "at risk" else "", BLUE)
        for group, name, texts in (("A", "at risk", ("9", "5", "2")), ("A", "events", ("0", "1", "2")),
                                   ("B", "at risk", ("7", "7", "")))
    )  # fmt: skip
    key = Key((Entry("a", "A", BLUE), Entry("b", "B", RED, "dash")), "lower left", hides=True)
    ends = (End(0.5, bold("A"), BLUE), End(0.9, bold("B"), RED))
    plot = Plot("plot", days, share, marks, Place(0, 1, 0, 300), ends=ends, rows=rows, rows_from=50)
    return Chart(430, Margins(90, 40, 10, 10), (plot,), key)


def forest(blocks: int = 1) -> Chart:
    """``blocks`` factors of two levels each: a reference, and 2.0 (0.02 to 500), wider than the axis."""
    n = 3 * blocks
    names = [f"Factor {i // 3}" if i % 3 == 0 else f"Level {i}" for i in range(n)]
    labels = tuple(bold(name) if i % 3 == 0 else f"    {name}" for i, name in enumerate(names))
    references = [float(-i) for i in range(n) if i % 3 == 1]
    others = [float(-i) for i in range(n) if i % 3 == 2]
    marks = (
        Intervals("intervals", others, [0.02] * blocks, [500.0] * blocks, LINE, arrows=True),
        Points("ratios", [1.0, 2.0] * blocks, [at for pair in zip(references, others, strict=True) for at in pair],
               (BLUE,), ("diamond-open", "square") * blocks, (8.0, 12.0) * blocks, answers=["key"] * 2 * blocks),
    )  # fmt: skip
    columns = (
        Column("names", bold("Factor"), "left", 0.0, "left", labels, ("key",) * n),
        Column("texts", bold("HR"), "right", 1.0, "right", ("", "reference", "2.00 (0.02–500)") * blocks),
    )
    x = Scale(0.1, 10, "Hazard ratio", "", "", numbered_ticks((0.1, 1, 10), (0.1, 1, 10)), logarithmic=True)
    y = Scale(-n + 0.5, 0.5, "Factor", shown=False, ticks=named_ticks([-i for i in range(n)], names))
    plot = Plot("forest", x, y, marks, Place(0.4, 0.7, 0, 22 * n), columns=columns, title="Hazard ratio",
                headings=frozenset(range(0, n, 3)))  # fmt: skip
    return Chart(22 * n + 80, Margins(10, 10, 40, 40), (plot,))


def bars(*, upright: bool = False) -> Chart:
    """Two bars of two groups: 3 and 2, 1 and 4."""
    made = tuple(
        Bar(-i, name, f"{a + b}", (Part(a, "A", BLUE, inside=str(a)), Part(b, "B", RED, edge=BLUE, answer=name)))
        for i, (name, a, b) in enumerate((("first", 3.0, 2.0), ("second", 1.0, 4.0)))
    )
    mark = Bars("parts", made, 0.4, upright=upright, named_above=0 if upright else 0.4)
    return one_plot(mark, x=scale(-2, 1, shown=False) if upright else scale(0, 8, "Patients", unit="patients"),
                    y=scale(0, 8, "Patients", unit="patients") if upright else scale(-2, 1, shown=False))  # fmt: skip


def squares() -> Chart:
    return one_plot(Squares("squares", [[0, 1], [1]], (BLUE, RED), [["a", "b"], ["c"]], frozenset({(0, 1)})))
