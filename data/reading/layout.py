"""The four tables of a cohort: their columns, what may be left out, and the words their coded columns allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.entries import STOP_DAY

if TYPE_CHECKING:
    from data.dictionary import Dictionary

PATIENT_DAYS = ("death_day", "last_day", "progression_day")
COLUMNS = {
    "patients": ("patient", "population", "last_day", "death_day"),
    "measurements": ("patient", "day", "variable", "value"),
    "reactions": ("patient", "day", "category", "term", "serious", "outcome"),
    "treatments": ("patient", "day", "drug", "action", "reason"),
}
OPTIONAL = {"patients": ("population",), "measurements": (), "reactions": ("outcome",), "treatments": ("reason",)}
"""Columns of ``COLUMNS`` that a file may leave out."""

MAY_BE_BLANK = frozenset({"population", "last_day", "death_day", "value", "term", "outcome", "reason"})
"""Columns of ``COLUMNS`` whose cells may be empty, or are judged by a rule of their own."""

TEXTS = ("institution", "cause_of_death")
"""Columns of patients with free text."""

NO_YES = ("No", "Yes")

GUIDES = ("How to fill in", "Allowed words")
"""Sheets of the template that explain and are not read."""

ALIASES = {
    "patient": (
        "patient_id",
        "id",
        "subject",
        "subject_id",
        "usubjid",
        "case",
        "患者",
        "患者番号",
        "患者id",
        "症例番号",
        "症例",
    ),
    "population": ("analysis_set",),
    "institution": ("siteid",),
    "last_day": ("last_visit_day", "last_follow_up_day", "follow_up_days", "最終観察日", "観察期間"),
    "death_day": ("day_of_death", "days_to_death", "死亡日", "死亡までの日数"),
    "progression_day": ("day_of_progression", "days_to_progression"),
    "progression_last_day": ("last_progression_assessment_day",),
    "day": ("days", "study_day", "日数"),
    "variable": ("test", "parameter", "item", "項目", "検査項目"),
    "value": ("result", "値", "結果"),
    "category": ("reaction_category",),
    "term": ("reaction", "preferred_term", "event"),
    "serious": ("seriousness", "sae"),
    "outcome": ("reaction_outcome", "転帰"),
    "drug": ("medication", "薬剤"),
    "action": ("change",),
    "reason": ("reason_for_stopping", "stop_reason"),
}
"""Other names under which the columns of ``COLUMNS`` are found in files; those of variables are in the dictionary."""


def day_columns(dictionary: Dictionary) -> tuple[str, ...]:
    """The columns of patients that hold days, endpoints of the dictionary included; stop days come from treatments."""
    listed = (day for endpoint in dictionary.endpoints for day in endpoint.days if day != STOP_DAY)
    own = (endpoint.last for endpoint in dictionary.endpoints if endpoint.last)
    return tuple(dict.fromkeys((*PATIENT_DAYS, *listed, *own)))


def patient_columns(dictionary: Dictionary) -> tuple[str, ...]:
    """Every column of patients that is read, in the order of the template."""
    factors = (entry.key for entry in dictionary.factors if not entry.derived)
    numbers = (entry.key for entry in dictionary.numbers)
    return ("patient", "population", "institution", *factors, *numbers, "cause_of_death", *day_columns(dictionary))


def columns_of(table: str, dictionary: Dictionary) -> tuple[str, ...]:
    """Every column that is read from one of the four tables, in the order of the template."""
    return patient_columns(dictionary) if table == "patients" else COLUMNS[table]


def words_of(table: str, dictionary: Dictionary) -> dict[str, tuple[str, ...]]:
    """The allowed words of every coded column of one table."""
    if table == "patients":
        populations = tuple(dict.fromkeys(member for entry in dictionary.populations for member in entry.members))
        levels = {entry.key: entry.words for entry in dictionary.factors if not entry.derived}
        return {"population": populations, **levels}
    if table == "reactions":
        categories = tuple(category.word for category in dictionary.reaction_categories)
        return {"category": categories, "serious": NO_YES, "outcome": tuple(one.word for one in dictionary.outcomes)}
    if table == "treatments":
        return {
            "action": tuple(action.word for action in dictionary.actions),
            "reason": tuple(reason.word for reason in dictionary.stop_reasons),
        }
    return {}


def followed(dictionary: Dictionary) -> tuple[str, ...]:
    """The values of ``population`` whose patients are followed for outcomes: the members of the last population."""
    return dictionary.populations[-1].members
