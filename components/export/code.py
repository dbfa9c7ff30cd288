"""Scripts that give the numbers of a panel back from its patients, in Python and in R, to the digits on the screen.

A script is a few lines of settings, which say what was chosen on the screen, before a fixed text from ``scripts/``. It
reads ``patients.csv`` as ``patients_file`` writes it, and stops when that file is another one.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from components.export.code_words import HEAD
from components.export.table_files import formula_safe
from components.prognosis.subgroups import Subgroups
from components.survival.adjusted import Adjusted
from components.survival.analysis import Survival
from components.survival.hazard_ratios import Prognosis

if TYPE_CHECKING:
    import pandas as pd

    from components.core.panel import Panel
    from components.export.stamp import Stamp
    from data.cohort import Cohort

Language = Literal["Python", "R"]

SCRIPTS = Path(__file__).parent / "scripts"
MADE = "group"
"""The column of ``patients.csv`` for groups that no column of the study records."""

PACKAGES = ("pandas", "numpy", "scipy")


@dataclass(frozen=True, eq=False)
class Recipe:
    """What a script needs beside its fixed text: which text, the patients, and the settings by their names."""

    kind: Literal["survival", "prognosis", "adjusted", "subgroups"]
    patients: bytes
    settings: dict[str, Any]


def patients_file(cohort: Cohort) -> bytes:
    """The patients with every factor, number, baseline value and day of the dictionary, as CSV in UTF-8.

    Text that a spreadsheet would take for a formula begins with an apostrophe.
    """
    return _csv(cohort.patients)


def records_files(cohort: Cohort) -> dict[str, bytes]:
    """What was recorded of the patients over time, by the name of its table, in the same form; empty tables left out.

    Together with ``patients_file`` these are what every panel is computed from.
    """
    tables = {
        "measurements": cohort.measurements,
        "reactions": cohort.reactions,
        "treatments": cohort.treatments,
    }
    return {name: _csv(table) for name, table in tables.items() if len(table)}


def _csv(table: pd.DataFrame) -> bytes:
    safe = table.copy()
    for column in safe.select_dtypes("object"):
        safe[column] = [formula_safe(cell) if isinstance(cell, str) else cell for cell in safe[column]]
    text: str = safe.to_csv(index=False, lineterminator="\n")
    return text.encode("utf-8")


def recipe(panel: Panel, cohort: Cohort) -> Recipe | None:
    """How to compute the panel's numbers from ``cohort``; None for panels that have no script, and without rows."""
    if not cohort.rows_at_hand:
        return None
    result = panel.result
    if isinstance(result, Survival) and result.curves:
        return Recipe("survival", *_with_groups(result, cohort, _survival_settings(result)))
    if isinstance(result, Adjusted) and result.reason is None:
        return Recipe("adjusted", *_with_groups(result, cohort, _adjusted_settings(result)))
    if isinstance(result, Subgroups) and result.overall is not None and result.key in cohort.dictionary.factor:
        return Recipe("subgroups", patients_file(cohort), _subgroups_settings(result))
    if isinstance(result, Prognosis) and result.n:
        return Recipe("prognosis", patients_file(cohort), _prognosis_settings(result))
    return None


def script(found: Recipe, stamp: Stamp, language: Language) -> str:
    """The script as text."""
    settings = found.settings | {
        "SHA256": hashlib.sha256(found.patients).hexdigest(),
        "MD5": hashlib.md5(found.patients, usedforsecurity=False).hexdigest(),
    }
    ending = {"Python": "py", "R": "R"}[language]
    value = {"Python": _python, "R": _r}[language]
    sign = {"Python": "=", "R": "<-"}[language]
    needs = "".join(f"\n# pip install {name}=={version(name)}" for name in PACKAGES) if language == "Python" else ""
    # A text of several lines must not leave its comment.
    head = "\n".join(f"# {' '.join(line.split())}" for line in (*HEAD[language], *stamp.lines))
    lines = "\n".join(f"{name} {sign} {value(given)}" for name, given in settings.items())
    parts = ((SCRIPTS / f"{name}.{ending}.txt").read_text(encoding="utf-8") for name in ("start", found.kind))
    return f"{head}{needs}\n\n{lines}\n\n{''.join(parts)}"


def _with_groups(result: Survival | Adjusted, cohort: Cohort, settings: dict[str, Any]) -> tuple[bytes, dict[str, Any]]:
    """The patients, and the settings with the column that holds their groups (None: all are one).

    Groups that no column of the study records, such as kept cohorts or what was recorded by a day, get a column of
    their own, ``MADE``.
    """
    own = result.groups
    if not own.key:
        return patients_file(cohort), {**settings, "GROUP": None}
    if own.key in cohort.dictionary.factor and own.levels == cohort.dictionary.factor[own.key].levels:
        return patients_file(cohort), {**settings, "GROUP": own.key}
    known = own.codes[own.codes >= 0].tolist()
    names = cohort.names[result.analysed.members]
    words = dict(zip(names, [own.present[code].word for code in known], strict=True))
    made = cohort.patients.assign(**{MADE: cohort.names.map(words)})
    return _csv(made), {**settings, "GROUP": MADE}


def _group_settings(result: Survival | Adjusted) -> dict[str, Any]:
    own = result.groups
    return {
        "EVENT_DAYS": list(result.endpoint.days),
        "LAST_DAY": result.endpoint.last or None,
        "GROUP": None,
        "TITLE": own.title,
        "LEVELS": [group.word for group in own.present],
        "REFERENCE": own.present[own.reference].word,
        "LANDMARK": (result.landmark.day if result.landmark else 0) or None,
        **_method(result),
    }


def _survival_settings(result: Survival) -> dict[str, Any]:
    return {**_group_settings(result), "AT_DAYS": list(result.at_days), "TAU": result.tau}


def _adjusted_settings(result: Adjusted) -> dict[str, Any]:
    covariates = []
    for one in result.covariates:
        own = [ratio for ratio in result.others if ratio.of is one]
        levels = [ratio.level.word for ratio in own if ratio.level]
        base = next((ratio.against.word for ratio in own if ratio.against), "")
        covariates.append({"key": one.key, "title": one.label, "levels": levels, "reference": base})
    return {**_group_settings(result), "COVARIATES": covariates, "PENALTY": result.penalised}


def _subgroups_settings(result: Subgroups) -> dict[str, Any]:
    base = "" if result.reference is None else result.reference.word
    within = [
        {"key": one.key, "title": one.title, "levels": [subgroup.group.word for subgroup in one.subgroups]}
        for one in result.factors
    ]
    return {
        "EVENT_DAYS": list(result.endpoint.days),
        "LAST_DAY": result.endpoint.last or None,
        "GROUP": result.key,
        "LEVELS": [result.compared.word, base],
        "REFERENCE": base,
        "LANDMARK": result.landmark.day or None if result.landmark else None,
        "WITHIN": within,
        **_method(result),
    }


def _prognosis_settings(result: Prognosis) -> dict[str, Any]:
    factors = [
        {
            "key": comparison.key,
            "title": comparison.title,
            "levels": [level.group.word for level in comparison.levels if level.n],
            "reference": comparison.reference.word,
        }
        for comparison in result.comparisons
        if comparison.reference
    ]
    days = {"EVENT_DAYS": list(result.endpoint.days), "LAST_DAY": result.endpoint.last or None}
    return {**days, "FACTORS": factors, **_method(result)}


def _method(result: Survival | Prognosis | Adjusted | Subgroups) -> dict[str, Any]:
    counted, method = result.analysed.follow_up, result.method
    horizon = None if counted.whole else counted.end
    return {"HORIZON": horizon, "TIES": method.ties, "INTERVAL": method.interval, "LEVEL": method.level}


def _python(value: Any) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        rows = "".join(f"\n    {tuple(entry.values())!r}," for entry in value)
        return f"[{rows}\n]"
    return repr(value)


def _r(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict):
        return f"list({', '.join(f'{key} = {_r(part)}' for key, part in value.items())})"
    if isinstance(value, list):
        inside = [_r(part) for part in value]
        nested = bool(value) and isinstance(value[0], dict)
        return "list(\n  " + ",\n  ".join(inside) + "\n)" if nested else f"c({', '.join(inside)})"
    return repr(value)
