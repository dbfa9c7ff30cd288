"""What the browser is sent of each variable, and what it sends."""

from __future__ import annotations

import json
from base64 import b64decode

from components.selection.cards import level_card, number_card
from components.ui.cohort_cards import written
from data.cohort import Cohort
from data.filters import Choice, Filter, Range, filter_from_query
from data.variables import DICTIONARY

SUBTYPE, FERRITIN = DICTIONARY.factor["subtype"], DICTIONARY.filtered_number["ferritin_day0"]


def test_a_card_holds_codes_and_labels_and_nobody(cohort: Cohort) -> None:
    chosen = Filter((Choice(SUBTYPE, ("cadm",)), Range(FERRITIN, 100, 200, keep_missing=True)))
    levels = written(level_card(cohort, SUBTYPE, SUBTYPE.levels, chosen))
    number = written(number_card(cohort, FERRITIN, (0, 1000), chosen))
    assert list(b64decode(levels["codes"])) == cohort.codes(SUBTYPE).tolist()
    assert levels["chosen"] == ["cadm"]
    assert (number["range"], number["keep"]) == ([100, 200], True)
    assert len(b64decode(number["codes"])) == cohort.n
    sent = json.dumps([levels, number])
    assert not [patient for patient in cohort.patients["patient"] if patient in sent]


def test_laboratory_values_at_baseline_are_ranges_of_a_link() -> None:
    read = filter_from_query("ferritin_day0=250&ferritin_day0=1500.5&ferritin_day0_missing=true")
    assert read.filter.parts == (Range(FERRITIN, 250, 1500.5, keep_missing=True),)
    assert read.filter.sentence == "Ferritin at baseline: 250 to 1500.5 ng/mL or not recorded"
    assert filter_from_query(read.filter.query) == read
