"""Small cohorts of the kinds on which a script most easily disagrees with the screen, drawn with a seed."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pandas as pd

from data.cohort import Cohort, Provenance, Tables, cohort_from

Row = dict[str, object]

SUBTYPES = ("PM", "CADM", "Classic DM", None)
AGES = (10, 20, 35, 45, 60, 70, None)
TROUGHS = (3.0, 7.0, 12.0, None)


def ordinary(_: int, chance: Random) -> tuple[int, bool]:
    return chance.randint(0, 900), chance.random() < 0.4


def on_one_day(_: int, chance: Random) -> tuple[int, bool]:
    return 200, chance.random() < 0.9


def all_have_the_event_on_one_day(_: int, __: Random) -> tuple[int, bool]:
    return 40, True


def few_days(_: int, chance: Random) -> tuple[int, bool]:
    return chance.choice((0, 1, 365, 730)), chance.random() < 0.5


def a_group_ends_on_day_0(group: int, chance: Random) -> tuple[int, bool]:
    return (0, chance.random() < 0.5) if group == 1 else ordinary(group, chance)


def a_group_is_censored_before_the_first_event(group: int, chance: Random) -> tuple[int, bool]:
    return (chance.randint(0, 9), False) if group == 1 else (chance.randint(10, 900), chance.random() < 0.6)


def one_group_ends_before_the_others_events(group: int, chance: Random) -> tuple[int, bool]:
    return (chance.randint(0, 300), chance.random() < 0.5) if group == 1 else (chance.randint(300, 800), True)


def one_event_in_many(group: int, chance: Random) -> tuple[int, bool]:
    return (chance.randint(20, 700), group != 0) if chance.random() < 0.9 else (5, group == 0)


def nobody_has_the_event(_: int, chance: Random) -> tuple[int, bool]:
    return chance.randint(0, 900), False


def nobody_is_censored(_: int, chance: Random) -> tuple[int, bool]:
    return chance.randint(0, 60), True


KINDS: tuple[Callable[[int, Random], tuple[int, bool]], ...] = (
    ordinary,
    on_one_day,
    all_have_the_event_on_one_day,
    few_days,
    a_group_ends_on_day_0,
    a_group_is_censored_before_the_first_event,
    one_group_ends_before_the_others_events,
    one_event_in_many,
    nobody_has_the_event,
    nobody_is_censored,
)


def odd_cohort(seed: int) -> Cohort:
    """One to forty patients; the kind of their days goes round with the seed, everything else is drawn."""
    chance, kind = Random(seed), KINDS[seed % len(KINDS)]  # noqa: S311 - not for secrets
    n = chance.choice((1, 2, 3, 5, 8, 13, 25, 40))
    rows, measured = [], []
    for i in range(n):
        group = chance.choice((0, 0, 1, 1, 2, 3))
        day, event = kind(group, chance)
        progressed = chance.random() < 0.2
        rows.append(
            {
                "patient": f"Q{i}",
                "population": "Outcome",
                "subtype": SUBTYPES[group],
                "sex": "Male" if group % 2 else "Female",
                "anti_mda5": chance.choice(("Positive", "Negative", None)),
                "age": AGES[chance.choice((group, group, chance.randrange(len(AGES))))],
                "last_day": None if event and chance.random() < 0.2 else day,
                "death_day": day if event else None,
                "progression_day": chance.randint(0, day) if progressed else None,
                # An own day of censoring, drawn beside the rest so that the rest stays what it was.
                "progression_last_day": day // 2 if seed % 4 == 1 and i % 3 else None,
            }
        )
        if (trough := TROUGHS[group]) is not None:
            measured.append({"patient": f"Q{i}", "day": 91, "variable": "trough", "value": trough})
    nothing = pd.DataFrame()
    tables = Tables(pd.DataFrame(rows), pd.DataFrame(measured), nothing, nothing)
    provenance = Provenance("reconstructed", "odd", f"{seed:012x}")
    return cohort_from(tables, provenance).of_population("outcome")
