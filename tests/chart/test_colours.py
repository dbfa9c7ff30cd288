"""Colours: readable on white and on the dark page, stable by name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from components.chart import native, picture_marks
from components.chart.colours import ACCENT, DARK, DASHES, LIGHTER, LOOKS, PALETTE, QUIET, colour, dash, pale, places
from data.entries import Factor
from data.levels import Level
from data.variables import DICTIONARY


def luminance(shade: str) -> float:
    parts = [int(shade[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("shade", [*PALETTE, ACCENT, QUIET])
def test_text_contrast_on_white(shade: str) -> None:
    assert contrast(shade, "#ffffff") >= 4.5


@pytest.mark.parametrize("shade", LIGHTER)
def test_text_contrast_on_the_dark_page(shade: str) -> None:
    assert contrast(shade, "#0d1319") >= 4.5


def test_every_colour_has_its_dark_counterpart() -> None:
    assert set(PALETTE) <= set(DARK)
    assert all(pale(shade, 0.13) in DARK for shade in PALETTE)


def test_a_group_keeps_its_place_whatever_stands_beside_it_and_whatever_it_is_called() -> None:
    subtype = DICTIONARY.factor["subtype"].levels
    assert places(subtype)["cadm"] == places(subtype[1:2])["cadm"]
    assert places([replace(level, label=level.label[::-1]) for level in subtype]) == places(subtype)
    assert len(set(places([Level(id_, "x") for id_ in "abcdefgh"]).values())) == 8


def test_more_groups_than_colours_differ_by_colour_or_dash() -> None:
    place = places([Level(f"overlap-{i}", "x") for i in range(LOOKS)])
    assert LOOKS == 24
    assert len({(colour(one), dash(one)) for one in place.values()}) == LOOKS


def test_no_group_is_drawn_as_a_range_across_reconstructions() -> None:
    assert "dot" not in DASHES
    assert all(place in native.DASHES for place in DASHES)
    assert all(place in picture_marks.DASHES for place in DASHES if place != "solid")


@pytest.mark.parametrize("factor", [factor for factor in DICTIONARY.factors if len(factor.levels) <= len(DASHES)])
def test_levels_of_a_factor_differ_by_dash_and_by_colour(factor: Factor) -> None:
    place = places(factor.levels)
    assert len({dash(place[level.id]) for level in factor.levels}) == len(factor.levels)
    assert len({colour(place[level.id]) for level in factor.levels}) == len(factor.levels)
