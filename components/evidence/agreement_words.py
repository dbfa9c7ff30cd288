"""Words of the comparison with R."""

from __future__ import annotations

from math import floor, isinf, log10

from components.core.numbers import count, decimal
from components.core.table import Table
from components.evidence.agreement import Agreement
from data.dictionary import Dictionary
from data.language import say, say_declared
from data.paper.reference import ReferenceAnswer
from data.variables import DICTIONARY

KINDS = (
    (say("Survival at two years, with its limits"), ("survival", "survival_lower", "survival_upper")),
    (say("Log-rank tests: χ² and p"), ("log_rank", "p")),
    (say("Hazard ratios, with their limits"), ("hazard_ratio", "lower", "upper")),
)
SHOWN_FACTORS = ("", "subtype", "anti_mda5", "anti_ars")
SHOWN = {
    "survival": say("{endpoint} at two years: {group}"),
    "hazard_ratio": say("{endpoint}, hazard ratio: {group}"),
    "log_rank": say("{endpoint}, log-rank χ²: {group}"),
}
SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
ABSENT = say(
    "R's answers are stored for another cohort than the one that is open, so no comparison is shown. "
    "“make reference” has R read the cohort again."
)


def sentence(result: Agreement) -> str:
    """Who computed what, and how far apart the answers are."""
    return say(
        "{software} read the same files and derived every level on its own: {lines} answers for "
        "overall and progression-free survival by every prognostic factor. Largest difference, "
        "relative to R's number (or to 1 where that is smaller): {tiny}.",
        software=result.software,
        lines=count(len(result.lines)),
        tiny=tiny(result.largest()),
    )


def kinds_table(result: Agreement) -> Table:
    """How many numbers of each kind were compared, and the largest difference."""
    rows = tuple((label, count(len(result.of(*kinds))), tiny(result.largest(*kinds))) for label, kinds in KINDS)
    return Table((say("What was compared"), say("Numbers"), say("Largest difference")), rows)


def lines_table(result: Agreement, words: Dictionary = DICTIONARY) -> Table:
    """The answers for the paper's main groups side by side, to six decimals."""
    shown = [line for line in result.of(*SHOWN) if line.theirs.factor in SHOWN_FACTORS]
    rows = tuple(
        (_about(line.theirs, words), _exact(line.ours, line.theirs), _exact(line.theirs.value, line.theirs))
        for line in shown
    )
    return Table((say("Main results"), say("Here"), result.software), rows)


def _about(asked: ReferenceAnswer, words: Dictionary) -> str:
    factor = words.factor[asked.factor].label if asked.factor else say("all patients")
    level = f", {say_declared(asked.level)}" if asked.level else ""
    return SHOWN[asked.statistic].format(endpoint=words.endpoint[asked.endpoint].label, group=f"{factor}{level}")


def _exact(value: float | None, asked: ReferenceAnswer) -> str:
    if value is None:
        return say("NA")
    return f"{decimal(100 * value, 6)}%" if asked.statistic == "survival" else decimal(value, 6)


def tiny(difference: float) -> str:
    """A very small number as ``5 × 10⁻¹²``; ``none`` for 0."""
    if isinf(difference):
        return say("only one has a number")
    if difference == 0:
        return say("none")
    exponent = floor(log10(difference))
    first = decimal(difference / 10.0**exponent, 0)
    return f"{first} × 10{str(exponent).translate(SUPERSCRIPT)}" if first != "10" else tiny(10.0 ** (exponent + 1))
