"""Words of what a comparison could have shown, and of what a p-value above 0.05 does not show."""

from __future__ import annotations

from components.core.numbers import EN_DASH, decimal
from data.language import say

COLUMN = say("HR detectable (80% power)")
EXPLAINED = say(
    "Detectable: the weakest hazard ratio, or its reciprocal, that these numbers would have shown at "
    "p < 0.05 in 80 of 100 studies (Schoenfeld); weaker effects are mostly missed, so p above 0.05 "
    "does not mean no effect."
)
PAIR = 2
LARGE, ENORMOUS = 10.0, 100.0
ALIKE_P = 0.05
"""From this p-value on a sentence about a test says that it is no evidence of equality."""


def detectable(ratio: float | None) -> str:
    """``≥ 4.33 or ≤ 0.23``; an en dash without any event, ``> 100 or < 0.01`` where it would have to be enormous."""
    if ratio is None:
        return EN_DASH
    if ratio > ENORMOUS:
        return say("> {digits} or < {digits_2}", digits=_digits(ENORMOUS), digits_2=_digits(1 / ENORMOUS))
    return say("≥ {digits} or ≤ {digits_2}", digits=_digits(ratio), digits_2=_digits(1 / ratio))


def _digits(ratio: float) -> str:
    """Two decimals, as of every hazard ratio; fewer for large ones."""
    return decimal(ratio, 0 if ratio >= ENORMOUS else 1 if ratio >= LARGE else 2)


def no_evidence_of_equality(p: float | None, ratio: float | None, groups: int) -> str:
    """What a p-value of 0.05 or more must not be read as, begun by a space; blank for a smaller one.

    ``ratio`` is the weakest that the comparison could have shown, of several groups with the reference the weakest.
    """
    if p is None or p < ALIKE_P:
        return ""
    if ratio is None:
        return " " + say("This does not mean that the groups are alike.")
    least = min(ratio, ENORMOUS)
    if groups == PAIR:
        return " " + say(
            "This does not mean that the groups are alike: 80 of 100 such studies would have found only "
            "a hazard ratio of {digits} or more, or {digits_2} or less.",
            digits=_digits(least),
            digits_2=_digits(1 / least),
        )
    return " " + say(
        "This does not mean that the groups are alike: 80 of 100 such studies would have found only "
        "a hazard ratio of, in the comparison that could show most, {digits} or more, or {digits_2} or less.",
        digits=_digits(least),
        digits_2=_digits(1 / least),
    )
