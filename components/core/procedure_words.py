"""What a report and the small type under a figure say of the procedures that ran."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.core.numbers import decimal
from components.core.procedure import in_order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from components.core.procedure import Procedure


def _level(level: float) -> str:
    return f"{decimal(100 * level)}%"


def sentence(procedure: Procedure, level: float) -> str:
    """What was done, in a sentence."""
    return procedure.sentence.format(level=_level(level))


def sentences(procedures: Iterable[Procedure], level: float) -> tuple[str, ...]:
    """What a report says of ``procedures``, in their order, each with its source."""
    return tuple(f"{sentence(one, level).removesuffix('.')} ({one.source})." for one in procedures)


def brief(procedures: Iterable[Procedure], level: float) -> str:
    """The conventions behind the numbers of a figure, for the small type under it; blank where there are none."""
    ran = in_order(procedures)
    said = "; ".join(one.brief.format(level=_level(level)) for one in ran if one.brief)
    if not said:
        return ""
    for one in ran:
        said = one.around.format(said=said) if one.around else said
    return f"{said[0].upper()}{said[1:]}."
