"""Lines and branches are summed over a folder, and a folder without branches divides by nothing."""

from __future__ import annotations

from bench.coverage_by_folder import table


def entry(*counts: int) -> dict[str, dict[str, int]]:
    names = ("num_statements", "covered_lines", "num_branches", "covered_branches")
    return {"summary": dict(zip(names, counts, strict=True))}


def test_a_row_a_folder_and_their_sum() -> None:
    files = {
        "data/cohort.py": entry(10, 10, 0, 0),
        "components/survival/a.py": entry(6, 3, 4, 1),
        "components/survival/deep/b.py": entry(4, 4, 4, 4),
    }
    assert table(files).splitlines() == [
        "folder                        lines      run  branches    taken",
        "components/survival              10   70.0 %         8   62.5 %",
        "data                             10  100.0 %         0        –",
        "all                              20   85.0 %         8   62.5 %",
    ]
