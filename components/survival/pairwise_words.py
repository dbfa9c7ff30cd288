"""Words of the second look at the log-rank test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.core.analysis_set_words import unbroken, until
from components.core.numbers import bare_p, count, decimal, inside, joined, p_value
from components.core.reason_words import SHORT
from components.core.table import Table
from components.survival.detectable_words import COLUMN, EXPLAINED, detectable
from components.survival.words import FEWEST_EVENTS

if TYPE_CHECKING:
    from components.survival.pairwise import Compared, Pairs

OPEN = "Every pair of groups, and the test without its approximation"
DEALING = "Dealing the groups out afresh"
TITLE = "A second look at the log-rank test"
EVERYBODY = "All groups"


def table(result: Pairs) -> Table:
    """All groups together, then every pair: patients, events and the p-values."""
    events = f"{result.endpoint.events.capitalize()} {unbroken(until(result.analysed.follow_up))}"
    columns = ("Compared", "Patients", events, "Log-rank p", "Holm-adjusted p", "Permutation p", COLUMN)
    rows = [_row(EVERYBODY, result.overall)] if len(result.pairs) != 1 else []
    rows += [_row(" v ".join(pair.labels), pair) for pair in result.pairs]
    return Table(columns, tuple(rows), trend_sentence(result), light=result.events < FEWEST_EVENTS)


def _row(name: str, compared: Compared) -> tuple[str, ...]:
    known = (compared.p, compared.adjusted, compared.permuted)
    ps = [bare_p(p) for p in known] if compared.reason is None else [SHORT[compared.reason], *[bare_p(None)] * 2]
    return (name, count(compared.n), count(compared.events), *ps, detectable(compared.detectable))


def trend_sentence(result: Pairs) -> str:
    """The test for trend over levels that have an order; blank for others."""
    if result.trend is None:
        return ""
    if result.trend.statistic is None:
        return f"Trend over the levels of {inside(result.groups.title)}: {SHORT[result.trend.reason]}."  # type: ignore[index]
    chisq = decimal(result.trend.statistic, 2)
    over = f"Trend over the levels of {inside(result.groups.title)}, in their order"
    return f"{over}: {p_value(result.trend.p)} (χ² {chisq}, 1 degree of freedom)."


def note(result: Pairs) -> str:
    """What each p-value is, and when to read which."""
    tried = len([pair for pair in result.pairs if pair.p is not None])
    holm = (
        f" Holm's correction is for {count(tried)} pairs: of {count(tried)} true null hypotheses it finds any false in "
        "at most 5 of 100 studies."
        if tried > 1
        else ""
    )
    return (
        "Each pair is tested among its own patients."
        f"{holm} The permutation p deals the groups out {count(result.permutations)} times among the same follow-up "
        "times; it needs no minimum number of events, but groups that were followed equally long. Below ten events "
        f"read it rather than the log-rank p. {EXPLAINED} {result.endpoint.remark}"
    ).strip()


def summary(result: Pairs) -> str:
    """The pairs in a sentence."""
    told = [f"{' v '.join(pair.labels)} {bare_p(pair.adjusted)}" for pair in result.pairs if pair.p is not None]
    return f"{TITLE}, Holm-adjusted p-values: {joined(told) if told else 'none'}."
