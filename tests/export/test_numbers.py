from __future__ import annotations

import csv
from io import StringIO

import pytest

from components.core.panel import Panel
from components.core.reason_words import LONG
from components.core.table import Table
from components.export.numbers import Numbers, numbers_file, written
from components.export.stamp import Stamp
from tests.chart.charts import bars


def read(content: bytes) -> tuple[list[dict[str, str]], list[str]]:
    lines = list(csv.reader(StringIO(content.decode("utf-8-sig"))))
    gap = lines.index([])
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:gap]], [line[0] for line in lines[gap + 1 :]]


@pytest.mark.parametrize("groups", [1, 3, 6])
def test_curves_come_back_to_the_last_digit(panels: dict[int, Panel], stamped: Stamp, groups: int) -> None:
    panel = panels[groups]
    rows, stamp = read(numbers_file(panel, stamped))
    assert stamp == list(stamped.lines)
    for k, curve in enumerate(panel.result.curves):
        own = [row for row in rows if row["group"] == curve.label]
        steps = [row for row in own if row["kind"] == "step"]
        assert [int(row["day"]) for row in steps] == curve.days.tolist()
        assert [float(row["survival"]) for row in steps] == curve.survival.tolist()
        assert [float(row["lower"] or "nan") for row in steps] == pytest.approx(
            curve.lower.tolist(), nan_ok=True, rel=0
        )
        assert [int(row["day"]) for row in own if row["kind"] == "censored"] == curve.censor_days.tolist()
        counts = [row for row in own if row["kind"] == "counts"]
        table = panel.result.risk_table
        assert [int(row["at_risk"]) for row in counts] == table.at_risk[:, k].tolist()
        assert [int(row["events"]) for row in counts] == table.events[:, k].tolist()


def test_hazard_ratios_come_back_with_their_reasons(forest: Panel, stamped: Stamp) -> None:
    rows, _ = read(numbers_file(forest, stamped))
    levels = [level for comparison in forest.result.comparisons for level in comparison.levels]
    assert [row["level"] for row in rows] == [level.label for level in levels]
    for row, level in zip(rows, levels, strict=True):
        assert row["hazard_ratio"] == ("" if level.ratio.value is None else repr(level.ratio.value))
        assert row["not_estimable_because"] == (LONG[level.ratio.reason] if level.ratio.reason else "")
        assert int(row["patients"]) == level.n


def test_the_p_of_a_level_is_not_that_of_its_factor(forest: Panel, stamped: Stamp) -> None:
    rows, _ = read(numbers_file(forest, stamped))
    wanted = [(level.p, one.p) for one in forest.result.comparisons for level in one.levels]
    assert [(row["p"], row["factor_p"]) for row in rows] == [
        tuple("" if p is None else repr(p) for p in both) for both in wanted
    ]
    assert any(own is not None and own != whole for own, whole in wanted)


def test_counts_under_the_curves_come_back_each_in_its_column(panels: dict[int, Panel], stamped: Stamp) -> None:
    rows, _ = read(numbers_file(panels[3], stamped))
    table = panels[3].result.risk_table
    for name, counted in (("at_risk", table.at_risk), ("censored", table.censored), ("events", table.events)):
        assert [int(row[name]) for row in rows if row["kind"] == "counts"] == counted.T.ravel().tolist()
    assert table.censored.tolist() != table.events.tolist()


def test_other_charts_give_their_numbers_with_group_category_and_unit(stamped: Stamp) -> None:
    rows, _ = read(numbers_file(Panel("bars", "Bars", bars(), (), "alt", ""), stamped))
    assert [(row["category"], row["group"], row["value"], row["unit"]) for row in rows] == [
        ("first", "A", "3.0", "patients"), ("first", "B", "2.0", "patients"),
        ("second", "A", "1.0", "patients"), ("second", "B", "4.0", "patients"),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-abc", "@SUM(A1)", "\t=1", "  =1"])
def test_text_cannot_become_a_formula(text: str) -> None:
    rows, stamp = read(written(Numbers(("group", "value"), ((text, -0.5),)), (text,)))
    assert rows == [{"group": f"'{text}", "value": "-0.5"}]
    assert stamp == [f"'{text}"]


def test_without_a_figure_the_table_is_written(stamped: Stamp) -> None:
    panel = Panel("t", "T", None, (Table(("Name", "n"), (("A", "1"),)),), "alt", "")
    rows, stamp = read(numbers_file(panel, stamped))
    assert rows == [{"Name": "A", "n": "1"}]
    assert stamp == list(stamped.lines)
