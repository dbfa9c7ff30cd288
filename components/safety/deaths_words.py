"""Words of how treatment and follow-up ended: deaths with their causes, discontinuations with their reasons."""

from __future__ import annotations

from components.core.columns import Columns
from components.core.markup import LINE, bold
from components.core.numbers import EN_DASH, count, decimal, inside, joined, months, patients
from components.core.reason_words import SHORT
from components.core.share_words import joined_labels, label_counts_table, n_percent
from components.core.summary import Summary
from components.core.table import Table
from components.core.tally import LabelCounts
from components.safety.deaths import Deaths
from components.treatment.discontinuation import Discontinuation
from data.language import say, say_counted


def deaths_title(columns: Columns) -> str:
    """The title of the causes of death."""
    if columns.title:
        return say("Deaths and their causes by {title}", title=inside(columns.title))
    return say("Deaths and their causes")


def stops_title(columns: Columns) -> str:
    """The title of the reasons to stop."""
    if columns.title:
        return say("Why {drug} was stopped, by {title}", drug=columns.analysed.drug, title=inside(columns.title))
    return say("Why {drug} was stopped", drug=columns.analysed.drug)


def deaths_table(result: Deaths) -> Table:
    """Who died, and of what."""
    head = ((say("Died, n (%)"), *map(n_percent, result.died)),)
    return label_counts_table(result.columns, say("Causes of death"), head, result.causes)


def stops_table(result: Discontinuation) -> Table:
    """Who stopped, after how long, and why."""
    drug = result.analysed.drug
    head = (
        (
            say("Days of {drug} in those who stopped it, median (range)", drug=drug),
            *map(_median_range, result.duration),
        ),
        (say("Stopped {drug}, n (%)", drug=drug), *map(n_percent, result.stopped)),
    )
    return label_counts_table(result.columns, say("Reasons"), head, result.reasons)


def _median_range(found: Summary) -> str:
    if found.median.value is None or found.minimum.value is None or found.maximum.value is None:
        return SHORT[found.median.reason] if found.median.reason else EN_DASH
    ends = f"{decimal(found.minimum.value)}{EN_DASH}{decimal(found.maximum.value)}"
    return f"{decimal(found.median.value, 1)} ({ends})"


def death_rows(result: Deaths) -> Table:
    """Every death, the earliest first."""
    rows = tuple(
        (
            death.patient,
            count(death.day),
            months(death.day),
            joined_labels(death.causes) or say("not recorded"),
        )
        for death in result.rows
    )
    return Table((say("Patient"), say("Day"), say("Month"), say("Cause")), rows, texts=frozenset({3}))


def stop_rows(result: Discontinuation) -> Table:
    """Every discontinuation, the earliest first."""
    rows = tuple(
        (
            stop.patient,
            count(stop.day),
            months(stop.day),
            joined_labels(stop.reasons) or say("not recorded"),
        )
        for stop in result.rows
    )
    return Table((say("Patient"), say("Day"), say("Month"), say("Reasons")), rows, texts=frozenset({3}))


def deaths_note(result: Deaths) -> str:
    """Out of whom the percentages are."""
    return say(
        "{several}Causes: percentage of those who died. Deaths on any day.",
        several=_several_causes(result.causes),
    )


def stops_note(result: Discontinuation) -> str:
    """Out of whom the percentages are."""
    about = say(
        "{several}Reasons: percentage of those who stopped. The first stop on any day.",
        several=_several_reasons(result.reasons),
    )
    return f"{about} {no_decision(result)}".strip()


def no_decision(result: Discontinuation) -> str:
    """How many stops were no decision about the drug, and that they count all the same; blank where none was."""
    if not result.no_decision:
        return ""
    n = sum(number for _, number in result.no_decision)
    reasons = joined([f"{inside(reason.label)} {count(number)}" for reason, number in result.no_decision])
    return say(
        "Stops that were no decision about the drug: {n} of {rows} ({reasons}). They count as discontinuation here and "
        "in persistence on {drug}.",
        drug=result.analysed.drug,
        n=count(n),
        rows=count(len(result.rows)),
        reasons=reasons,
    )


def _several_causes(named: LabelCounts) -> str:
    n = named.several[0]
    several = (
        say_counted(
            n,
            "{patients} has more than one cause, so the lines add up to more.",
            "{patients} have more than one cause, so the lines add up to more.",
            patients=patients(n),
        )
        + " "
    )
    return several if n else ""


def _several_reasons(named: LabelCounts) -> str:
    n = named.several[0]
    several = (
        say_counted(
            n,
            "{patients} has more than one reason, so the lines add up to more.",
            "{patients} have more than one reason, so the lines add up to more.",
            patients=patients(n),
        )
        + " "
    )
    return several if n else ""


def mentions_summary(title: str, named: LabelCounts) -> str:
    """Figure and table in a sentence."""
    parts = [
        f"{label_count.label} {count(label_count.shares[0].n)}"
        for label_count in named.labels
        if label_count.shares[0].n
    ]
    return f"{title}: {patients(named.concerned[0])}. {joined(parts)}."


NO_DRUG = say(
    "No drug is named as the one studied, so nobody can have stopped it. Rows of treatments.csv would name it."
)


def nobody_died(n: int) -> str:
    """What is said without deaths."""
    return say_counted(n, "This patient did not die.", "None of these {patients} died.", patients=patients(n))


def nobody_stopped(n: int, drug: str) -> str:
    """What is said without discontinuations, or without a drug that is studied."""
    if not drug:
        return NO_DRUG
    return say_counted(
        n,
        "This patient did not stop {drug}.",
        "None of these {patients} stopped {drug}.",
        patients=patients(n),
        drug=drug,
    )


def part_hover(label: str, group: str, n: int) -> str:
    """What a part of a bar says."""
    return f"{bold(label)}{LINE}{group}: {patients(n)}"
