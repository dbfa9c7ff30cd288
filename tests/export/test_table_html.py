"""Tables in HTML: a cell breaks only where its name of limits begins, and holds no markup of its own."""

from __future__ import annotations

from components.export.table_html import breakable


def test_a_cell_may_break_at_the_comma_and_the_bracket() -> None:
    assert (
        breakable("100.0% (87.7–100.0%, beta product)")
        == "100.0%<span> </span>(87.7–100.0%,<span> </span>beta product)"
    )
    assert breakable("9.04 (1.18–69.51)") == "9.04 (1.18–69.51)"


def test_text_of_a_file_is_text() -> None:
    assert breakable("<b>a, b</b>") == "&lt;b&gt;a, b&lt;/b&gt;"
