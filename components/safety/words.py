"""Names of the sections of the safety page."""

from __future__ import annotations

from data.language import say

COUNTS, HISTORY, DEATHS, STOPS = "Reactions", "Who and when", "Deaths", "Discontinuation"
SECTIONS = (COUNTS, HISTORY, DEATHS, STOPS)
CLICK_BAR = say("Click a bar to see who had it, and when.")
CLICK_DOT = say("Click a dot to see who had it, and when.")
