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
from components.survival.analysis import Survival
from components.survival.hazard_ratios import Prognosis

if TYPE_CHECKING:
    import pandas as pd

    from components.core.panel import Panel
    from components.export.stamp import Stamp
    from data.cohort import Cohort

Language = Literal["Python", "R"]

SCRIPTS = Path(__file__).parent / "scripts"
PACKAGES = ("pandas", "numpy", "scipy")


@dataclass(frozen=True, eq=False)
class Recipe:
    """What a script needs beside its fixed text: which text, the patients, and the settings by their names."""

    kind: Literal["survival", "prognosis"]
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
    if isinstance(result, Survival) and result.curves and _columns_of(result, cohort):
        return Recipe("survival", patients_file(cohort), _survival_settings(result, cohort))
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


def _columns_of(result: Survival, cohort: Cohort) -> tuple[str | None, ...]:
    """The column of ``patients.csv`` that holds the groups (None: all patients are one); nothing where none does."""
    if not result.groups.key:
        return (None,)
    return tuple(factor.key for factor in cohort.dictionary.factors if factor.key == result.groups.key)


def _survival_settings(result: Survival, cohort: Cohort) -> dict[str, Any]:
    return {
        "EVENT_DAYS": list(result.endpoint.days),
        "LAST_DAY": result.endpoint.last or None,
        "GROUP": _columns_of(result, cohort)[0],
        "TITLE": result.groups.title,
        "LEVELS": [group.word for group in result.groups.present],
        "REFERENCE": result.groups.present[result.groups.reference].word,
        "AT_DAYS": list(result.at_days),
        "TAU": result.tau,
        "LANDMARK": result.start or None,
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


def _method(result: Survival | Prognosis) -> dict[str, Any]:
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
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict):
        return f"list({', '.join(f'{key} = {_r(part)}' for key, part in value.items())})"
    if isinstance(value, list):
        inside = [_r(part) for part in value]
        nested = bool(value) and isinstance(value[0], dict)
        return "list(\n  " + ",\n  ".join(inside) + "\n)" if nested else f"c({', '.join(inside)})"
    return repr(value)
