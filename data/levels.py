"""Levels: what a coded cell may say, with an id for the program, a word for files and a label for the screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from data.language import say, say_declared

MISSING = "missing"
"""The level under which a patient without a value is chosen or left out, in filters and links."""


@dataclass(frozen=True)
class Level:
    """A level of a factor, or another group of patients.

    ``id`` stands in links and in the program and never changes; ``word`` is what files write, ``label`` what is shown,
    which is the word where nothing else is given.
    """

    id: str
    word: str
    label: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        """Show the word, in the language of the process, where there is no label."""
        if not self.label:
            object.__setattr__(self, "label", say_declared(self.word))

    def __format__(self, spec: str) -> str:
        """Not in a text by itself: whoever writes one says whether the id, the word or the label is meant."""
        raise TypeError(f"a level stands in a text by its label, not as {self!r}")


@dataclass(frozen=True)
class Drug(Level):
    """A drug; ``names`` are its brands and whatever else files call it. Without any it is read only as it is listed."""

    names: tuple[str, ...] = ()


NO_DRUG = Level("", "")
"""The study drug where no drug is studied."""


START, STOP, PULSE = (
    Level("start", "start", say("started")),
    Level("stop", "stop", say("stopped")),
    Level("pulse", "pulse", say("pulse")),
)
ACTIONS = (START, STOP, PULSE)
"""What may be done with a drug on a day."""

OUTCOMES = (
    Level("recovered", "Recovered", say("Recovered")),
    Level("recovering", "Recovering", say("Recovering")),
    Level("not_recovered", "Not recovered", say("Not recovered")),
    Level("fatal", "Fatal", say("Fatal")),
    Level("unknown", "Unknown", say("Unknown")),
)
"""How a reaction may have ended."""


def level_of(word: str, listed: Iterable[Level]) -> Level:
    """The listed level for which files write this word; a level of the word itself where none is."""
    return next((one for one in listed if one.word == word), Level(word, word, word))


PERFORMED, NOT_PERFORMED = Level("performed", "Performed"), Level("not_performed", "Not performed")
"""The levels under which the patients with and without a result of a test are counted."""


def levels(words: Mapping[str, str]) -> tuple[Level, ...]:
    """Levels from their words by their ids."""
    return tuple(Level(id_, word) for id_, word in words.items())


NOT_RECORDED, NOT_TESTED, NOT_MEASURED = (
    Level(MISSING, "Not recorded"),
    Level(MISSING, "Not tested"),
    Level(MISSING, "Not measured"),
)
"""How a patient without a level is shown, by what keeps the level from being known."""
