"""The register, its words, the document and the places stand for the same procedures."""

from __future__ import annotations

import re

import pytest

from app import PAGES
from components.core.procedure import DESCRIBED, Procedure, listed, procedures_of
from components.core.procedure_words import COMPARING, SURVIVAL_TIME, brief, sentences
from components.methods.places import EVERYWHERE
from components.methods.words import FILE

P = Procedure


def rows_of_the_document() -> list[list[str]]:
    """Every row of the document's tables of statistics: name, formula, source, call in R."""
    found, inside = [], False
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("| Statistic "):
            inside = True
        elif inside and not line.startswith("|"):
            inside = False
        elif inside and not line.startswith("|---"):
            found.append([cell.strip() for cell in line.strip("|").split("|")])
    return found


def test_every_procedure_is_described_once_with_its_source() -> None:
    assert set(DESCRIBED) == set(Procedure)
    names = [found.name for found in DESCRIBED.values()]
    assert len(set(names)) == len(names)
    assert all(found.source and found.sentence.endswith(".") for found in DESCRIBED.values())


def test_the_document_has_a_row_for_every_procedure_and_for_nothing_else() -> None:
    rows = rows_of_the_document()
    said = sorted((name, source, call) for name, _, source, call in rows)
    assert said == sorted((one.name, one.source, f"`{one.r}`" if one.r else "") for one in DESCRIBED.values())
    assert all(formula for _, formula, _, _ in rows)


def test_nothing_is_described_that_no_panel_can_reach() -> None:
    reached = {one for page in PAGES for place in page.places for one in place.procedures}
    assert reached | set(EVERYWHERE) == set(Procedure)
    assert not reached & set(EVERYWHERE)


def test_procedures_are_listed_once_in_the_order_of_the_register() -> None:
    assert listed((P.WALD, True), (P.KAPLAN_MEIER, 2), (P.FIRTH, None), (P.WALD, ())) == (P.KAPLAN_MEIER, P.WALD)

    class Some:
        procedures = (P.FIRTH, P.KAPLAN_MEIER)

    assert procedures_of((Some(), None, Some())) == (P.KAPLAN_MEIER, P.FIRTH)
    assert procedures_of(object()) == ()


def test_a_sentence_names_level_and_source() -> None:
    (said,) = sentences((P.FIRTH,), 0.9)
    assert said == (
        "Firth's penalised hazard ratio with profile limits (90%) is finite also where a group has no event "
        "(Firth 1993; Heinze and Schemper 2001)."
    )


@pytest.mark.parametrize(
    ("ran", "said"),
    [
        ((), ""),
        ((P.DESCRIPTION,), ""),
        ((P.LIMITS_PLAIN, P.KAPLAN_MEIER), "Kaplan-Meier with plain 95% limits (Greenwood)."),
        ((P.WALD, P.COX_EFRON), "Hazard ratios from univariate Cox models, Efron ties; Wald 95% limits."),
        ((P.CUMULATIVE_INCIDENCE, P.LIMITS_LOG), "Aalen-Johansen estimate; log 95% limits (Greenwood)."),
    ],
)
def test_the_small_type_names_the_conventions_that_ran(ran: tuple[Procedure, ...], said: str) -> None:
    assert brief(ran, 0.95) == said


def test_no_placeholder_is_left_over() -> None:
    texts = [text for one in DESCRIBED.values() for text in (one.sentence, one.brief)]
    assert {name for text in texts for name in re.findall(r"{(.*?)}", text)} == {"level"}
    assert set(Procedure) > COMPARING | SURVIVAL_TIME
