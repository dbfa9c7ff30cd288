from __future__ import annotations

import pytest

from components.chart.lettering import Run, lines, width, wrapped
from components.core.markup import LINE, bold, coloured, italic, plain


def test_marks_become_runs() -> None:
    text = f"{bold(coloured('PM < 1', '#00618f'))}   at risk{LINE}{italic('second')} line"
    assert lines(text) == (
        (Run("PM < 1", bold=True, colour="#00618f"), Run("   at risk")),
        (Run("second", italic=True), Run(" line")),
    )
    assert plain(text) == "PM < 1   at risk second line"


@pytest.mark.parametrize("text", ["< 1 month", "<b>bold</b>", "&lt;", "$x^2$", "<a href='http://a.example'>a</a>"])
def test_what_looks_like_markup_is_text(text: str) -> None:
    assert lines(text) == ((Run(text),),)
    assert plain(text) == text


def test_a_line_break_in_a_name_begins_no_line() -> None:
    assert lines("one\ntwo") == ((Run("one two"),),)


def test_width_is_that_of_the_longest_line() -> None:
    assert width(f"CADM{LINE}a much longer line", 12) == width("a much longer line", 12)
    assert width(bold("CADM"), 24) > 1.9 * width("CADM", 12)


def test_wrapped_lines_fit_and_lose_no_word() -> None:
    text = "Kaplan-Meier with log-log 95% limits (Greenwood); hazard ratios from univariate Cox models"
    found = wrapped(text, 11, 200)
    assert " ".join(found) == text
    assert len(found) > 2
    assert all(width(line, 11) <= 200 for line in found)
