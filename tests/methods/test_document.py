"""The tables of the document are those of the register, and only what stands between the marks is written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app import PAGES
from components.methods.document import BEGIN, END, HEAD, row, shown, written
from components.methods.where_used import register
from components.methods.words import FILE
from components.survival.procedures import AT_RISK, LOG_RANK

REGISTER = register(place for page in PAGES for place in page.places)
OLD = f"# Methods\n\n## One\n\nText\n\n## Two\n\n{BEGIN}\n\nold\n\n{END}\n\n* A remark.\n"


def test_the_document_is_up_to_date() -> None:
    """Where it is not, `make methods` writes it."""
    assert written(FILE.read_text(encoding="utf-8"), REGISTER) == FILE.read_text(encoding="utf-8")


def test_a_row_gives_name_formula_source_and_call() -> None:
    assert row(LOG_RANK) == f"| Log-rank | {LOG_RANK.formula} | Mantel 1966 | `survdiff(Surv(day, event) ~ g)` |"
    assert row(AT_RISK["KMunicate"]).endswith("(KMunicate) | |")


def test_only_what_is_between_the_marks_is_written() -> None:
    one, two = replace(LOG_RANK, section="Two"), replace(LOG_RANK, section="Two", name="Another")
    table = "\n".join((*HEAD, row(one), row(two)))
    assert written(OLD, (one, two)) == OLD.replace("old", table)
    assert written(written(OLD, (two,)), (one, two)) == written(OLD, (one, two))


def test_a_section_without_marks_or_procedures_is_named() -> None:
    with pytest.raises(ValueError, match="in the section 'One'"):
        written(OLD, (replace(LOG_RANK, section="One"), replace(LOG_RANK, section="Two")))
    with pytest.raises(ValueError, match="in the section 'Two'"):
        written(OLD, ())


def test_no_mark_is_shown() -> None:
    assert shown(OLD) == "# Methods\n\n## One\n\nText\n\n## Two\n\nold\n\n* A remark.\n"
    assert "<!--" not in shown(FILE.read_text(encoding="utf-8"))
