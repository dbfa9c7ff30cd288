"""What stands pale behind the patients shown, with its number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.core.numbers import count
from data.language import say

if TYPE_CHECKING:
    from components.core.pale import Pale


def pale_of(pale: Pale, n: int) -> str:
    """Whose curve, line or bar it is: ``Without the filter (n = 169)``."""
    return say("{name} (n = {n})", name=pale.name, n=count(n))
