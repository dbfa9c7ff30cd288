"""Whose patients a link shows: the fingerprint of the data, and before that of an imported cohort a mark.

The fingerprint says nothing about a patient; it lets an address say that it showed other data than those that are open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.cohort import Provenance

OWN = "own-"
"""What the fingerprint of an imported cohort begins with in a link."""


def written(provenance: Provenance) -> str:
    """How a link names the data: ``1a2b3c4d5e6f``, or ``own-1a2b3c4d5e6f`` for an imported cohort."""
    return f"{OWN}{provenance.fingerprint}" if provenance.kind == "imported" else provenance.fingerprint


def is_own(text: str) -> bool:
    """Whether a link names an imported cohort by this text."""
    return text.startswith(OWN)


def fingerprint(text: str) -> str:
    """The fingerprint in such a text, no longer than one can be."""
    return text.removeprefix(OWN)[:12]
