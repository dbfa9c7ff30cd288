"""The small type under what leaves the dashboard: who is shown, where they come from, how it was computed."""

from __future__ import annotations

from datetime import date

from components.core.analysis_set import AnalysisSet
from components.core.analysis_set_words import analysed_sentence, counted, events_until, ungrouped, who
from components.core.numbers import happened
from components.core.page_words import filter_sentence, provenance_line
from components.core.small_counts import hidden
from data.cohort import Provenance
from data.entries import Endpoint
from data.filters import Filter
from data.language import say

VERSION = "0.1.0"
"""The version of the dashboard; pyproject.toml says the same, and a test holds them together."""


def footer(
    analysed: AnalysisSet | None, provenance: Provenance, chosen: Filter, method: str, on: date
) -> tuple[str, ...]:
    """Filter and who is shown; provenance and fingerprint; method; the version and the date the file was made."""
    shown = (patients_line(chosen, analysed),) if analysed else ()
    return (*shown, data_line(provenance), method, made_line(on))


def patients_line(chosen: Filter, analysed: AnalysisSet) -> str:
    """The filter, who is shown and who is not, and until when events count.

    ``Subtype: CADM; 34 of 61 patients of the clinical outcome population; left out: 27 not tested (anti-MDA5); all
    follow-up, to month 45.``
    """
    return f"{filter_sentence(chosen)}; {analysed_sentence(analysed)}"


def events_line(chosen: Filter, analysed: AnalysisSet, endpoint: Endpoint, events: int) -> str:
    """The same with how many of those shown had the event."""
    with hidden(hides=analysed.rounded):
        apart = f" {ungrouped(analysed.ungrouped)}" if analysed.ungrouped else ""
        number = happened(endpoint, events)
    if analysed.follow_up.counts != "events":
        number = f"{number} {events_until(analysed)}"
    told = "; ".join(part for part in (number, counted(analysed.follow_up)) if part)
    return f"{filter_sentence(chosen)}; {who(analysed)}; {told}.{apart}"


def data_line(provenance: Provenance) -> str:
    """Where the patients come from, and the fingerprint of the files."""
    return say(
        "{provenance_line}. Data {fingerprint}.",
        provenance_line=provenance_line(provenance),
        fingerprint=provenance.fingerprint,
    )


def made_line(on: date, version: str = VERSION) -> str:
    """What made the file, and when."""
    return say("Myoscope {version}, {isoformat}.", version=version, isoformat=on.isoformat())
