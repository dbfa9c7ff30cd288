"""Who is dead is understood from what hospitals call it, and never left among the living."""

from __future__ import annotations

import pytest

from data.reading.read import opened

YES = (
    *(("Gestorben", "ja", "nein"), ("Verstorben", "ja", "nein"), ("Exitus", "1", "0"), ("Expired", "Y", "N")),
    *(("Fallecido", "sí", "no"), ("Todesfall", "ja", "nein"), ("Overleden", "ja", "nee"), ("Décédé", "oui", "non")),
    *(("Décès", "1", "0"), ("Survived", "No", "Yes"), ("Alive", "0", "1"), ("Died", "yes", "no"), ("死亡", "有", "無")),
)


@pytest.mark.parametrize(("column", "dead", "alive"), YES)
def test_a_column_that_says_who_died_beside_a_last_day_is_a_question(column: str, dead: str, alive: str) -> None:
    rows = "".join(f"p{i},{300 + i},{dead if i < 10 else alive},{i + 20 if i % 4 == 0 else ''}\n" for i in range(30))
    found = opened({"q.csv": f"patient,last_day,{column},progression_day\n{rows}".encode()})
    assert found.mapping is not None
    assert [one.column for _, one in found.mapping.unsettled] == [column]


@pytest.mark.parametrize(("column", "dead", "alive"), YES)
def test_dead_patients_without_a_day_of_death_are_refused(column: str, dead: str, alive: str) -> None:
    rows = "".join(f"p{i},{300 + i},{300 + i if i < 5 else ''},{dead if i < 10 else alive}\n" for i in range(30))
    found = opened({"q.csv": f"patient,last_day,death_day,{column}\n{rows}".encode()})
    assert found.mapping is not None
    again = opened({"q.csv": f"patient,last_day,death_day,{column}\n{rows}".encode()}, mapping=found.mapping)
    for one in (found, again):
        assert any(issue.severity == "error" for issue in one.issues)
        assert one.cohort is None
