"""Names of the sections of the safety page."""

from __future__ import annotations

from data.language import say

COUNTS, HISTORY, DEATHS, STOPS = "counts", "history", "deaths", "stops"
SECTIONS = {
    COUNTS: say("Reactions"),
    HISTORY: say("Who and when"),
    DEATHS: say("Deaths"),
    STOPS: say("Discontinuation"),
}
CLICK_BAR = say("Click a bar to see who had it, and when.")
CLICK_DOT = say("Click a dot to see who had it, and when.")
