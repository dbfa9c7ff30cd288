"""What an entry of the dictionary may be: a factor, a number, a measurement, an endpoint, a visit, a population."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from data.language import say_declared
from data.levels import NOT_RECORDED, Level

Kind = Literal["laboratory", "treatment", "finding"]


Role = Literal["death", "progression", "persistence", ""]
"""What pages ask an endpoint for by name; blank for any other."""
Given = Literal["dose", "dose_per_kg", "trough", "steroids", ""]
"""What pages ask a measurement of treatment for: of the drug studied its dose and trough, and the corticosteroids."""

STOP_DAY = "stop_day"
"""The column of a cohort's patients with the day on which each first stopped the drug studied, from the treatments."""


@dataclass(frozen=True)
class Need:
    """What a cohort must hold for an entry to be recorded: a cell in any of ``columns`` of ``table``.

    With ``of`` only the rows count in which ``among`` holds that word: a drug, or a measured variable.
    """

    table: Literal["patients", "measurements", "reactions", "treatments"]
    columns: tuple[str, ...]
    among: str = ""
    of: str = ""


@dataclass(frozen=True)
class Section:
    """A heading under which variables are listed."""

    key: str
    label: str


@dataclass(frozen=True)
class Factor:
    """A patient-level categorical variable; ``reference`` is the id of the level that hazard ratios compare with.

    With ``source`` the level is cut from a number (or from a measurement at ``visit``) at ``cuts``: level i holds
    ``cuts[i-1] <= value < cuts[i]``, so that category and value cannot disagree. ``composites`` are groups that tables
    also show, each with the ids of the levels it holds. ``known_day`` is the day by which the level was recorded, of a
    factor that is no value of a visit.
    """

    key: str
    label: str
    levels: tuple[Level, ...]
    reference: str
    section: Section
    missing: Level = NOT_RECORDED
    tested: bool = False
    source: str = ""
    cuts: tuple[float, ...] = ()
    visit: str = "Day 0"
    always: bool = False
    prognostic: bool = False
    aliases: tuple[str, ...] = ()
    composites: tuple[tuple[Level, tuple[str, ...]], ...] = ()
    known_day: int = 0

    @property
    def words(self) -> tuple[str, ...]:
        """What files write for each level."""
        return tuple(level.word for level in self.levels)

    @property
    def base(self) -> int:
        """The position of the reference level."""
        return next(k for k, level in enumerate(self.levels) if level.id == self.reference)

    def level(self, id_: str) -> Level:
        """The level of this id, or the one of no level. Raises KeyError for an unknown id."""
        return {level.id: level for level in (*self.levels, self.missing)}[id_]

    def written(self, word: str) -> Level:
        """The level for which files write this word. Raises KeyError for an unknown one."""
        return {level.word: level for level in self.levels}[word]

    @property
    def derived(self) -> bool:
        """Whether the level is computed from a number rather than read from a file."""
        return bool(self.source)

    @property
    def post_baseline(self) -> bool:
        """Whether the level becomes known only after the start of treatment: groups by it need a landmark."""
        return self.visit != "Day 0" or self.known_day > 0


@dataclass(frozen=True)
class Number:
    """A patient-level number; values outside ``plausible`` (inclusive) are reported when a file is read.

    With ``measure`` it is the baseline value of the measurement of that key.
    """

    key: str
    label: str
    unit: str
    section: Section
    plausible: tuple[float, float]
    decimals: int = 0
    aliases: tuple[str, ...] = ()
    measure: str = ""

    @property
    def column(self) -> str:
        """The column of a cohort's patients that holds it."""
        return self.measure or self.key

    @property
    def needs(self) -> Need:
        """Its column of patients."""
        return Need("patients", (self.key,))


@dataclass(frozen=True)
class Measure:
    """A variable measured repeatedly. ``normal`` holds the reference limits; ``per`` divides by a patient's number.

    ``role`` is what pages ask it by, whatever the drug studied is called.
    The key of one of a hospital's ``own`` is what its file calls it, and stands in no link.
    """

    key: str
    label: str
    unit: str
    kind: Kind
    plausible: tuple[float, float]
    decimals: int = 0
    normal: tuple[float | None, float | None] = (None, None)
    skewed: bool = False
    source: str = ""
    per: str = ""
    aliases: tuple[str, ...] = ()
    own: bool = False
    role: Given = ""

    @property
    def derived(self) -> bool:
        """Whether the value is computed from another measurement rather than read from a file."""
        return bool(self.source)

    @property
    def needs(self) -> Need:
        """Rows of the variable that files give."""
        return Need("measurements", ("value",), "variable", self.source or self.key)


@dataclass(frozen=True)
class Endpoint:
    """A time to event from day 0: the earliest of the day columns ``days``, otherwise censored on the last day.

    ``last`` is the column of the last day on which the endpoint was looked for, if files may give one of its own.
    ``remark`` says in a sentence what a reader would otherwise take to count differently; it stands beside results.
    ``alone`` is the event where it is not death, of an endpoint that counts both.
    ``role`` is what pages ask for it by; without what it ``needs`` it would be another endpoint relabelled, or nothing.
    """

    key: str
    label: str
    event: str
    events: str
    days: tuple[str, ...]
    curve: str
    last: str = ""
    remark: str = ""
    role: Role = ""
    needs: Need | None = None
    alone: str = ""


@dataclass(frozen=True)
class Record:
    """Something that is recorded by its own table, and that pages show as a whole."""

    key: str
    label: str
    needs: Need


Needing = Endpoint | Measure | Number | Record
"""An entry that says what a cohort must hold for it."""


@dataclass(frozen=True)
class Visit:
    """A planned visit: nominal day and the window (inclusive) in which a measurement counts for it.

    ``key`` is its id, and what files write; ``label`` what is shown, which is the key where nothing else is given.
    """

    key: str
    day: int
    first: int
    last: int
    label: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        """Show the key, in the language of the process, where there is no label."""
        if not self.label:
            object.__setattr__(self, "label", say_declared(self.key))


@dataclass(frozen=True)
class Population:
    """An analysis population: the values of the column ``population`` that belong to it.

    ``one`` is what a single member is called where ``label`` names patients, as ``enrolled patients`` does; blank where
    it names the population.
    """

    key: str
    label: str
    members: tuple[str, ...]
    one: str = ""


@dataclass(frozen=True)
class TermGroup:
    """Preferred terms that are counted together within one category, under the term ``word``; shown is ``label``."""

    word: str
    terms: tuple[str, ...]
    category: str
    label: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        """Show the word, in the language of the process, where there is no label."""
        if not self.label:
            object.__setattr__(self, "label", say_declared(self.word))
