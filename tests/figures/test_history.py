from __future__ import annotations

from components.analysis.extent import extent
from components.analysis.history import history
from components.figures.history import history_figure
from components.wording.marks import bold
from data.cohort import Cohort


def drawn(cohort: Cohort, patient: str) -> dict:
    found = history(cohort, patient)
    return history_figure(found, {course.measure.key: extent(cohort, course.measure) for course in found.courses})


def test_all_rows_share_the_axis_of_time(cohort: Cohort) -> None:
    figure = drawn(cohort, "P1")
    assert {trace["uid"]: trace["xaxis"] for trace in figure["data"]} == dict.fromkeys(
        ("trough", "prednisolone", "kl6", "marks"), "x"
    )
    marks = figure["data"][-1]
    assert marks["x"] == [10, 100, 120, 0]
    assert marks["marker"]["symbol"] == ["circle", "diamond", "circle", "triangle-right"]
    assert figure["layout"]["yaxis4"]["ticktext"] == [
        "Herpes zoster",
        "Cytomegalovirus infection",
        "Cytomegalovirus viremia",
        "Tacrolimus",
    ]


def test_lines_where_something_ended(cohort: Cohort) -> None:
    layout = drawn(cohort, "P3")["layout"]
    lines = [shape["x0"] for shape in layout["shapes"] if shape["type"] == "line" and shape["yref"] == "paper"]
    assert lines == [20, 50, 50]
    named = [note["text"] for note in layout["annotations"] if ", day " in note["text"]]
    assert named == [
        f"{bold(what)}, day {day}" for what, day in (("progression", 20), ("death", 50), ("tacrolimus stopped", 50))
    ]


def test_a_patient_of_whom_nothing_was_measured(cohort: Cohort) -> None:
    bare = cohort.where((cohort.patients["patient"] == "P5").to_numpy(dtype=bool))
    assert drawn(bare, "P5")["layout"]["height"] > 100
