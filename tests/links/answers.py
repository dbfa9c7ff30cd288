"""Answers at random: something for a control to hold, as a visitor could have chosen it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from components.links.control_types import (
    Control,
    IntegerChoice,
    KeptChoice,
    MultipleChoice,
    NumericRange,
    SingleChoice,
    Switch,
    Value,
)
from data.cohort import Cohort
from data.filters import KEEP_MISSING, Choice, Filter, filter_from_query
from data.kept_cohorts import IDS, KeptCohort


def answer(control: Control, chance: Random) -> Value:
    """Any value of the control; as often its default, as in most links."""
    return control.default if chance.random() < 0.5 else anything(control, chance)


def anything(control: Control, chance: Random) -> Value:
    match control:
        case SingleChoice():
            return chance.choice(control.ids)
        case MultipleChoice():
            most = control.most or len(control.ids)
            wanted = chance.sample(control.ids, min(most, len(control.ids)))
            return tuple(id_ for id_ in control.ids if id_ in wanted and chance.random() < 0.5)
        case Switch():
            return chance.random() < 0.5
        case IntegerChoice():
            return chance.randint(control.low, control.high)
        case NumericRange():
            steps = round((control.high - control.low) / control.step)
            first, last = sorted(chance.randint(0, steps) for _ in range(2))
            return control.low + first * control.step, control.low + last * control.step
        case KeptChoice():
            return _cohorts(control, chance)


def _cohorts(control: KeptChoice, chance: Random) -> tuple[str, ...]:
    """Up to four cohorts of one or two conditions each, as a visitor could have kept them."""
    texts = []
    for id_ in chance.sample(IDS, chance.randint(0, 4)):
        factors = chance.sample([one for one in control.dictionary.factors if not one.post_baseline][:12], 2)
        parts = tuple(Choice(one, (chance.choice(one.levels).id,)) for one in factors[: chance.randint(1, 2)])
        name = chance.choice(["", "2024"]) if control.named else ""
        read = filter_from_query(Filter(parts).query, control.dictionary).filter
        texts.append(KeptCohort(id_, read, name).text)
    return tuple(texts)


def sparing(study: Cohort, chance: Random) -> Callable[[Control], Value]:
    """Answers that filter by one or two factors only: of a few hundred patients somebody should be left."""
    known = study.dictionary.conditions

    def told(control: Control) -> Value:
        if control.key.removesuffix(KEEP_MISSING) in known and chance.random() < 0.93:
            return control.default
        return answer(control, chance)

    return told
