"""The panel of one patient."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from components.core.panel import Panel
from components.patient import words
from components.patient.chart import history_chart

if TYPE_CHECKING:
    from components.courses.axis_range import AxisRange
    from components.patient.history import History
    from data.cohort import Provenance


def patient_panel(result: History, extents: Mapping[str, AxisRange], provenance: Provenance) -> Panel:
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
