"""R's answers are read strictly: another layout or a mixture of two runs is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.paper.reference import Reference, ReferenceAnswer, reference

HEAD = "fingerprint,software,endpoint,factor,level,statistic,value\n"
ROWS = "abc,R 4,overall_survival,,,survival,0.9\nabc,R 4,overall_survival,sex,Male,survival_upper,\n"


def written(folder: Path, text: str) -> Path:
    file = folder / "reference.csv"
    file.write_text(text, encoding="utf-8")
    return file


def test_answers_in_their_order(tmp_path: Path) -> None:
    assert reference(written(tmp_path, HEAD + ROWS)) == Reference(
        "abc",
        "R 4",
        (
            ReferenceAnswer("overall_survival", "", "", "survival", 0.9),
            ReferenceAnswer("overall_survival", "sex", "Male", "survival_upper", None),
        ),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ROWS, "the columns are not"),
        (HEAD, "0 runs of R"),
        (HEAD + ROWS + "abd,R 4,overall_survival,,,survival,0.9\n", "2 runs of R"),
        (HEAD + ROWS + "abc,R 4,overall_survival,,,median,900\n", "unknown statistic median"),
    ],
)
def test_other_files_are_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        reference(written(tmp_path, text))
