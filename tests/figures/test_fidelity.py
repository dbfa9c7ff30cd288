"""The squares of the Evidence page."""

from __future__ import annotations

from components.analysis.fidelity import Fidelity, Row
from components.figures.fidelity import LINE, MARGIN, MISSED, PER_LINE, REPRODUCED, UNANSWERABLE, fidelity_figure
from components.wording.evidence import KEY
from data.published import published_numbers

NUMBERS = published_numbers()
ROWS = tuple(Row(n, 1.0, "baseline", n.id != "T1-052") for n in NUMBERS if n.answerable)
RESULT = Fidelity(ROWS, tuple(n for n in NUMBERS if not n.answerable))
FIGURE = fidelity_figure(RESULT)
TRACES = {trace["uid"]: trace for trace in FIGURE["data"]}


def test_one_square_a_number() -> None:
    squares = [kind for line in TRACES["squares"]["z"] for kind in line if kind is not None]
    assert squares.count(REPRODUCED) == len(ROWS) - 1
    assert squares.count(MISSED) == 1
    assert squares.count(UNANSWERABLE) == len(RESULT.unanswerable)
    assert {len(line) for line in TRACES["squares"]["z"]} == {PER_LINE}


def test_blocks_stand_in_the_papers_order_beside_their_counts() -> None:
    axis = FIGURE["layout"]["yaxis"]
    assert axis["ticktext"][0] == "Abstract"
    assert axis["ticktext"][-4:] == ["Table 1", "Table 2", "Table 3", "Table 4"]
    assert TRACES["counts"]["y"] == axis["tickvals"]
    assert dict(zip(axis["ticktext"], TRACES["counts"]["text"], strict=True))["Table 1"] == "296 of 297"


def test_what_is_missed_is_crossed_out() -> None:
    top = dict(zip(FIGURE["layout"]["yaxis"]["ticktext"], TRACES["counts"]["y"], strict=True))["Table 1"]
    assert (TRACES["crosses"]["x"], TRACES["crosses"]["y"]) == ([1], [top - 1])
    assert "Mode of onset: Acute/subacute" in TRACES["squares"]["text"][1 - top][1]


def test_the_key_names_only_what_is_drawn() -> None:
    assert [uid for uid in TRACES if uid in KEY] == list(KEY)
    faithful = Fidelity(tuple(row for row in ROWS if row.reproduced), RESULT.unanswerable)
    assert [trace["uid"] for trace in fidelity_figure(faithful)["data"] if trace["uid"] in KEY] == [KEY[0], KEY[2]]


def test_the_height_follows_the_lines() -> None:
    assert FIGURE["layout"]["height"] == LINE * len(TRACES["squares"]["z"]) + MARGIN
