"""Numbers in print: fixed decimals, en dash in intervals, thin space in thousands, typographic minus."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from math import ceil, floor, isinf
from typing import TYPE_CHECKING

from components.core.estimate import NOT_REACHED, Estimate
from components.core.reason_words import LIMITS, SHORT
from components.core.small_counts import FEWEST, few, hiding, rounded_down
from data.language import say, say_counted
from data.reading.labels import inside as inside  # noqa: PLC0414 - offered here as well, with the numbers it stands among

if TYPE_CHECKING:
    from data.entries import Endpoint

THIN_SPACE, EN_DASH, MINUS = "\u202f", "\u2013", "\u2212"
SMALLEST_P = 0.001
PATIENTS = say("patients")
"""What bars and rows of numbers count."""

PROPORTION = say("proportion")
"""The unit of a share that is 1 when it is all."""

NO_DIFFERENCE = say("no difference")
"""What a line at a ratio of 1 or a difference of 0 is called."""

DAYS_PER_MONTH = 365.25 / 12


def decimal(value: float, places: int = 0) -> str:
    """The value rounded half away from zero, as the paper (SAS) rounds: ``decimal(1234.5)`` gives ``1 235``."""
    # Fourteen digits: a ratio of 9/8 that comes out as 1.1249999999999998 is still a half.
    rounded = Decimal(f"{float(value) + 0.0:.14g}").quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,}".replace(",", THIN_SPACE)
    return f"{MINUS}{text}" if rounded < 0 else text


def count(number: int) -> str:
    """A count with thin spaces between thousands; rounded down, or ``<5``, where small counts are hidden."""
    if hiding():
        return f"<{FEWEST}" if few(number) else decimal(rounded_down(number))
    return decimal(number)


def number_printed(number: int) -> int | None:
    """The number that ``count`` prints; None where small counts are hidden and it is one."""
    if not hiding():
        return number
    return None if few(number) else rounded_down(number)


def percent(share: float, places: int = 1) -> str:
    """A share between 0 and 1 as a percentage: ``90.3%``; whole where small counts are hidden."""
    return f"{decimal(100 * share, 0 if hiding() else places)}%"


def share_percent(share: Estimate, *, alone: bool = False) -> str:
    """An estimated share with its limits: ``90.3% (80.1–95.2%)``, or ``alone``: ``90.3%``.

    Where small counts are hidden it is the range in which the share lies, rounded outwards: ``80–93%``.
    """
    if hiding() and share.value is not None and share.lower is not None and share.upper is not None:
        return f"{decimal(floor(100 * share.lower))}{EN_DASH}{decimal(ceil(100 * share.upper))}%"
    if alone and share.value is not None:
        return percent(share.value)
    return with_interval(replace(share, lower=None, upper=None) if alone else share, 1, 100, "%")


def interval(lower: float | None, upper: float | None, places: int, scale: float = 1.0, unit: str = "") -> str:
    """``1.18–69.51``, with "to" beside a minus sign; a limit that is not estimable reads NE."""
    ends = [say("NE") if end is None else _limit(scale * end, places) for end in (lower, upper)]
    return (say(" to ") if any(MINUS in end for end in ends) else EN_DASH).join(ends) + unit


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
        unknown = text if estimate.reason in NOT_REACHED else say("NE")
        known = (unknown if end is None else _limit(scale * end, places) for end in (estimate.lower, estimate.upper))
        ends = f"{say(' to ').join(known)}{unit}"
    if estimate.lower is None and estimate.upper is None:
        return text
    return f"{text} ({ends}{f', {LIMITS[estimate.limits]}' if estimate.limits else ''})"


def p_value(p: float | None) -> str:
    """``p = 0.012`` or ``p < 0.001``; an en dash without a p-value."""
    if p is None:
        return EN_DASH
    bare = bare_p(p)
    return say("p {p}", p=bare) if bare.startswith("<") else say("p = {p}", p=bare)


def bare_p(p: float | None) -> str:
    """The p-value for a column headed p: ``0.012`` or ``< 0.001``."""
    if p is None:
        return EN_DASH
    return "< 0.001" if p < SMALLEST_P else decimal(p, 3)


def months(days: float) -> str:
    """Days as months with one decimal, for reading beside the day."""
    return decimal(days / DAYS_PER_MONTH, 1)


def patients(n: int) -> str:
    """``1 patient``, ``61 patients``."""
    return say_counted(told(n), "{n} patient", "{n} patients", n=count(n))


def told(n: int) -> int:
    """The number that a printed count is in grammar: ``<5 patients``, never ``<5 patient``."""
    return FEWEST if hiding() else n


def with_unit(label: str, unit: str) -> str:
    """``KL-6, U/mL``; a label that begins with its unit, as %FVC does, stands alone."""
    return f"{label}, {unit}" if unit and not label.startswith(unit) else label


def any_of(n: int) -> str:
    """Whom a sentence about nobody speaks of: ``this patient``, ``any of these 3 patients``."""
    return say_counted(n, "this patient", "any of these {patients}", patients=patients(n))


def happened(endpoint: Endpoint, n: int) -> str:
    """``1 death``, ``12 deaths``."""
    return f"{count(n)} {endpoint.event if told(n) == 1 else endpoint.events}"


def joined(parts: tuple[str, ...] | list[str], last: str = "") -> str:
    """``a, b and c``; ``last`` is the word between the last two, where it is another."""
    if len(parts) < 2:
        return "".join(parts)
    return say("{all_but_one} {and_} {one}", all_but_one=say(", ").join(parts[:-1]), and_=last or say("and"),
               one=parts[-1])  # fmt: skip
