"""Words of how treatment and follow-up ended: deaths with their causes, discontinuations with their reasons."""

from __future__ import annotations

from components.core.columns import Columns
from components.core.markup import LINE, bold
from components.core.numbers import EN_DASH, count, decimal, inside, joined, months, patients
from components.core.reason_words import SHORT
from components.core.share_words import mentions_table, n_percent
from components.core.summary import Summary
from components.core.table import Table
from components.core.tally import Mentions
from components.safety.deaths import Deaths
from components.treatment.discontinuation import Discontinuation


def deaths_title(columns: Columns) -> str:
    """The title of the causes of death."""
    return "Deaths and their causes" + (f" by {inside(columns.title)}" if columns.title else "")


def stops_title(columns: Columns) -> str:
    """The title of the reasons to stop."""
    return "Why tacrolimus was stopped" + (f", by {inside(columns.title)}" if columns.title else "")


def deaths_table(result: Deaths) -> Table:
    """Who died, and of what."""
    head = (("Died, n (%)", *map(n_percent, result.died)),)
    return mentions_table(result.columns, "Causes of death", head, result.causes)


def stops_table(result: Discontinuation) -> Table:
    """Who stopped, after how long, and why."""
    head = (
        ("Days of tacrolimus in those who stopped it, median (range)", *map(_median_range, result.duration)),
        ("Stopped tacrolimus, n (%)", *map(n_percent, result.stopped)),
    )
    return mentions_table(result.columns, "Reasons", head, result.reasons)


def _median_range(found: Summary) -> str:
    if found.median.value is None or found.minimum.value is None or found.maximum.value is None:
        return SHORT[found.median.reason] if found.median.reason else EN_DASH
    ends = f"{decimal(found.minimum.value)}{EN_DASH}{decimal(found.maximum.value)}"
    return f"{decimal(found.median.value, 1)} ({ends})"


def death_rows(result: Deaths) -> Table:
    """Every death, the earliest first."""
    rows = tuple(
        (death.patient, count(death.day), months(death.day), joined(death.causes) or "not recorded")
        for death in result.rows
    )
    return Table(("Patient", "Day", "Month", "Cause"), rows, texts=frozenset({3}))


def stop_rows(result: Discontinuation) -> Table:
    """Every discontinuation, the earliest first."""
    rows = tuple(
        (stop.patient, count(stop.day), months(stop.day), joined(stop.reasons) or "not recorded")
        for stop in result.rows
    )
    return Table(("Patient", "Day", "Month", "Reasons"), rows, texts=frozenset({3}))


def deaths_note(result: Deaths) -> str:
    """Out of whom the percentages are."""
    return f"{_several(result.causes, 'cause')}Causes: percentage of those who died. Deaths on any day."


def stops_note(result: Discontinuation) -> str:
    """Out of whom the percentages are."""
    about = f"{_several(result.reasons, 'reason')}Reasons: percentage of those who stopped. The first stop on any day."
    return f"{about} {no_decision(result)}".strip()


def no_decision(result: Discontinuation) -> str:
    """How many stops were no decision about the drug, and that they count all the same; blank where none was."""
    if not result.no_decision:
        return ""
    n = sum(number for _, number in result.no_decision)
    reasons = joined([f"{inside(reason)} {count(number)}" for reason, number in result.no_decision])
    was = "was" if n == 1 else "were"
    counts = "It counts" if n == 1 else "They count"
    return (
        f"{count(n)} of {count(len(result.rows))} stops {was} no decision about the drug ({reasons}). {counts} as "
        "discontinuation here and in persistence on tacrolimus."
    )


def _several(named: Mentions, what: str) -> str:
    if not named.several[0]:
        return ""
    has = "has" if named.several[0] == 1 else "have"
    return f"{patients(named.several[0])} {has} more than one {what}, so the lines add up to more. "


def mentions_summary(title: str, named: Mentions) -> str:
    """Figure and table in a sentence."""
    parts = [f"{mention.label} {count(mention.shares[0].n)}" for mention in named.labels if mention.shares[0].n]
    return f"{title}: {patients(named.concerned[0])}. {joined(parts)}."


def nobody_died(n: int) -> str:
    """What is said without deaths."""
    return "This patient did not die." if n == 1 else f"None of these {patients(n)} died."


def nobody_stopped(n: int) -> str:
    """What is said without discontinuations."""
    return "This patient did not stop tacrolimus." if n == 1 else f"None of these {patients(n)} stopped tacrolimus."


def part_hover(label: str, group: str, n: int) -> str:
    """What a part of a bar says."""
    return f"{bold(label)}{LINE}{group}: {patients(n)}"
