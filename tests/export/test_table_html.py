"""Tables in HTML: a cell breaks only before its limits and their name, and holds no markup of its own."""

from __future__ import annotations

from components.export.table_html import breakable, heading


def test_a_cell_may_break_at_the_comma_and_the_bracket() -> None:
    assert (
        breakable("100.0% (87.7–100.0%, beta product)")
        == "100.0%<span> </span>(87.7–100.0%,<span> </span>beta product)"
    )
    assert breakable("NR (1 to NR, beta product and log-log)").endswith(
        ",<span> </span>beta product<span> </span>and log-log)"
    )
    assert breakable("9.04 (1.18–69.51)") == "9.04<span class='limits'> </span>(1.18–69.51)"
    assert breakable("−3.3 (−5.8 to 0.0)") == "−3.3<span class='limits'> </span>(−5.8 to 0.0)"
    assert breakable("7.3 ± 2.1") == "7.3<span class='limits'> </span>± 2.1"
    assert breakable("Sex, n (%)") == "Sex, n\u00a0(%)"
    assert breakable("12 (30.0)") == "12 (30.0)"


def test_a_heading_breaks_before_a_short_bracket() -> None:
    assert heading("Hazard ratio (95% CI)") == "Hazard ratio (95%\u00a0CI)"
    assert heading("Days, median (first to third quartile)") == "Days, median (first to third quartile)"
    assert heading("<i>") == "&lt;i&gt;"


def test_text_of_a_file_is_text() -> None:
    assert breakable("<b>a, b</b>") == "&lt;b&gt;a, b&lt;/b&gt;"
