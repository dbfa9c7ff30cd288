"""How often exploring finds something where nothing is: a scripted user makes 20 looks in cohorts without differences.

Each session has a cohort of its own, in which what became of the patients (every day of theirs and their adverse
reactions) is dealt to them at random, so that nothing known at the start has anything to do with it. The user makes 20
looks on the pages that show p-values, each on another page or with other choices of its controls and mostly with a
filter, through the functions that draw the pages; now and then what is folded away is opened too. Every comparison that
is shown goes into the ledger as on the screen. Counted is, after every look, whether the ledger calls any of them one
that holds, beside whoever reads p < 0.05 as a finding.

`python -m bench.false_alarms --sessions 500 --seed 3` goes on until so many sessions of this seed stand in
false_alarms.json, which it writes as it goes, so that it can be stopped and started again, and writes the table of
docs/methods.md again from all that stand there.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from random import Random

import numpy as np

from app import PAGES
from components.core.ledger import Ledger
from components.core.look import LEVEL
from components.links.address import CONVENTIONS
from components.links.computed import asked, computed
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
from components.links.looked_at import looked_at
from components.links.page import ROOT, Page
from components.links.page_controls import ACROSS, BY
from components.links.page_input import ground
from components.links.view import answered
from data.cohort import Cohort
from data.filters import KEEP_MISSING
from data.reading.layout import day_columns
from data.reading.read import reconstructed_cohort

LOOKS = 20
RESULTS, METHODS = Path(__file__).with_suffix(".json"), ROOT / "docs" / "methods.md"
LOOKED_ON = ("overview", "survival", "prognosis", "biomarker", "safety")
"""The pages on which looks are made; a test holds that every page whose panels list comparisons is among them."""

LEFT = frozenset({ACROSS.key, *CONVENTIONS})
"""Controls that change no comparison, or only how it is computed, and stay as they are."""

MARKED = re.compile(r"(<!-- written by `python -m bench.false_alarms` -->\n).*?(<!-- to here -->\n)", re.DOTALL)


@dataclass(frozen=True)
class Session:
    """Whether a session had a p below 0.05 among the first of its views, or among all, and whether any held."""

    first: bool
    any_p: bool
    held: bool
    comparisons: int


@dataclass(frozen=True)
class Sessions:
    """So many sessions from one seed: how many had a p below 0.05, or one that held; all comparisons together."""

    seed: int
    sessions: int
    first: int
    any_p: int
    held: int
    comparisons: int


def without_differences(study: Cohort, rng: np.random.Generator) -> Cohort:
    """The study with the days and reactions of its patients dealt anew among those of the outcome population."""
    patients = study.patients
    of_endpoints = (day for endpoint in study.dictionary.endpoints for day in endpoint.days)
    columns = [day for day in dict.fromkeys((*day_columns(study.dictionary), *of_endpoints)) if day in patients]
    rows = np.flatnonzero(patients["population"].isin(study.dictionary.population["outcome"].members))
    source = rng.permutation(rows)
    dealt = patients.copy()
    dealt.loc[rows, columns] = patients.loc[source, columns].to_numpy()
    names = patients["patient"].to_numpy()
    given = dict(zip(names[source].tolist(), names[rows].tolist(), strict=True))
    reactions = study.records.reactions.assign(
        patient=[given.get(name, name) for name in study.records.reactions["patient"]]
    )
    anew = study.with_patients(dealt)
    return replace(
        anew,
        records=replace(anew.records, reactions=reactions),
        provenance=replace(study.provenance, fingerprint="0"),
    )


def answers(study: Cohort, chance: Random) -> Callable[[Control], Value]:
    """What a user chooses at random: about one condition a look, half of the page's own controls."""
    known = study.dictionary.conditions

    def answer(control: Control) -> Value:
        if control.key in LEFT or control.key.endswith(KEEP_MISSING) or isinstance(control, KeptChoice):
            return control.default
        often = 0.02 if control.key in known else 0.8 if control.key == BY else 0.5
        return _anything(control, chance) if chance.random() < often else control.default

    return answer


def _anything(control: Control, chance: Random) -> Value:
    match control:
        case SingleChoice():
            return chance.choice(control.ids)
        case MultipleChoice():
            return tuple(chance.sample(control.ids, 1))
        case Switch():
            return chance.random() < 0.5
        case IntegerChoice():
            return chance.randint(control.low, control.high)
        case NumericRange():
            middle = control.low + control.step * round((control.high - control.low) / control.step / 2)
            return chance.choice([(control.low, middle), (middle, control.high)])
    return control.default


def looks(study: Cohort, chance: Random, many: int) -> list[tuple[Page, str, bool]]:
    """So many different looks: a page, its query, and whether what is folded away is opened."""
    pages = [page for page in PAGES if page.address in LOOKED_ON]
    found: dict[tuple[str, str], tuple[Page, str, bool]] = {}
    while len(found) < many:
        page = chance.choice(pages)
        view = answered(page.address, ground(study, page, single=True), answers(study, chance))
        found[page.address, view.query] = (page, view.query, chance.random() < 0.3)
    return list(found.values())


def session(study: Cohort, made: Sequence[tuple[Page, str, bool]]) -> Session:
    """What a user meets who makes these looks in turn."""
    ledger, first, held = Ledger(), False, False
    for page, query, folded in made:
        found = asked(page, study, query, single=True)
        here = replace(found.here, study=replace(study, provenance=replace(study.provenance, kind="imported")))
        shown = [entry for _, panel in computed(page, found, folded=folded) for entry in looked_at(panel, here, "")]
        first = first or any(entry.look.p < LEVEL for entry in shown[:1])
        ledger = ledger.with_entries(shown)
        held = held or bool(ledger.findings)
    return Session(first, any(entry.look.p < LEVEL for entry in ledger.entries), held, len(ledger.entries))


def run(seed: int, place: int) -> Session:
    """The session at this place of a seed's, whichever were run before it."""
    study = without_differences(reconstructed_cohort(), np.random.default_rng([seed, place]))
    return session(study, looks(study, Random(f"{seed} {place}"), LOOKS))  # noqa: S311 - no secret


def with_session(so_far: Sessions, one: Session) -> Sessions:
    """The sessions and one more."""
    return Sessions(
        so_far.seed,
        so_far.sessions + 1,
        so_far.first + one.first,
        so_far.any_p + one.any_p,
        so_far.held + one.held,
        so_far.comparisons + one.comparisons,
    )


def share(found: int, of: int) -> str:
    """A share with its Monte-Carlo limits (Clopper and Pearson's)."""
    from scipy.stats import beta  # noqa: PLC0415 - only here

    low = beta.ppf(0.025, found, of - found + 1) if found else 0.0
    high = beta.ppf(0.975, found + 1, of - found) if found < of else 1.0
    return f"{100 * found / of:.1f}% ({100 * low:.1f} to {100 * high:.1f})"


def kept() -> tuple[Sessions, ...]:
    """The sessions that were run."""
    return tuple(Sessions(**one) for one in json.loads(RESULTS.read_text("utf-8")))


def keep(found: Sequence[Sessions]) -> None:
    """Writes what was run; whoever stops in between finds the file whole."""
    beside = RESULTS.with_suffix(".new")
    beside.write_text(
        json.dumps([asdict(one) for one in sorted(found, key=lambda one: one.seed)], indent=1) + "\n", "utf-8"
    )
    beside.replace(RESULTS)


def table(found: Sequence[Sessions]) -> str:
    """All sessions together, in lines of a document."""
    n = sum(one.sessions for one in found)
    many = sum(one.comparisons for one in found) / n
    first, any_p, held = (share(sum(getattr(one, what) for one in found), n) for what in ("first", "any_p", "held"))
    return f"""{n} sessions of {LOOKS} looks, {many:.1f} comparisons each, in cohorts without any difference:

| A session has | Share (95% limits of the simulation) |
|---|---|
| a p below 0.05 that stands first in one of its {LOOKS} views | {first} |
| any p below 0.05 that is shown | {any_p} |
| a comparison of which the list says that it holds | {held} |

"""


def written(document: str, found: Sequence[Sessions]) -> str:
    """The document with its table written again."""
    return MARKED.sub(lambda marks: f"{marks[1]}\n{table(found)}{marks[2]}", document)


def main() -> None:
    """Runs sessions, keeps what they met, and writes the table again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    stored = kept() if RESULTS.exists() else ()
    others = [one for one in stored if one.seed != chosen.seed]
    own = next((one for one in stored if one.seed == chosen.seed), Sessions(chosen.seed, 0, 0, 0, 0, 0))
    while own.sessions < chosen.sessions:
        own = with_session(own, run(chosen.seed, own.sessions))
        keep([*others, own])
    found = kept()
    METHODS.write_text(written(METHODS.read_text("utf-8"), found), "utf-8")
    print(table(found))


if __name__ == "__main__":
    main()
