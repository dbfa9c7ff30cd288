"""Names of the sections of the safety page."""

from __future__ import annotations

COUNTS, HISTORY, DEATHS, STOPS = "Reactions", "Who and when", "Deaths", "Discontinuation"
SECTIONS = (COUNTS, HISTORY, DEATHS, STOPS)
CLICK_BAR = "Click a bar to see who had it, and when."
CLICK_DOT = "Click a dot to see who had it, and when."
