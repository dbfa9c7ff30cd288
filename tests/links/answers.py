"""Answers at random: something for a control to hold, as a visitor could have chosen it."""

from __future__ import annotations

from random import Random

from components.links.control import Control, OneOf, Several, Span, Switch, Value, Whole


def answer(control: Control, chance: Random) -> Value:
    """Any value of the control; as often its default, as in most links."""
    return control.default if chance.random() < 0.5 else anything(control, chance)


def anything(control: Control, chance: Random) -> Value:
    match control:
        case OneOf():
            return chance.choice(control.names)
        case Several():
            return tuple(name for name in control.options if chance.random() < 0.5)
        case Switch():
            return chance.random() < 0.5
        case Whole():
            return chance.randint(control.low, control.high)
        case Span():
            steps = round((control.high - control.low) / control.step)
            first, last = sorted(chance.randint(0, steps) for _ in range(2))
            return control.low + first * control.step, control.low + last * control.step
