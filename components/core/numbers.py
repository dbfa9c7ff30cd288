"""Numbers in print: fixed decimals, en dash in intervals, thin space in thousands, typographic minus."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from math import isinf
from typing import TYPE_CHECKING

from components.core.estimate import Estimate, Reason
from components.core.reason_words import SHORT
from data.reading.labels import inside as inside  # noqa: PLC0414 - offered here as well, with the numbers it stands among

if TYPE_CHECKING:
    from data.dictionary import Endpoint

THIN_SPACE, EN_DASH, MINUS = "\u202f", "\u2013", "\u2212"
SMALLEST_P = 0.001
PATIENTS = "patients"
"""What bars and rows of numbers count."""

DAYS_PER_MONTH = 365.25 / 12


def decimal(value: float, places: int = 0) -> str:
    """The value rounded half away from zero, as the paper (SAS) rounds: ``decimal(1234.5)`` gives ``1 235``."""
    # Fourteen digits: a ratio of 9/8 that comes out as 1.1249999999999998 is still a half.
    rounded = Decimal(f"{float(value) + 0.0:.14g}").quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,}".replace(",", THIN_SPACE)
    return f"{MINUS}{text}" if rounded < 0 else text


def count(number: int) -> str:
    """A count with thin spaces between thousands."""
    return decimal(number)


def percent(share: float, places: int = 1) -> str:
    """A share between 0 and 1 as a percentage: ``90.3%``."""
    return f"{decimal(100 * share, places)}%"


def interval(lower: float | None, upper: float | None, places: int, scale: float = 1.0, unit: str = "") -> str:
    """``1.18–69.51``, with "to" beside a minus sign; a limit that is not estimable reads NE."""
    ends = ["NE" if end is None else _limit(scale * end, places) for end in (lower, upper)]
    return (" to " if any(MINUS in end for end in ends) else EN_DASH).join(ends) + unit


def _limit(value: float, places: int) -> str:
    return "∞" if isinf(value) else decimal(value, places)


def with_interval(estimate: Estimate, places: int, scale: float = 1.0, unit: str = "") -> str:
    """``9.04 (1.18–69.51)``, the value alone where there are no limits, or the reason in short.

    The procedure of the limits is named where it is not the usual one: ``100.0% (87.7–100.0%, beta product)``. A value
    that is not known keeps its limits: ``NR (3.3 to NR)``.
    """
    if estimate.value is not None:
        text = f"{_limit(scale * estimate.value, places)}{unit}"
        ends = interval(estimate.lower, estimate.upper, places, scale, unit)
    else:
        text = SHORT[estimate.reason] if estimate.reason else EN_DASH
        known = ("NE" if end is None else _limit(scale * end, places) for end in (estimate.lower, estimate.upper))
        ends = f"{' to '.join(known)}{unit}"
        ends = ends.replace("NE", text) if estimate.reason is Reason.NOT_REACHED else ends
    if estimate.lower is None and estimate.upper is None:
        return text
    return f"{text} ({ends}{f', {estimate.limits}' if estimate.limits else ''})"


def p_value(p: float | None) -> str:
    """``p = 0.012`` or ``p < 0.001``; an en dash without a p-value."""
    if p is None:
        return EN_DASH
    return "p < 0.001" if p < SMALLEST_P else f"p = {decimal(p, 3)}"


def bare_p(p: float | None) -> str:
    """The p-value for a column headed p: ``0.012`` or ``< 0.001``."""
    return p_value(p).removeprefix("p ").removeprefix("= ")


def months(days: float) -> str:
    """Days as months with one decimal, for reading beside the day."""
    return decimal(days / DAYS_PER_MONTH, 1)


def patients(n: int) -> str:
    """``1 patient``, ``61 patients``."""
    return f"{count(n)} patient{'' if n == 1 else 's'}"


def with_unit(label: str, unit: str) -> str:
    """``KL-6, U/mL``; a label that begins with its unit, as %FVC does, stands alone."""
    return f"{label}, {unit}" if unit and not label.startswith(unit) else label


def any_of(n: int) -> str:
    """Whom a sentence about nobody speaks of: ``this patient``, ``any of these 3 patients``."""
    return "this patient" if n == 1 else f"any of these {patients(n)}"


def happened(endpoint: Endpoint, n: int) -> str:
    """``1 death``, ``12 deaths``."""
    return f"{count(n)} {endpoint.event if n == 1 else endpoint.events}"


def joined(parts: tuple[str, ...] | list[str], last: str = "and") -> str:
    """``a, b and c``."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}" if parts else ""
