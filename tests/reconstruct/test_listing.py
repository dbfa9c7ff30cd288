"""The patients listed for somebody who knows patients are those of the committed cohort."""

from pathlib import Path

from components.reconstruct.listing import LISTED, listing
from data.reading.read import reconstructed_cohort

FILE = Path(__file__).resolve().parents[2] / "docs" / "patients.md"


def test_the_document_lists_the_committed_cohort_with_every_record() -> None:
    cohort = reconstructed_cohort()
    said = listing(cohort)
    assert FILE.read_text(encoding="utf-8") == said
    names = [line.removeprefix("## ") for line in said.splitlines() if line.startswith("## ")]
    assert len(names) == LISTED
    own = cohort.records.reactions[cohort.records.reactions["patient"].isin(names)]
    assert said.count(", Yes, ") + said.count(", No, ") >= len(own) > 0
