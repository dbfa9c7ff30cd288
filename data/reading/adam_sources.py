"""Where in ADaM data sets the columns of the four tables come from, so that findings name what the visitor has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from data.reading.adam_values import Dataset
from data.reading.issue import Issue

SUBJECT_COLUMNS = {"sex": "SEX", "age": "AGE", "weight": "WEIGHTBL", "institution": "SITEID"}
"""The columns of patients that ADSL gives under another name."""

REACTION_COLUMNS = {
    "day": "ASTDT, ASTDY",
    "category": "AEBODSYS",
    "term": "AEDECOD",
    "serious": "AESER",
    "outcome": "AEOUT",
}


@dataclass(frozen=True)
class Sources:
    """The file of each table, and the column of the file behind each column of a table."""

    files: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def named(self, issues: Iterable[Issue]) -> tuple[Issue, ...]:
        """The same issues in the names of the files: their place, and the columns that their sentences mention."""
        return tuple(self._named(entry) for entry in issues)

    def _named(self, entry: Issue) -> Issue:
        if entry.table not in self.files:
            return entry
        column = self.columns.get((entry.table, entry.column), entry.column)
        wrong, remedy = (self._in_sentence(text) for text in (entry.wrong, entry.remedy))
        return replace(entry, table=self.files[entry.table], column=column, wrong=wrong, remedy=remedy)

    def _in_sentence(self, sentence: str) -> str:
        for (table, column), name in self.columns.items():
            if table == "patients" and column.endswith("_day"):
                sentence = sentence.replace(f"({column})", f"({name})")
        listed = self.files.get("patients", "")
        for phrase in ("the table patients", "in patients", "to patients"):
            word = phrase.split()[0]
            sentence = sentence.replace(phrase, listed if word == "the" else f"{word} {listed}")
        return sentence


def sources_of(
    source: Dataset,
    adtte: Dataset | None,
    values: Sequence[Dataset],
    adae: Dataset | None,
    chosen: Mapping[str, str],
    own: Mapping[str, str] | None = None,
) -> Sources:
    """Where everything comes from: subjects, chosen parameters of ADTTE, measured values, adverse events.

    ``own`` gives, for columns of patients that the dictionary does not list by itself, what they are in the files.
    """
    columns = {("patients", "patient"): "USUBJID"} | {("patients", k): v for k, v in SUBJECT_COLUMNS.items()}
    columns |= {("patients", key): name for key, name in (own or {}).items()}
    death = chosen.get("death_day", "")
    code = f"{death} of {adtte.name}" if adtte is not None and death else ""
    columns[("patients", "death_day")] = code or "DTHDT"
    columns[("patients", "last_day")] = code or "EOSDT, LSTALVDT"
    if adtte is not None and chosen.get("progression_day"):
        told = f"{chosen['progression_day']} of {adtte.name}"
        columns |= {("patients", "progression_day"): told, ("patients", "progression_last_day"): told}
    columns |= {("measurements", "patient"): "USUBJID", ("reactions", "patient"): "USUBJID"}
    columns |= {("measurements", "day"): "ADT, ADY", ("measurements", "value"): "AVAL"}
    columns |= {("measurements", "variable"): "PARAMCD"}
    columns |= {("reactions", key): column for key, column in REACTION_COLUMNS.items()}
    columns |= {("treatments", "patient"): "USUBJID", ("treatments", "day"): "TRTSDT, TRTEDT"}
    files = {"patients": source.name, "treatments": source.name}
    if values:
        files["measurements"] = values[0].name if len(values) == 1 else ", ".join(entry.name for entry in values)
    if adae is not None:
        files["reactions"] = adae.name
    return Sources(files, columns)
