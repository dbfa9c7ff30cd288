"""The squares of the Evidence page."""

from __future__ import annotations

from components.chart.marks import Squares, Texts
from components.evidence.chart import LINE, MISSED, PER_LINE, REPRODUCED, TOP, UNANSWERABLE, fidelity_chart
from components.evidence.fidelity import Fidelity, Row
from components.evidence.words import KEY
from data.paper.published import published_numbers
from tests.chart.parts import only_mark

NUMBERS = published_numbers()
ROWS = tuple(Row(n, 1.0, "baseline", n.id != "T1-052") for n in NUMBERS if n.answerable)
RESULT = Fidelity(ROWS, tuple(n for n in NUMBERS if not n.answerable))
CHART = fidelity_chart(RESULT)
SQUARES, COUNTS = only_mark(CHART.plots[0], Squares), only_mark(CHART.plots[0], Texts)
TICKS = CHART.plots[0].y.ticks


def test_one_square_a_number() -> None:
    squares = [kind for line in SQUARES.kinds for kind in line if kind is not None]
    assert squares.count(REPRODUCED) == len(ROWS) - 1
    assert squares.count(MISSED) == 1
    assert squares.count(UNANSWERABLE) == len(RESULT.unanswerable)
    assert max(len(line) for line in SQUARES.kinds) == PER_LINE


def test_blocks_stand_in_the_papers_order_beside_their_counts() -> None:
    names = [tick.text for tick in TICKS]
    assert names[0] == "Abstract"
    assert names[-4:] == ["Table 1", "Table 2", "Table 3", "Table 4"]
    assert COUNTS.y == [tick.at for tick in TICKS]
    assert dict(zip(names, COUNTS.texts, strict=True))["Table 1"] == "296 of 297"


def test_what_is_missed_is_crossed_out() -> None:
    top = next(int(tick.at) for tick in TICKS if tick.text == "Table 1")
    assert SQUARES.crossed == {(1, 1 - top)}
    assert "Mode of onset: Acute/subacute" in SQUARES.hover[1 - top][1]


def test_the_key_names_only_what_is_drawn() -> None:
    assert CHART.key is not None
    assert [entry.name for entry in CHART.key.entries] == list(KEY)
    faithful = fidelity_chart(Fidelity(tuple(row for row in ROWS if row.reproduced), RESULT.unanswerable))
    assert faithful.key is not None
    assert [entry.name for entry in faithful.key.entries] == [KEY[0], KEY[2]]


def test_the_height_follows_the_lines() -> None:
    assert CHART.height == LINE * len(SQUARES.kinds) + TOP
