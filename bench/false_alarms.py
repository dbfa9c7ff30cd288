"""How often exploring finds something where nothing is: a scripted user makes 20 looks in cohorts without differences.

`python -m bench.false_alarms` prints the table of docs/methods.md. Each session has a cohort of its own, in which what
became of the patients is dealt to them at random, so that no factor has anything to do with it. The user opens the
survival page 20 times, each time with another endpoint, factor or filter, through the function that draws the page;
every comparison that a view shows goes into the ledger as on the screen. Counted is, after every look, whether the
ledger calls any of them one that holds, beside whoever reads p < 0.05 as a finding. Only the survival page is opened,
and no cut-point is searched.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace
from random import Random

import numpy as np

from app import PAGES
from components.core.ledger import Ledger
from components.core.look import LEVEL
from components.links.looked_at import looked_at
from components.links.page import Page
from components.report.panels import asked, computed
from data.cohort import Cohort
from data.dictionary import Dictionary
from data.reading.layout import day_columns
from data.reading.read import reconstructed_cohort

LOOKS, SESSIONS, SEED = 20, 500, 20_220_101
SURVIVAL = next(page for page in PAGES if page.address == "survival")


@dataclass(frozen=True)
class Session:
    """Whether a session had a p below 0.05 among the first tests of its views, or among all, and whether any held."""

    first: bool
    any_p: bool
    held: bool
    comparisons: int


def without_differences(study: Cohort, rng: np.random.Generator) -> Cohort:
    """The study with the days of its patients dealt anew among those of the outcome population."""
    patients = study.patients
    columns = [day for day in (*day_columns(study.dictionary), "tacrolimus_stop_day") if day in patients]
    rows = np.flatnonzero(patients["population"].isin(study.dictionary.population["outcome"].members))
    dealt = patients.copy()
    dealt.loc[rows, columns] = patients.loc[rng.permutation(rows), columns].to_numpy()
    return replace(study, patients=dealt)


def views(dictionary: Dictionary, chance: Random, many: int) -> list[str]:
    """The queries of so many different views: an endpoint, a factor known at the start, mostly with a filter."""
    factors = [one for one in dictionary.factors if not one.post_baseline]
    endpoints = [one.key for one in dictionary.endpoints if one.role in {"death", "progression"}]
    found: dict[str, None] = {}
    while len(found) < many:
        by, filtered = chance.sample(factors, 2)
        level = chance.choice(filtered.levels).id
        query = f"endpoint={chance.choice(endpoints)}&by={by.key}"
        found[f"{query}&{filtered.key}={level}" if chance.random() < 0.75 else query] = None
    return list(found)


def session(study: Cohort, page: Page, queries: list[str]) -> Session:
    """What a user meets who opens the page with each query in turn."""
    ledger, first, held = Ledger(), False, False
    for query in queries:
        found = asked(page, study, query, single=True)
        here = replace(found.here, study=replace(study, provenance=replace(study.provenance, kind="imported")))
        for part, panel in computed(page, found):
            if part.key == "survival":
                seen = looked_at(panel, here, page.address)
                first = first or any(entry.look.p < LEVEL for entry in seen[:1])
                ledger = ledger.with_entries(seen)
        held = held or bool(ledger.findings)
    return Session(first, any(entry.look.p < LEVEL for entry in ledger.entries), held, len(ledger.entries))


def share(found: int, of: int) -> str:
    """A share with its Monte-Carlo limits (Clopper and Pearson's)."""
    from scipy.stats import beta  # noqa: PLC0415 - only here

    low = beta.ppf(0.025, found, of - found + 1) if found else 0.0
    high = beta.ppf(0.975, found + 1, of - found) if found < of else 1.0
    return f"{100 * found / of:.1f}% ({100 * low:.1f} to {100 * high:.1f})"


def main() -> None:
    """Prints the shares of sessions with a false alarm."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=SESSIONS)
    sessions = parser.parse_args().sessions
    study, rng, chance = reconstructed_cohort(), np.random.default_rng(SEED), Random(SEED)  # noqa: S311 - no secret
    found = [
        session(without_differences(study, rng), SURVIVAL, views(study.dictionary, chance, LOOKS))
        for _ in range(sessions)
    ]
    many = np.mean([one.comparisons for one in found])
    print(f"{sessions} sessions of {LOOKS} looks, {many:.1f} comparisons each, in cohorts without any difference\n")
    print("| A session has | Share |\n|---|---|")
    print(f"| a log-rank p below 0.05 among its {LOOKS} views | {share(sum(one.first for one in found), sessions)} |")
    print(f"| any p below 0.05 that is shown | {share(sum(one.any_p for one in found), sessions)} |")
    print(f"| a comparison of which the list says that it holds | {share(sum(one.held for one in found), sessions)} |")


if __name__ == "__main__":
    main()
