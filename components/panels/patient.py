"""The panel of one patient."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from components.figures.history import history_chart
from components.panels.panel import Panel
from components.wording import patient as words

if TYPE_CHECKING:
    from components.analysis.extent import Extent
    from components.analysis.history import History
    from data.cohort import Provenance


def patient_panel(result: History, extents: Mapping[str, Extent], provenance: Provenance) -> Panel:
    """Everything about a patient on one axis of time, with the caveat that goes with a single row."""
    notices = (words.caveat(result.patient, provenance), words.undated(result))
    return Panel(
        "patient",
        words.title(result),
        history_chart(result, extents),
        (),
        words.summary(result),
        f"{words.ending(result)} {words.note()}",
        tuple(notice for notice in notices if notice),
        result=result,
    )
