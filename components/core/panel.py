"""The panel: everything that is shown of one result, whatever it is shown on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from components.core.analysis_set import AnalysisSet, together
from components.core.look import Look, looks_of
from components.core.procedure import procedures_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from components.chart.chart import Chart
    from components.core.procedure import Procedure
    from components.core.table import Table


@dataclass(frozen=True, eq=False)
class Panel:
    """A result made ready to show.

    ``alt`` is the text summary; ``notices`` are sentences that must be read before the figure, ``note`` the method and
    caveats in small type under it; ``aside`` holds tables that repeat the figure's numbers, ``cases`` those that list
    single patients; ``figure`` is None when nothing can be drawn, and then a notice says why. ``kind`` and ``result``
    let an export draw the same result natively. ``made_with`` are the procedures of what is shown
    where that is less or more than the result's own, ``compared`` likewise the comparisons whose p-values are shown.
    ``strip`` is what is read at once of the figure, a line for each of its groups: it stands over the figure wherever
    that is shown, on the stage too, which has no room for other tables, and in pictures and on slides. ``under_figure``
    is a sentence that belongs to the figure, in small type right under it. ``rounded`` makes it again from rounded
    counts, to be shown where small counts are hidden; one without such a form is withheld there. ``across`` is what
    other reconstructions give of the result, None where that is not shown.
    """

    kind: str
    title: str
    figure: Chart | None
    tables: tuple[Table, ...]
    alt: str
    note: str
    notices: tuple[str, ...] = ()
    aside: tuple[Table, ...] = ()
    cases: tuple[Table, ...] = ()
    aside_title: str = ""
    result: Any = None
    made_with: tuple[Procedure, ...] | None = None
    compared: tuple[Look, ...] | None = None
    strip: Table | None = None
    under_figure: str = ""
    rounded: Callable[[], Panel] | None = None
    across: Any = None

    @property
    def small(self) -> str:
        """What stands in small type: the sentence under the figure, and the note."""
        return " ".join(part for part in (self.under_figure, self.note) if part)

    @property
    def tables_under(self) -> tuple[Table, ...]:
        """The tables under the figure: those that do not stand over it as its strip."""
        return tuple(table for table in self.tables if self.figure is None or table is not self.strip)

    @property
    def analysed(self) -> AnalysisSet | None:
        """Who stands in the result, and until when they count; None where no patient is shown."""
        if isinstance(self.result, tuple):
            return together([one.analysed for one in self.result]) if self.result else None
        return getattr(self.result, "analysed", None)

    @property
    def looks(self) -> tuple[Look, ...]:
        """The comparisons whose p-values it shows."""
        return looks_of(self.result) if self.compared is None else self.compared

    @property
    def procedures(self) -> tuple[Procedure, ...]:
        """What the numbers shown were made with, in the order of the register; nothing where none are shown."""
        if self.figure is None and not self.tables and not self.aside:
            return ()
        return procedures_of(self.result) if self.made_with is None else self.made_with
