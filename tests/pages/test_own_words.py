"""A hospital's own study in its own words: no page speaks of our drug, our disease or our paper where it is another's.

Evidence is about the paper and Methods about procedures, some of which are named for what they serve in it.
"""

from __future__ import annotations

import re

import pytest

from app import PAGES
from data.cohort import Cohort
from data.reading.mapping import DEATH
from data.reading.read import opened
from data.recorded import with_recorded_variables
from tests.own_cohort.public_data import answered, as_it_is, files
from tests.pages.said import of_page

SHIPPED = {"veteran": ({"status": "1"}, DEATH), "gbsg2": ({"cens": "1"}, "recurrence")}
OURS = re.compile(
    r"tacrolimus|interstitial pneumonia|as printed|"
    r"the paper|\(paper\)|kurasawa|myositis|\bCADM\b|\bPM\b|anti-mda5|anti-ars|reconstructed cohort",
    re.IGNORECASE,
)
ASKED = [page for page in PAGES if page.panels and page.address not in ("evidence", "methods")]


def study(name: str) -> Cohort:
    codes, event = SHIPPED[name]
    proposed = as_it_is(name).mapping
    assert proposed is not None
    found = opened(files(name), mapping=answered(proposed, codes, event)).cohort
    assert found is not None
    return with_recorded_variables(found)


@pytest.mark.parametrize("name", SHIPPED)
def test_no_page_speaks_of_another_study(name: str) -> None:
    cohort = study(name)
    said = {page.address: [text for _, text in of_page(cohort, page, None)] for page in ASKED}
    assert all(said.values())
    assert [(address, text) for address, texts in said.items() for text in texts if OURS.search(text)] == []
