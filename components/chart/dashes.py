"""The patterns of lines."""

from __future__ import annotations

from typing import Literal

Dash = Literal["solid", "dash", "dot", "dashdot", "longdash", "longdashdot", "longdashdotdot"]
"""No group is dotted: ranges across reconstructions are, and lines of another kind."""
