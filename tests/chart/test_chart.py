from __future__ import annotations

import pytest

from components.chart.chart import Scale, even_ticks, log_ticks, stepped_ticks


@pytest.mark.parametrize(
    ("low", "high", "most", "texts"),
    [
        (0, 10, 6, ["0", "2", "4", "6", "8", "10"]),
        (-3, 3, 7, ["−3", "−2", "−1", "0", "1", "2", "3"]),
        (0.02, 0.11, 4, ["0.05", "0.10"]),
        (0, 3210, 6, ["0", "1000", "2000", "3000"]),
    ],
)
def test_even_ticks_stand_at_round_numbers(low: float, high: float, most: int, texts: list[str]) -> None:
    found = even_ticks(low, high, most)
    assert [tick.text for tick in found] == texts
    assert all(low <= tick.at <= high for tick in found)


@pytest.mark.parametrize(("low", "high"), [(1, 1), (2, 1), (float("nan"), 1), (0, float("inf"))])
def test_a_range_without_a_width_has_no_ticks(low: float, high: float) -> None:
    assert even_ticks(low, high) == ()


def test_ticks_at_a_step_are_shares_or_carry_a_unit() -> None:
    assert [tick.text for tick in stepped_ticks(0, 1, 0.25, percent=True)] == ["0%", "25%", "50%", "75%", "100%"]
    assert [tick.text for tick in stepped_ticks(0, 0.1, 0.02, percent=True)] == ["0%", "2%", "4%", "6%", "8%", "10%"]
    assert [tick.text for tick in stepped_ticks(-3, 104, 50, suffix="%")] == ["0%", "50%", "100%"]
    assert stepped_ticks(0, 0.3, 0.1)[-1].at == pytest.approx(0.3)


def test_ticks_of_a_logarithmic_scale() -> None:
    assert [tick.at for tick in log_ticks(90, 1100)] == [100, 200, 500, 1000]
    assert [tick.text for tick in log_ticks(180, 450)] == ["200", "300", "400"]


def test_a_place_on_a_scale() -> None:
    assert Scale(10, 20, "").share(15) == 0.5
    assert Scale(1, 100, "", logarithmic=True).share(10) == 0.5
