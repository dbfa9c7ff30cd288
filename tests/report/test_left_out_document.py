"""What docs/reconstruction.md says of left-out numbers is what their record says."""

import pytest

from components.evidence.coverage import Coverage, coverage
from components.report import left_out_document
from data.paper.published import published_numbers

PUBLISHED = published_numbers()


def test_the_document_lists_the_numbers_that_were_missed() -> None:
    result = coverage(PUBLISHED)
    assert result is not None
    text = left_out_document.FILE.read_text(encoding="utf-8")
    assert left_out_document.written(text, result) == text
    fewer = left_out_document.written(text, Coverage(result.numbers[1:]))
    assert f"of {result.n - 1}**" in fewer
    with pytest.raises(ValueError, match="no place"):
        left_out_document.written("nothing", result)
