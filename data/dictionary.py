"""What a variable is: the kinds of entry that ``data/variables.py`` fills in, one line each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal, TypeVar

from data.language import say, say_declared

MISSING = "missing"
"""The level under which a patient without a value is chosen or left out, in filters and links."""

Kind = Literal["laboratory", "treatment", "finding"]
Role = Literal["death", "progression", "persistence", ""]
"""What pages ask an endpoint for by name; blank for any other."""


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

Entry = TypeVar("Entry", bound=Needing)


@dataclass(frozen=True)
class Visit:
    """A planned visit: nominal day and the window (inclusive) in which a measurement counts for it."""

    key: str
    day: int
    first: int
    last: int

    @property
    def label(self) -> str:
        """How the visit is shown."""
        return say_declared(self.key)


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


@dataclass(frozen=True)
class Dictionary:
    """Every variable a cohort may hold. Lookups raise KeyError for a key that is not listed.

    ``spellings`` lists, for a level (or ``MISSING``), what files also write for it. It counts only in columns that
    have the level, so that ``-`` is Negative for an antibody and missing elsewhere. ``drugs`` lists the drugs that
    tables name, ``study_drug`` is the one whose persistence is followed, ``NO_DRUG`` where none is. ``no_decision``
    are the ids of the reasons to stop that are no decision about the drug: loss to follow-up and death.
    ``not_recorded`` are the entries of which the study holds nothing: they are not offered, and
    pages say what would bring them.
    """

    factors: tuple[Factor, ...]
    numbers: tuple[Number, ...]
    measures: tuple[Measure, ...]
    endpoints: tuple[Endpoint, ...]
    visits: tuple[Visit, ...]
    populations: tuple[Population, ...]
    reaction_categories: tuple[Level, ...]
    term_groups: tuple[TermGroup, ...]
    stop_reasons: tuple[Level, ...]
    causes_of_death: tuple[Level, ...]
    spellings: tuple[tuple[str, tuple[str, ...]], ...] = ()
    drugs: tuple[Drug, ...] = ()
    no_decision: tuple[str, ...] = ()
    study_drug: Level = NO_DRUG
    records: tuple[Record, ...] = ()
    not_recorded: tuple[Needing, ...] = ()

    @cached_property
    def factor(self) -> dict[str, Factor]:
        """Factors by key."""
        return {entry.key: entry for entry in self.factors}

    @cached_property
    def number(self) -> dict[str, Number]:
        """Patient-level numbers by key."""
        return {entry.key: entry for entry in self.numbers}

    @cached_property
    def filtered_number(self) -> dict[str, Number]:
        """The numbers by which patients may be chosen, by key: those of patients, and laboratory values at baseline."""
        section = Section("laboratory", say("Laboratory values at baseline"))
        found = dict(self.number)
        own = 0
        for entry in self.of_kind("laboratory"):
            own += entry.own
            key = f"{f'own-{own}' if entry.own else entry.key}_day0"
            label = say("{value} at baseline", value=entry.label)
            found[key] = Number(key, label, entry.unit, section, entry.plausible, entry.decimals, measure=entry.key)
        return found

    @cached_property
    def conditions(self) -> tuple[str, ...]:
        """The keys under which a filter may say something, in the order in which it does."""
        return (*self.factor, *self.filtered_number)

    @cached_property
    def measure(self) -> dict[str, Measure]:
        """Repeated measurements by key."""
        return {entry.key: entry for entry in self.measures}

    @cached_property
    def endpoint(self) -> dict[str, Endpoint]:
        """Endpoints by key."""
        return {entry.key: entry for entry in self.endpoints}

    @property
    def day_0(self) -> str:
        """What happened to a patient on day 0, to stand behind "the"."""
        return say("start of {drug}", drug=self.study_drug.label) if self.study_drug.word else say("start of follow-up")

    @property
    def baseline(self) -> Visit:
        """The visit at the start of treatment: the one whose window holds day 0, wherever it stands in the list."""
        return next(visit for visit in self.visits if visit.first <= 0 <= visit.last)

    def drug(self, word: str) -> Level:
        """The drug for which files write this word; one of the word itself where none is listed."""
        return level_of(word, (self.study_drug, *self.drugs)) if word else NO_DRUG

    def category_id(self, word: str) -> str:
        """The id of a category of reactions by what files write for it; blank for a blank one."""
        return level_of(word, self.reaction_categories).id if word else ""

    def category_label(self, word: str) -> str:
        """How a category of reactions is shown: by its label where it is listed, otherwise as files write it."""
        return level_of(word, self.reaction_categories).label if word else ""

    def term_label(self, category: str, term: str) -> str:
        """How a term that reactions are counted under is shown: by its group's label, otherwise as files write it."""
        groups = (one for one in self.term_groups if (one.category, one.word) == (category, term))
        return next((one.label for one in groups), term)

    def in_role(self, role: Role) -> Endpoint | None:
        """The endpoint that pages ask for by this role; None where it is not recorded."""
        return next((entry for entry in self.endpoints if entry.role == role), None)

    @cached_property
    def leading(self) -> Endpoint:
        """The endpoint that follow-up is known from: death, or where no deaths are recorded the first that is.

        Stopping a drug leads only where nothing else is recorded. Raises LookupError for a dictionary without any.
        """
        there = sorted(self.recorded(self.endpoints), key=lambda one: one.role == "persistence")
        found = self.in_role("death") or next(iter(there), None)
        if found is None:
            raise LookupError("the dictionary has no endpoint")
        return found

    def missing(self, key: str) -> Needing | None:
        """The entry of this key, or the endpoint of this role, if nothing of it is recorded; else None."""
        return next((one for one in self.not_recorded if key in (one.key, getattr(one, "role", one.key))), None)

    def none_recorded(self, *keys: str) -> tuple[Needing, ...]:
        """The entries of these keys and roles where the study holds nothing of any of them; none where it holds one."""
        lost = [entry for entry in map(self.missing, keys) if entry is not None]
        return tuple(lost) if len(lost) == len(keys) else ()

    def recorded(self, entries: Iterable[Entry]) -> tuple[Entry, ...]:
        """Those of the entries of which the study holds anything."""
        lost = {entry.key for entry in self.not_recorded}
        return tuple(entry for entry in entries if entry.key not in lost)

    @cached_property
    def visit(self) -> dict[str, Visit]:
        """Visits by key."""
        return {entry.key: entry for entry in self.visits}

    @cached_property
    def population(self) -> dict[str, Population]:
        """Populations by key."""
        return {entry.key: entry for entry in self.populations}

    def listed(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Those of the keys under which the dictionary lists a factor, a number or a measurement."""
        return tuple(key for key in keys if key in self.factor or key in self.number or key in self.measure)

    def of_kind(self, kind: Kind) -> tuple[Measure, ...]:
        """The repeated measurements of one kind of which the study holds anything, in their order of listing."""
        return self.recorded(entry for entry in self.measures if entry.kind == kind)

    def with_measures(self, measures: Iterable[Measure]) -> Dictionary:
        """The same dictionary with further repeated measurements, as an imported cohort may bring."""
        return replace(self, measures=(*self.measures, *measures))

    def in_language(self) -> Dictionary:
        """The same dictionary as the process shows it; a file may still call a column what it is called in English."""
        listed: tuple[Factor | Number, ...] = (*self.factors, *self.numbers)
        sections = {one.section: replace(one.section, label=say_declared(one.section.label)) for one in listed}
        return replace(
            self,
            factors=tuple(replace(_named(entry), section=sections[entry.section]) for entry in self.factors),
            numbers=tuple(replace(_named(entry), section=sections[entry.section]) for entry in self.numbers),
            measures=tuple(map(_named, self.measures)),
            endpoints=tuple(
                replace(
                    entry,
                    label=say_declared(entry.label),
                    event=say_declared(entry.event),
                    alone=say_declared(entry.alone),
                    events=say_declared(entry.events),
                    curve=say_declared(entry.curve),
                    remark=say_declared(entry.remark),
                )
                for entry in self.endpoints
            ),
            populations=tuple(replace(entry, label=say_declared(entry.label)) for entry in self.populations),
            records=tuple(replace(entry, label=say_declared(entry.label)) for entry in self.records),
        )


Called = TypeVar("Called", Factor, Number, Measure)
"""An entry that a file may call by its label."""


def _named(entry: Called) -> Called:
    label = say_declared(entry.label)
    aliases = entry.aliases if label == entry.label else (*entry.aliases, entry.label)
    return replace(entry, label=label, aliases=aliases)
