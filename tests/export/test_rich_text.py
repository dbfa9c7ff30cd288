from __future__ import annotations

from components.export.rich_text import Run, lines, plain, width, wrapped


def test_marks_become_runs() -> None:
    markup = '<b><span style="color:#00618f">PM &lt; 1</span></b>   at risk<br><i>second</i> line'
    assert lines(markup) == (
        (Run("PM < 1", bold=True, colour="#00618f"), Run("   at risk")),
        (Run("second", italic=True), Run(" line")),
    )
    assert plain(markup) == "PM < 1   at risk second line"


def test_a_lone_smaller_than_is_text() -> None:
    assert plain("< 1 month") == "< 1 month"
    assert plain("1 to < 3 months, > 2 years") == "1 to < 3 months, > 2 years"


def test_width_is_that_of_the_longest_line() -> None:
    assert width("CADM<br>a much longer line", 12) == width("a much longer line", 12)
    assert width("<b>CADM</b>", 24) > 1.9 * width("CADM", 12)


def test_wrapped_lines_fit_and_lose_no_word() -> None:
    text = "Kaplan-Meier with log-log 95% limits (Greenwood); hazard ratios from univariate Cox models"
    found = wrapped(text, 11, 200)
    assert " ".join(found) == text
    assert len(found) > 2
    assert all(width(line, 11) <= 200 for line in found)
