"""How envelopes over reconstructions are printed, so that nobody takes one for a confidence interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.core.envelope import NEARLY, Envelope, Openness
from components.core.numbers import EN_DASH, MINUS, bare_p, count, decimal
from data.language import say

if TYPE_CHECKING:
    from collections.abc import Sequence

SWITCH, SWITCH_HELP = (
    say("Range across reconstructions"),
    say(
        "The patients are reconstructed from printed numbers, and other cohorts give those numbers back just as well. "
        "Dotted lines and the last table show the least and the most that all of them give."
    ),
)
LEAST, MOST = say("least across reconstructions"), say("most across reconstructions")


def in_key(members: int) -> str:
    """The dotted lines in the key of a figure."""
    return say("Least and most of {n} reconstructions", n=count(members))


def spread(found: Envelope, places: int, scale: float = 1.0, unit: str = "") -> str:
    """``33.3–66.7%``, or ``88.3%`` where all print the same; in how many there is none, where not in all is one."""
    ends = [decimal(scale * end, places) for end in (found.least, found.most)] if found.known else []
    return _joined(ends, say(" to ") if any(end.startswith(MINUS) for end in ends) else EN_DASH, unit, found)


def spread_of_p(found: Envelope) -> str:
    """The same of p-values."""
    ends = [bare_p(end) for end in (found.least, found.most)] if found.known else []
    return _joined(ends, say(" to "), "", found)


def _joined(ends: Sequence[str], joint: str, unit: str, found: Envelope) -> str:
    if not found.known:
        return say("NE in all")
    text = f"{joint.join(dict.fromkeys(ends))}{unit}"
    left = found.members - found.known
    return say("{range}; NE in {n}", range=text, n=count(left)) if left else text


def verdict(found: Sequence[Openness], members: int) -> str:
    """In one sentence whether the paper fixes what is shown, by how much ``members`` cohorts differ."""
    n, open_, several = count(members), sum(one is Openness.OPEN for one in found), len(found)
    if Openness.OPEN in found:
        return say(
            "Open ({open} of the {several} numbers below): {n} reconstructions that give the paper’s numbers back "
            "equally well differ, so the paper does not decide. Read the range, and not one value.",
            open=count(open_),
            several=count(several),
            n=n,
        )
    if Openness.NEARLY in found:
        return say(
            "Nearly fixed by the paper: {n} reconstructions that give its numbers back equally well differ by at most "
            "{units} units of the last digit printed here.",
            n=n,
            units=count(NEARLY),
        )
    return say(
        "Fixed by the paper: {n} reconstructions that give its numbers back equally well agree in every digit printed "
        "here.",
        n=n,
    )


def explained(members: int) -> str:
    """What the range is, and what it is not."""
    return say(
        "Least to most of {n} reconstructions, or one number where all print the same; no confidence interval. "
        "NE: not estimable.",
        n=count(members),
    )
