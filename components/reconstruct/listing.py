"""Some patients of a cohort with all that is recorded of them, as a text to be read by somebody who knows patients."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import pandas as pd

    from data.cohort import Cohort

LISTED = 20
HEAD = """# {n} patients of the reconstructed cohort

No row is a real patient. Written by `python -m components.reconstruct list --out docs/patients.md`: every {step}th
patient of the safety population, with all that is recorded. A number before a colon is the day since the start of
tacrolimus.
"""


def listing(cohort: Cohort, n: int = LISTED) -> str:
    """``n`` patients evenly spread over the safety population, each with what the files hold of him, in Markdown."""
    safety = cohort.of_population("safety")
    at = np.unique(np.linspace(0, safety.n - 1, n).round().astype(np.int64))
    parts = [HEAD.format(n=len(at), step=round((safety.n - 1) / (len(at) - 1)))]
    for _, row in safety.patients.iloc[at].iterrows():
        parts.append(_patient(safety, row))
    return "\n".join(parts)


def _patient(cohort: Cohort, row: pd.Series) -> str:
    words, name = cohort.dictionary, str(row["patient"])
    said = [f"{one.label} {row[one.key]}" for one in words.factors if not one.derived and isinstance(row[one.key], str)]
    said += [f"{one.label} {row[one.key]:g} {one.unit}".strip() for one in words.numbers if not np.isnan(row[one.key])]
    lines = [f"## {name}", "", "; ".join(said) + ".", ""]
    ends = [f"{label} {row[key]:g}" for key, label in ENDS if not np.isnan(row[key])]
    cause = row["cause_of_death"]
    lines.append(f"* Days: {', '.join(ends)}{f' ({cause})' if isinstance(cause, str) else ''}")
    own = cohort.measurements[cohort.measurements["patient"] == name]
    for measure in words.measures:
        values = own[own["variable"] == measure.key]
        if len(values) and not measure.derived:
            each = ", ".join(f"{day:g}: {value:g}" for day, value in zip(values["day"], values["value"], strict=True))
            lines.append(
                f"* {measure.label} ({measure.unit}): {each}" if measure.unit else f"* {measure.label}: {each}"
            )
    for title, table, columns in (
        ("Treatment", cohort.records.treatments, ["drug", "action", "reason"]),
        ("Reactions", cohort.records.reactions, ["category", "term", "serious", "outcome"]),
    ):
        rows = table[table["patient"] == name]
        each = "; ".join(
            f"{day:g}: {', '.join(str(cell) for cell in cells if isinstance(cell, str))}"
            for day, *cells in rows[["day", *columns]].itertuples(index=False)
        )
        lines += [f"* {title}: {each}"] if each else []
    return "\n".join(lines) + "\n"


ENDS = (("progression_day", "progression"), ("death_day", "death"), ("last_day", "last day"))
