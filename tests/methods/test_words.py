from __future__ import annotations

from pathlib import Path

from components.core.method import PAPER, Method
from components.methods import words
from components.methods.document import shown
from components.survival.procedures import LOG_RANK, REVERSE_KAPLAN_MEIER


def test_the_document_is_shown_whole() -> None:
    text = shown(words.FILE.read_text(encoding="utf-8"))
    sections = words.sections()
    rebuilt = "\n\n".join(
        f"## {one.title}\n\n{one.text}" if one.title else f"# Methods\n\n{one.text}" for one in sections
    )
    assert rebuilt + "\n" == text
    assert [one.title for one in sections][:3] == ["", "Time", "What the numbers of a file are taken for"]


def test_sections_are_cut_at_their_headings(tmp_path: Path) -> None:
    file = tmp_path / "methods.md"
    file.write_text("# Title\n\nFirst.\n\n## One, two\n\nText\n### deeper\n\n## Three\nEnd\n", encoding="utf-8")
    assert words.sections(file) == (
        words.Section("", "First."),
        words.Section("One, two", "Text\n### deeper"),
        words.Section("Three", "End"),
    )
    assert words.Section("One, two", "").anchor == "one-two"


def test_links_lead_to_every_section() -> None:
    first, then, _ = words.contents().split(" · ", 2)
    assert first == f"**{words.CONTENTS}:** [{words.CAN_RUN}](#what-can-be-computed-and-where)"
    assert then == "[Time](#time)"
    anchors = [words.Section(words.CAN_RUN, "").anchor, *(one.anchor for one in words.sections() if one.title)]
    assert len(set(anchors)) == len(anchors) == words.contents().count("](#")


def test_procedures_of_a_panel_stand_with_sentence_source_and_call() -> None:
    table = words.used_table("Overall survival", (LOG_RANK,), 0.95)
    assert table.caption == "Overall survival"
    assert table.rows == (
        (
            "Log-rank",
            "Groups are compared by the log-rank test; the degrees of freedom are the rank of its covariance.",
            "Mantel 1966",
            "survdiff(Surv(day, event) ~ g)",
        ),
    )


def test_places_are_gathered_by_page() -> None:
    pairs = [("Survival", "curves"), ("Survival", "pairs"), ("Safety", "reactions")]
    rows = words.places_table({LOG_RANK: pairs, REVERSE_KAPLAN_MEIER: []}).rows
    assert [row[1] for row in rows] == ["Survival: curves, pairs; Safety: reactions", words.EVERY_PAGE]


def test_conventions_in_force_say_whether_they_are_the_papers() -> None:
    assert words.in_force(PAPER).endswith(words.AS_IN_THE_PAPER)
    changed = words.in_force(Method(ties="efron"))
    assert "Efron ties" in changed
    assert changed.endswith(words.CHANGED)
