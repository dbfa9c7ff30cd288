"""The dictionary: every variable that a cohort may hold, as ``data/variables.py`` fills it in, one line each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from data.entries import (
    Endpoint,
    Factor,
    Given,
    Kind,
    Measure,
    Needing,
    Number,
    Population,
    Record,
    Role,
    Section,
    TermGroup,
    Visit,
)
from data.language import say, say_declared
from data.levels import ACTIONS, NO_DRUG, OUTCOMES, Drug, Level, level_of

Entry = TypeVar("Entry", bound=Needing)


@dataclass(frozen=True)
class Dictionary:
    """Every variable a cohort may hold. Lookups raise KeyError for a key that is not listed.

    ``spellings`` lists, for a level (or ``MISSING``), what files also write for it. It counts only in columns that
    have the level, so that ``-`` is Negative for an antibody and missing elsewhere. ``drugs`` lists the drugs that
    tables name, ``study_drug`` is the one whose persistence is followed, ``NO_DRUG`` where none is. ``no_decision``
    are the ids of the reasons to stop that are no decision about the drug: loss to follow-up and death.
    ``not_recorded`` are the entries of which the study holds nothing: they are not offered, and
    pages say what would bring them. ``actions`` are what may be done with a drug on a day, ``outcomes``
    how a reaction may have ended.
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
    actions: tuple[Level, ...] = ACTIONS
    outcomes: tuple[Level, ...] = OUTCOMES

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

    def action(self, word: str) -> Level:
        """What was done with a drug by the word that files write for it."""
        return level_of(word, self.actions)

    def outcome(self, word: str) -> Level:
        """How a reaction ended by the word that files write for it."""
        return level_of(word, self.outcomes)

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

    def given(self, *roles: Given) -> tuple[Measure, ...]:
        """The measurements of treatment that pages ask for by these roles, in their order; without those not listed."""
        by_role = {entry.role: entry for entry in self.measures if entry.role}
        return tuple(by_role[role] for role in roles if role in by_role)

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
        """The entry of this key or role, if nothing of it is recorded; else None."""
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
