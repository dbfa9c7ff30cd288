"""Held-out truth: a printed number is left out of the targets, what carries it is searched anew, and it is looked up.

Everything that a member has of the days of death and of the last days stays; so does what the search settles before it
comes to the factor in question. The factor itself is assigned from a random start, as if the number were not printed
(``factors`` and ``diagnoses``, the very code that made the member), or the days of progression are (``progression``).
Numbers that would give the left-out one away are left out with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import pandas as pd

from components.engine.cox import cox_model
from components.engine.event_table import event_table
from components.engine.kaplan_meier import kaplan_meier, survival_at
from components.reconstruct.annealing import NotFoundError
from components.reconstruct.assumptions import assumptions
from components.reconstruct.diagnoses import NOT_TESTED, SKELETON, antibody
from components.reconstruct.factors import in_order, levels_of
from components.reconstruct.follow_up import LUNGS, NEVER
from components.reconstruct.labels import Deaths
from components.reconstruct.progression import progression_days
from components.reconstruct.targets import RATIO, Floats, Ints, Targets, members
from components.reconstruct.unprinted import drawn_strengths
from data.cohort import Cohort
from data.paper.published import NOT_AVAILABLE, PublishedNumber
from data.variables import DICTIONARY

ATTEMPTS = 6
"""How often a search that fails is begun again before a member gives no value."""
OVERALL, PROGRESSION_FREE = "overall_survival", "progression_free"
DAYS = ("cause_of_death", "death_day", "last_day", "progression_day")


@dataclass(frozen=True)
class LeftOut:
    """Printed numbers that are ``asked`` of a rebuilt member, and ``hidden``: all that are left out for it.

    ``key`` is the factor that is assigned anew; blank where the days of progression are.
    """

    key: str
    asked: tuple[PublishedNumber, ...]
    hidden: tuple[PublishedNumber, ...]

    @property
    def targets(self) -> tuple[PublishedNumber, ...]:
        """The numbers asked and hidden, each once."""
        return tuple(dict.fromkeys((*self.asked, *self.hidden)))


def without(targets: Targets, hidden: tuple[PublishedNumber, ...]) -> Targets:
    """The targets without some numbers, wherever in the paper they are printed."""
    ids = {number.id for number in hidden}
    return Targets(tuple(number for number in targets.numbers if number.id not in ids))


def left_out(targets: Targets) -> tuple[LeftOut, ...]:
    """Everything that can be left out, in the order of the search.

    Hazard ratios with both their limits; for an antibody with the overall survival of both its results;
    progression-free survival of a subtype alone, of the results of an antibody together. Not asked are numbers that
    printed counts give: those of the subtypes, whose deaths are printed, and shares of all patients.
    """
    return (*_of_antibodies(targets), *_of_progression(targets), *_of_factors(targets))


def _of_factors(targets: Targets) -> Iterator[LeftOut]:
    for factor in in_order():
        for ratio in targets.factor(factor).ratios:
            hidden = _ratio(targets, factor.key, factor.words[ratio.level])
            yield LeftOut(factor.key, _printed_first(hidden)[:1], hidden)


def _of_antibodies(targets: Targets) -> Iterator[LeftOut]:
    for key in SKELETON[1:]:
        factor = DICTIONARY.factor[key]
        ratios = tuple(n for ratio in targets.factor(factor).ratios
                       for n in _ratio(targets, key, factor.words[ratio.level]))  # fmt: skip
        curves = tuple(n for level in factor.words for n in _survival(targets, OVERALL, f"{key}={level}"))
        sizes = {f"{key}={level}": n for level, n in targets.counts(key, population="outcome", group="").items()}
        open_ = tuple(n for n in curves if not _a_share(n, sizes[n.group]))
        yield LeftOut(key, (*_printed_first(ratios)[:1], *open_), (*ratios, *curves))


def _of_progression(targets: Targets) -> Iterator[LeftOut]:
    curves = [t for t in targets.survival() if t.endpoint.key == PROGRESSION_FREE and t.group]
    subtypes = [[t.group] for t in curves if t.group.startswith(SKELETON[0])]
    for groups in [*subtypes, *([t.group for t in curves if t.group.startswith(f"{key}=")] for key in SKELETON[1:])]:
        hidden = tuple(n for group in groups for n in _survival(targets, PROGRESSION_FREE, group))
        if hidden:
            asked = tuple({n.group: n for n in reversed(hidden)}.values())[::-1]
            yield LeftOut("", asked, hidden)


def _ratio(targets: Targets, key: str, level: str) -> tuple[PublishedNumber, ...]:
    found = targets.chosen(variable=key, level=level, population="outcome", group="")
    return tuple(n for n in found if n.statistic in RATIO and n.printed != NOT_AVAILABLE)


def _printed_first(numbers: tuple[PublishedNumber, ...]) -> tuple[PublishedNumber, ...]:
    """Hazard ratios, those of tables before those of the text."""
    ratios = [n for n in numbers if n.statistic == RATIO[0]]
    return tuple(sorted(ratios, key=lambda n: not n.place.startswith("Table")))


def _survival(targets: Targets, endpoint: str, group: str) -> tuple[PublishedNumber, ...]:
    return tuple(targets.chosen(variable=endpoint, statistic="survival", population="outcome", group=group))


def _a_share(number: PublishedNumber, size: int) -> bool:
    """Whether a percentage is that of a whole number of all patients of its group."""
    shares = 100.0 * np.arange(size + 1) / size
    return bool((np.abs(shares - float(number.printed)) <= 0.5 * 10.0 ** -(number.digits or 0)).any())


def rebuilt(chosen: LeftOut, member: Cohort, seed: int, targets: Targets, *, drawn: bool = False) -> dict[str, float]:
    """The value of each number asked, by its id, in a member in which what carries it is searched anew.

    With ``drawn``, how strongly a level whose ratio is left out goes with death is drawn (``unprinted``). A hazard
    ratio is 0 or infinite where one side has no death. Every member and number has a random start of its own.
    Raises NotFoundError when no attempt succeeds.
    """
    rest = without(targets, chosen.hidden)
    people = member.of_population("safety").patients.reset_index(drop=True)
    reason = ""
    for attempt in range(ATTEMPTS):
        rng = np.random.default_rng([seed, crc32(chosen.asked[0].id.encode()), attempt])
        try:
            if not chosen.key:
                return _progressions(chosen, people, rest, rng)
            target = rest.factor(DICTIONARY.factor[chosen.key])
            strengths = drawn_strengths(target, rest, rng) if drawn else None
            search = _test if chosen.key in SKELETON else _factor
            return search(chosen, people, seed, rest, rng, strengths)
        except NotFoundError as failure:
            reason = str(failure)
    raise NotFoundError(reason)


def _factor(
    chosen: LeftOut,
    people: pd.DataFrame,
    seed: int,
    targets: Targets,
    rng: np.random.Generator,
    strengths: Floats | None,
) -> dict[str, float]:
    factor = DICTIONARY.factor[chosen.key]
    order = [entry.key for entry in in_order()]
    known = [key for key in (*SKELETON, *order[: order.index(chosen.key)]) if key in people]
    together = assumptions(seed).together
    levels = levels_of(people[["population", *known, *DAYS]], factor, targets, together, rng, strengths)
    codes = np.array([factor.words.index(level) if level is not None else -1 for level in levels])
    outcome = (people["population"] == "Outcome").to_numpy()
    return _values(chosen, _deaths(people[outcome]), codes[outcome])


def _test(
    chosen: LeftOut,
    people: pd.DataFrame,
    seed: int,
    targets: Targets,
    rng: np.random.Generator,
    strengths: Floats | None,
) -> dict[str, float]:
    outcome = people[people["population"] == "Outcome"]
    known = {key: _codes(outcome, key) for key in SKELETON[: SKELETON.index(chosen.key)]}
    deaths = _deaths(outcome)
    codes = antibody(chosen.key, known, deaths, targets, rng, assumptions(seed), strengths)
    return _values(chosen, deaths, np.where(codes == NOT_TESTED, -1, codes))


def _progressions(
    chosen: LeftOut, people: pd.DataFrame, targets: Targets, rng: np.random.Generator
) -> dict[str, float]:
    outcome = people[people["population"] == "Outcome"].reset_index(drop=True)
    died = outcome["death_day"].fillna(NEVER).to_numpy(dtype=np.int64)
    last = outcome["last_day"].to_numpy(dtype=np.int64)
    of_lungs = np.flatnonzero(outcome["cause_of_death"].fillna("").str.contains(LUNGS, regex=False))
    days, ends = progression_days(outcome, np.column_stack([died, last]), of_lungs, targets, rng)
    had = (days != NEVER) | (died != NEVER)
    first = np.where(days != NEVER, days, ends)
    groups = ((number, members(outcome, number.group)) for number in chosen.asked)
    return {number.id: _percent(number, first[inside], had[inside]) for number, inside in groups}


def _codes(people: pd.DataFrame, key: str) -> Ints:
    words = DICTIONARY.factor[key].words
    return np.array([words.index(word) if word in words else NOT_TESTED for word in people[key]], dtype=np.int64)


def _deaths(people: pd.DataFrame) -> Deaths:
    return Deaths(people["last_day"].to_numpy(dtype=np.int64), people["death_day"].notna().to_numpy())


def _values(chosen: LeftOut, deaths: Deaths, codes: Ints) -> dict[str, float]:
    """What each number asked is when patients carry ``codes`` (n,), -1 for none."""
    factor, found = DICTIONARY.factor[chosen.key], {}
    for number in chosen.asked:
        if number.statistic == "survival":
            inside = codes == factor.words.index(number.group.partition("=")[2])
            found[number.id] = _percent(number, deaths.last[inside], deaths.died[inside])
        else:
            table = event_table(deaths.last, deaths.died, codes, len(factor.words))
            found[number.id] = float(cox_model(table, factor.base).hazard_ratio[factor.words.index(number.level)])
    return found


def _percent(number: PublishedNumber, days: Ints, had: Floats) -> float:
    at = survival_at(kaplan_meier(event_table(days, had)), [DICTIONARY.visit[number.visit].day])
    return 100.0 * float(at.survival[0, 0])
