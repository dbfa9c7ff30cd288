"""The two themes of .streamlit/config.toml: text and accent can be read on every ground (contrast as in WCAG 2)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
THEMES = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
FADED = 0.6  # Streamlit writes captions in the text colour at 60 %
TINT = 0.1  # and fills a chosen pill with the accent at 10 %


def channels(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))


def blend(above: tuple[float, ...], ground: tuple[float, ...], share: float) -> tuple[float, ...]:
    return tuple(share * a + (1 - share) * g for a, g in zip(above, ground, strict=True))


def luminance(colour: tuple[float, ...]) -> float:
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: tuple[float, ...], second: tuple[float, ...]) -> float:
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def grounds(theme: dict[str, Any]) -> list[tuple[float, ...]]:
    return [
        channels(part[name])
        for part in (theme, theme["sidebar"])
        for name in ("backgroundColor", "secondaryBackgroundColor")
    ]


def test_contrast_of_black_on_white_is_21() -> None:
    assert contrast(channels("#000000"), channels("#ffffff")) == pytest.approx(21)
    assert round(contrast(channels("#808495"), channels("#ffffff")), 2) == 3.72


@pytest.mark.parametrize("name", ["light", "dark"])
def test_text_links_and_accent_can_be_read_on_every_ground(name: str) -> None:
    theme = THEMES[name]
    text, link, accent = (channels(theme[key]) for key in ("textColor", "linkColor", "primaryColor"))
    for ground in grounds(theme):
        assert contrast(text, ground) >= 7
        assert contrast(blend(text, ground, FADED), ground) >= 4.5
        assert contrast(link, ground) >= 4.5
        assert contrast(accent, ground) >= 4.5
    on_page = channels(theme["backgroundColor"])
    assert contrast(accent, blend(accent, on_page, TINT)) >= 4.5
    assert (
        contrast(channels(theme["dataframeHeaderTextColor"]), channels(theme["dataframeHeaderBackgroundColor"])) >= 4.5
    )


@pytest.mark.parametrize(("name", "least"), [("light", 4.5), ("dark", 3.0)])
def test_white_can_be_read_on_the_accent(name: str, least: float) -> None:
    assert contrast(channels("#ffffff"), channels(THEMES[name]["primaryColor"])) >= least
