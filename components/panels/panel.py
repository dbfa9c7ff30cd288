"""The panel: everything that is shown of one result, whatever it is shown on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from components.analysis.analysis_set import AnalysisSet, together

if TYPE_CHECKING:
    from components.figures.theme import Figure
    from components.wording.tables import Table


@dataclass(frozen=True, eq=False)
class Panel:
    """A result made ready to show.

    ``alt`` is the text summary; ``notices`` are sentences that must be read before the figure, ``note`` the method and
    caveats in small type under it; ``aside`` holds tables that repeat the figure's numbers, ``cases`` those that list
    single patients; ``figure`` is None when nothing can be drawn, and then a notice says why. ``kind`` and ``result``
    let an export draw the same result natively.
    """

    kind: str
    title: str
    figure: Figure | None
    tables: tuple[Table, ...]
    alt: str
    note: str
    notices: tuple[str, ...] = ()
    aside: tuple[Table, ...] = ()
    cases: tuple[Table, ...] = ()
    aside_title: str = ""
    result: Any = None

    @property
    def analysed(self) -> AnalysisSet | None:
        """Who stands in the result, and until when they count; None where no patient is shown."""
        if isinstance(self.result, tuple):
            return together([one.analysed for one in self.result]) if self.result else None
        return getattr(self.result, "analysed", None)
