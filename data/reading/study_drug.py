"""The dictionary of a study of another drug than the one that ours was written for."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING

from data.entries import Measure, Need
from data.language import say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.dictionary import Dictionary
    from data.entries import Endpoint
    from data.levels import Level

MEASURED_OF_IT = frozenset({"dose", "dose_per_kg", "trough"})
"""The roles of what is measured of the drug studied."""


def of_drug(dictionary: Dictionary, drug: Level) -> Dictionary:
    """The dictionary where ``drug`` is studied: its dose is the measurement that files call as they call the drug.

    Limits and cut-points are those of the drug that they were written for, so another drug has none, and no factor made
    of them. Where no drug is studied there is neither a dose nor persistence.
    """
    if drug.word == dictionary.study_drug.word:
        return dictionary
    of_ours = {entry.key for entry in dictionary.measures if entry.role in MEASURED_OF_IT}
    return replace(
        dictionary,
        factors=tuple(entry for entry in dictionary.factors if entry.source not in of_ours),
        measures=tuple(_measures(dictionary, drug)),
        endpoints=tuple(
            _persistence(entry, drug) if entry.role == "persistence" else entry
            for entry in dictionary.endpoints
            if drug.word or entry.role != "persistence"
        ),
        study_drug=drug,
    )


def _measures(dictionary: Dictionary, drug: Level) -> Iterator[Measure]:
    taken = {entry.key for entry in dictionary.measures if entry.role not in MEASURED_OF_IT}
    dosed = bool(drug.word) and drug.word not in taken
    for entry in dictionary.measures:
        if entry.role == "trough":
            yield replace(_unlimited(entry), label=say("Trough of {drug}", drug=drug.label) if dosed else say("Trough"))
        elif entry.role not in MEASURED_OF_IT:
            yield entry
        elif dosed:
            key = drug.word if entry.role == "dose" else f"{drug.word}_per_kg"
            label = say("Dose of {drug}", drug=drug.label)
            source = drug.word if entry.derived else ""
            yield replace(_unlimited(entry), key=key, label=label, source=source, aliases=(), own=True)


def _unlimited(entry: Measure) -> Measure:
    return replace(entry, plausible=(0, inf), normal=(None, None))


def _persistence(entry: Endpoint, drug: Level) -> Endpoint:
    return replace(
        entry,
        label=say("Persistence on {drug}", drug=drug.label),
        curve=say("Still taking {drug}", drug=drug.label),
        needs=Need("treatments", ("day",), "drug", drug.word),
    )
