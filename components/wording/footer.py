"""The small type under what leaves the dashboard: who is shown, where they come from, how it was computed."""

from __future__ import annotations

from datetime import date

from components.wording.numbers import count, patients
from components.wording.page import filter_sentence, provenance_line
from data.cohort import Cohort, Provenance
from data.dictionary import Endpoint, Population
from data.filters import Filter

VERSION = "0.1.0"
"""The version of the dashboard; pyproject.toml says the same, and a test holds them together."""


def footer(shown: Cohort, population: Population, chosen: Filter, method: str, on: date) -> tuple[str, ...]:
    """Filter and n; provenance and fingerprint; method; the version and the date the file was made."""
    return (
        f"{patients_line(chosen, population, shown.n)}.",
        data_line(shown.provenance),
        method,
        made_line(on),
    )


def patients_line(chosen: Filter, population: Population, n: int) -> str:
    """Who is shown: ``Subtype: CADM; 61 patients of the clinical outcome population``."""
    number = count(n) if "patients" in population.label else patients(n)
    return f"{filter_sentence(chosen)}; {number} of the {population.label}"


def events_line(chosen: Filter, population: Population, n: int, endpoint: Endpoint, events: int) -> str:
    """Who is shown, and how many of them had the event."""
    happened = endpoint.event if events == 1 else endpoint.events
    return f"{patients_line(chosen, population, n)}, {count(events)} {happened}."


def data_line(provenance: Provenance) -> str:
    """Where the patients come from, and the fingerprint of the files."""
    return f"{provenance_line(provenance)}. Data {provenance.fingerprint}."


def made_line(on: date, version: str = VERSION) -> str:
    """What made the file, and when."""
    return f"Myoscope {version}, {on.isoformat()}."
