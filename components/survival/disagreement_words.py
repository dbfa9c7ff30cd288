"""What is said where two methods for the same comparison disagree on whether there is a difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.core.numbers import joined
from data.language import say

if TYPE_CHECKING:
    from components.core.estimate import Estimate
    from components.survival.analysis import Survival


def disagreement(result: Survival) -> str:
    """One sentence where limits and p of a comparison are of different methods and point to different answers."""
    level = 1 - result.method.level
    means = [d.label for d in result.differences if _apart(d.days, d.p, 0.0, level)]
    two = len(result.curves) == 2
    ratio = next((one.ratio for one in result.comparison.levels if not one.reference), None) if two else None
    said = (
        say("limits and p of the difference of restricted means ({names})", names=joined(means)) if means else "",
        say("the limits of the hazard ratio and the log-rank p")
        if ratio is not None and _apart(ratio, result.log_rank.p, 1.0, level)
        else "",
    )
    found = [part for part in said if part]
    if not found:
        return ""
    what = joined(found)
    return say(
        "{what} come from different methods and disagree here: with few events and a p near {level} neither settles "
        "whether there is a difference.",
        what=f"{what[0].upper()}{what[1:]}",
        level=f"{level:g}",
    )


def _apart(found: Estimate, p: float | None, none: float, level: float) -> bool:
    """Whether the limits leave out ``none``, the value of no difference, where the p-value does not, or the reverse."""
    if p is None or found.lower is None or found.upper is None:
        return False
    return (found.lower > none or found.upper < none) != (p < level)
