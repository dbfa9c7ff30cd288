"""Every panel names its patients and its follow-up: all are drawn or left out for a reason, the same wherever it goes.

``SEEDS=20 pytest tests/export/test_whom_every_panel_counts.py`` walks longer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from html import unescape
from io import BytesIO
from random import Random
from typing import Any

import pytest
import streamlit
from pptx import Presentation

import components.ui.stage
from components.biomarker.analysis import CutPoint, Discrimination
from components.biomarker.hazard_by_value import HazardByValue
from components.core.analysis_set_words import counted, who
from components.core.columns import columns
from components.core.footer_words import footer
from components.courses.analysis import Course
from components.export.report import Report, report_html
from components.export.slides import Entry, presentation
from components.export.stamp import stamp
from components.patient.history import History
from components.safety.first_reaction import CumulativeIncidence
from components.survival.analysis import Survival
from components.survival.hazard_ratios import Prognosis
from components.survival.pairwise import Pairs
from components.survival.time_varying import TimeVarying
from components.treatment.time_in_range import TimeInRange
from components.ui.stage import PAGE
from data.cohort import Cohort
from data.reading.read import reconstructed_cohort
from tests.export.test_every_panel import FILES, SEEDS, Offered, opened, taken
from tests.known import known

__all__ = ["taken"]
ON = date(2026, 1, 1)

DRAWN: Mapping[type, Callable[[Any], int]] = {
    Survival: lambda result: sum(curve.n for curve in result.curves),
    Pairs: lambda result: result.overall.n,
    CumulativeIncidence: lambda result: sum(curve.n for curve in result.curves),
    Discrimination: lambda result: result.n,
    HazardByValue: lambda result: result.n,
    CutPoint: lambda result: result.n,
    TimeVarying: lambda result: result.n,
    Prognosis: lambda result: result.n,
    TimeInRange: lambda result: len(result.patients),
    History: lambda _: 1,
    Course: lambda result: result.analysed.n if enough(result) else -1,
}
"""The patients drawn, counted from the result itself."""


def enough(result: Course) -> bool:
    """Whether no visit shows more patients than are counted, nor the lines others."""
    at = [sum(series.points[v].measured for series in result.series) for v in range(len(result.series[0].points))]
    n = result.analysed.n
    return max(at) <= n <= sum(series.n for series in result.series) and len(set(result.lines.patients)) <= n


def check(offered: Offered, study: Cohort, monkeypatch: pytest.MonkeyPatch) -> None:
    panel, here = offered.panel, offered.here
    analysed = panel.analysed
    assert analysed is not None, panel.kind
    asked = here.filter.of(study.of_population(analysed.population.key))
    assert analysed.n + sum(left.n for left in analysed.left_out) == analysed.of == asked.n, panel.kind
    results = panel.result if isinstance(panel.result, tuple) else (panel.result,)
    for result in results:
        drawn = DRAWN.get(type(result))
        if drawn and (not isinstance(result, Course) or result.series):
            assert drawn(result) == result.analysed.n, panel.kind
        if hasattr(result, "columns"):
            assert result.columns.n[0] == analysed.n
    if isinstance(panel.result, Survival | Prognosis):
        kept = asked.where(analysed.members)
        days, had = kept.time_to(panel.result.endpoint)
        assert panel.result.events == int((had & (days <= analysed.follow_up.end)).sum())

    drawn_on_stage: list[str] = []
    monkeypatch.setattr(components.ui.stage, "shown", lambda: here)
    monkeypatch.setattr(streamlit, "session_state", {PAGE: None})
    monkeypatch.setattr(components.ui.stage, "_place", lambda *_: None)
    monkeypatch.setattr(streamlit, "html", drawn_on_stage.append)
    components.ui.stage.heading(components.ui.stage.room_of(panel, "any"))
    made = stamp(here.cohort, here.filter, panel, ON, here.method)
    report = Report("Is it so?", panel, made, here.cohort, asked.n)
    places = {
        "stage": unescape("".join(drawn_on_stage)),
        "stamp": " ".join(made.lines),
        "report": unescape(report_html(report).decode()),
        "table file": " ".join(footer(analysed, here.whole.provenance, here.filter, panel.note, ON)),
    }
    if panel.figure is not None or panel.tables:
        slide = Presentation(BytesIO(presentation((Entry(panel.title, panel, made),)))).slides[0]
        places["slide"] = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    for name, text in places.items():
        assert who(analysed) in text, (panel.kind, name)
        assert not analysed.n or counted(analysed.follow_up) in text, (panel.kind, name)


@pytest.mark.parametrize("page", sorted(set(FILES) - {"methods", "evidence", "looks"}))
@pytest.mark.parametrize("seed", SEEDS)
def test_every_panel_says_whom_it_counts(
    gaps: Cohort, taken: list[Offered], monkeypatch: pytest.MonkeyPatch, page: str, seed: int
) -> None:
    chance = Random(f"whom {page} {seed}")  # noqa: S311 - no secret
    study = reconstructed_cohort() if chance.random() < 0.5 else gaps
    opened(study, page, chance)
    for offered in taken:
        with monkeypatch.context() as patch:
            check(offered, study, patch)


@pytest.mark.parametrize(
    ("by", "drawn", "left_out"), [("anti_mda5", 49, "120 not tested (anti-MDA5 antibody)"), ("subtype", 169, "")]
)
def test_the_report_follows_the_patients_drawn(by: str, drawn: int, left_out: str) -> None:
    """Of 169 patients 49 were tested for anti-MDA5; theirs is another follow-up than that of all."""
    from components.survival.analysis import survival  # noqa: PLC0415

    cohort = reconstructed_cohort().of_population("outcome")
    result = survival(cohort, cohort.dictionary.endpoints[0], cohort.dictionary.factor[by])
    assert result.analysed.n == drawn
    assert left_out in who(result.analysed)
    assert round(known(result.follow_up.value) * 12 / 365.25, 1) == (35.5 if by == "anti_mda5" else 35.6)
    assert columns(cohort, cohort.dictionary.factor[by]).analysed.n == 169
