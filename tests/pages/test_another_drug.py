"""A study of another drug: no page names ours, and Treatment shows its dose, trough and persistence."""

from __future__ import annotations

import pytest

from app import PAGES
from components.links.computed import asked
from components.links.given import every_panel, parts
from components.links.part import Said
from components.treatment import words as treatment
from data.cohort import Cohort, Provenance, Tables, cohort_from
from data.levels import NO_DRUG, Drug, Level
from data.reading.study_drug import of_drug
from data.recorded import with_recorded_variables
from data.variables import DICTIONARY
from pages.explore.treatment import target
from tests.pages.said import of_page
from tests.written import table, tables

OURS = "tacrolimus"
CICLOSPORIN = Drug("ciclosporin", "ciclosporin")
DOSES = """
patient,day,variable,value
P1,0,ciclosporin,150
P1,30,ciclosporin,240
P2,0,ciclosporin,100
P4,10,ciclosporin,320
P1,40,trough,180
P4,91,trough,260
"""
COMPUTED = {page.address: page for page in PAGES if page.panels}


def study(drug: Level, *, doses: bool = True) -> Cohort:
    """The patients written out by hand, who are given ``drug`` where they are given ours."""
    whole = tables()
    measured = table(DOSES) if doses else whole.measurements[whole.measurements["variable"] == "kl6"]
    changes = whole.treatments.assign(drug=whole.treatments["drug"].replace(OURS, drug.word))
    made = Tables(whole.patients, measured, whole.reactions, changes)
    named = Provenance("imported", "clinic", "0")
    return with_recorded_variables(cohort_from(made, named, of_drug(DICTIONARY, drug)))


def shown(cohort: Cohort, part: str) -> list[str]:
    """The titles of the panels of a tab of Treatment, and the sentences that stand in place of one."""
    page = COMPUTED["treatment"]
    found = asked(page, cohort, f"part={part}", single=True)
    pieces = parts(page, found.here, found.link.view)
    told = [(piece.text if isinstance(piece, Said) else "", tuple(every_panel((piece,)))) for piece in pieces]
    return [text or panels[0].panel().title for text, panels in told]


@pytest.mark.parametrize("doses", [True, False])
@pytest.mark.parametrize("address", sorted(COMPUTED.keys() - {"evidence"}))
def test_no_page_names_our_drug(address: str, doses: bool) -> None:  # noqa: FBT001 - with and without its doses
    """Neither in controls nor in panels, reports or slides; Evidence alone is about the paper, which is about ours."""
    texts = [text for _, text in of_page(study(CICLOSPORIN, doses=doses), COMPUTED[address], None)]
    assert texts
    assert [text for text in texts if OURS in text.casefold()] == []


def test_treatment_shows_the_drug_that_is_studied() -> None:
    cohort = study(CICLOSPORIN)
    assert shown(cohort, treatment.DOSE) == ["Dose of ciclosporin"]
    assert shown(cohort, treatment.TROUGH) == ["Trough of ciclosporin", treatment.TIME_TITLE]
    assert shown(cohort, treatment.PERSISTENCE) == ["Persistence on ciclosporin", "Why ciclosporin was stopped"]
    trough, dose = cohort.dictionary.given("trough", "dose_per_kg")
    assert target(trough, cohort).default == (0.0, 500.0)
    assert cohort.patients[dose.key].tolist()[:2] == [150 / 60, 100 / 50]
    found = asked(COMPUTED["treatment"], cohort, "part=dose&unit=tacrolimus", single=True)
    assert found.link.view.values["unit"] == "dose"


def test_what_was_cut_for_our_drug_is_not_cut_for_another() -> None:
    keys = of_drug(DICTIONARY, CICLOSPORIN).factor.keys()
    assert DICTIONARY.factor.keys() - keys == {"trough_range", "dose_reached"}


def test_what_another_drug_lacks_is_said_by_its_name() -> None:
    (told,) = shown(study(CICLOSPORIN, doses=False), treatment.DOSE)
    assert told.startswith("Dose of ciclosporin cannot be shown")
    assert told.endswith("with ciclosporin as the variable would bring it.")


@pytest.mark.parametrize("part", [treatment.DOSE, treatment.PERSISTENCE])
def test_without_a_drug_there_is_no_dose_and_no_persistence(part: str) -> None:
    (told,) = shown(study(NO_DRUG), part)
    assert told.startswith("No drug is named as the one studied")


def test_a_drug_that_is_measured_already_is_measured_once() -> None:
    cohort = study(Level("prednisolone", "prednisolone"))
    assert shown(cohort, treatment.DOSE) == ["The dose of prednisolone is shown as “Prednisolone equivalent”."]
    assert shown(cohort, treatment.PERSISTENCE)[0] == "Persistence on prednisolone"
