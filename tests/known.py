"""What must be there: a number that can be estimated, a figure that is drawn."""

from __future__ import annotations

from typing import TypeVar

There = TypeVar("There")


def known(value: There | None) -> There:
    """The value; the test fails where there is none."""
    assert value is not None
    return value
