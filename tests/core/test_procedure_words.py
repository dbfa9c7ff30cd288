"""The register and its words: every procedure that is declared, once, in order."""

from __future__ import annotations

import re
import sys
from importlib.metadata import version

import pytest

from app import PAGES
from components.core.procedure import Procedure, listed, procedures_of
from components.core.procedure_words import brief, sentences
from components.core.summary import DESCRIPTION
from components.methods.where_used import EVERYWHERE, register
from components.survival.procedures import (
    COX_EFRON,
    CUMULATIVE_INCIDENCE,
    FIRTH,
    KAPLAN_MEIER,
    LIMITS_LOG,
    LIMITS_PLAIN,
    WALD,
)
from data.language import places

REGISTER = register(place for page in PAGES for place in page.places)


def declared() -> dict[str, Procedure]:
    """Every procedure that a module of the dashboard holds, by module and name; app.py has loaded them all."""
    return {
        f"{module}.{name}": value
        for module, loaded in sys.modules.copy().items()
        if module.startswith(("components.", "pages."))
        for name, value in vars(loaded).items()
        if isinstance(value, Procedure)
    }


def test_the_register_holds_every_procedure_that_is_declared() -> None:
    assert {name for name, one in declared().items() if one not in REGISTER} == set()
    assert set(REGISTER) <= set(declared().values())


def test_procedures_are_told_apart_and_described_with_their_source() -> None:
    for words in zip(*((one.key, one.name, one.sentence, one.position) for one in REGISTER), strict=True):
        assert len(set(words)) == len(REGISTER)
    assert all(one.source and one.formula and one.sentence.endswith(".") for one in REGISTER)
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", one.key) for one in REGISTER)


def test_the_packages_named_are_installed() -> None:
    assert {one.package: bool(version(one.package)) for one in REGISTER if one.package} == {
        "lifelines": True, "scikit-survival": True, "statsmodels": True,
    }  # fmt: skip


def test_what_stands_on_every_page_is_declared_by_none() -> None:
    assert not {one for page in PAGES for place in page.places for one in place.procedures} & set(EVERYWHERE)


def test_procedures_are_listed_once_in_the_order_of_the_register() -> None:
    assert listed((WALD, True), (KAPLAN_MEIER, 2), (FIRTH, None), (WALD, ())) == (KAPLAN_MEIER, WALD)

    class Some:
        procedures = (FIRTH, KAPLAN_MEIER)

    assert procedures_of((Some(), None, Some())) == (KAPLAN_MEIER, FIRTH)
    assert procedures_of(object()) == ()


def test_a_sentence_names_level_and_source() -> None:
    (said,) = sentences((FIRTH,), 0.9)
    assert said == (
        "Firth's penalised hazard ratio with profile limits (90%) is finite also where a group has no event "
        "(Firth 1993; Heinze and Schemper 2001)."
    )


@pytest.mark.parametrize(
    ("ran", "said"),
    [
        ((), ""),
        ((DESCRIPTION,), ""),
        ((LIMITS_PLAIN, KAPLAN_MEIER), "Kaplan-Meier with plain 95% limits (Greenwood)."),
        ((WALD, COX_EFRON), "Hazard ratios from univariate Cox models, Efron ties; Wald 95% limits."),
        ((CUMULATIVE_INCIDENCE, LIMITS_LOG), "Aalen-Johansen estimate; log 95% limits (Greenwood)."),
    ],
)
def test_the_small_type_names_the_conventions_that_ran(ran: tuple[Procedure, ...], said: str) -> None:
    assert brief(ran, 0.95) == said


def test_no_placeholder_is_left_over() -> None:
    assert {name for one in REGISTER for text in (one.sentence, one.brief) for name in places(text)} == {"level"}
    assert {one: places(one.around) for one in REGISTER if one.around} == {KAPLAN_MEIER: {"said"}}
