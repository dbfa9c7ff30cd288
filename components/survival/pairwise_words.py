"""Words of the second look at the log-rank test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.core.analysis_set_words import unbroken, until
from components.core.numbers import bare_p, count, decimal, inside, joined, p_value
from components.core.reason_words import SHORT
from components.core.table import Table
from components.survival.detectable_words import COLUMN, EXPLAINED, detectable
from components.survival.words import FEWEST_EVENTS
from data.language import say

if TYPE_CHECKING:
    from components.survival.pairwise import PairComparison, Pairs

OPEN = say("Every pair of groups, and the test without its approximation")
DEALING = say("Dealing the groups out afresh")
TITLE = say("A second look at the log-rank test")
EVERYBODY = say("All groups")
EVEN = (say("Even (log-rank)"), say("the whole time alike"))
WEIGHTS = {
    "peto-prentice": (say("Survival so far (Peto, Prentice)"), say("early differences")),
    "gehan": (say("Number at risk (Gehan)"), say("early differences, and where many are followed")),
    "tarone-ware": (say("Root of the number at risk (Tarone, Ware)"), say("early differences, less so")),
    "late": (say("Deaths so far (Fleming, Harrington, ρ = 0, γ = 1)"), say("late differences")),
}
WEIGHED = say(
    "Which weight is read belongs to the question and is decided before looking: of five tests the smallest p is none."
)


def table(result: Pairs) -> Table:
    """All groups together, then every pair: patients, events and the p-values."""
    events = f"{result.endpoint.events.capitalize()} {unbroken(until(result.analysed.follow_up))}"
    columns = (
        say("Compared"),
        say("Patients"),
        events,
        say("Log-rank p"),
        say("Holm-adjusted p"),
        say("Permutation p"),
        COLUMN,
    )
    rows = [_row(EVERYBODY, result.overall)] if len(result.pairs) != 1 else []
    rows += [_row(say(" v ").join(pair.labels), pair) for pair in result.pairs]
    return Table(columns, tuple(rows), trend_sentence(result), light=result.events < FEWEST_EVENTS)


def _row(name: str, compared: PairComparison) -> tuple[str, ...]:
    known = (compared.p, compared.adjusted, compared.permuted)
    ps = [bare_p(p) for p in known] if compared.reason is None else [SHORT[compared.reason], *[bare_p(None)] * 2]
    return (name, count(compared.n), count(compared.events), *ps, detectable(compared.detectable))


def weighted_table(result: Pairs) -> Table:
    """The even test and the weighted ones of all groups; without rows where there is nothing to test."""
    columns = (say("Weight of an event, all groups"), say("Looks at"), say("χ²"), say("p"))
    if not result.weighted:
        return Table(columns, ())
    rows = [(EVEN[0], EVEN[1], decimal(result.statistic or 0, 2), bare_p(result.overall.p))]
    rows += [(*WEIGHTS[test.name], decimal(test.statistic or 0, 2), bare_p(test.p)) for test in result.weighted]
    return Table(columns, tuple(rows), texts=frozenset({1}), light=True)


def trend_sentence(result: Pairs) -> str:
    """The test for trend over levels that have an order; blank for others."""
    if result.trend is None:
        return ""
    if result.trend.statistic is None:
        return say(
            "Trend over the levels of {title}: {short}.",
            title=inside(result.groups.title),
            short=SHORT[result.trend.reason],  # type: ignore[index]
        )
    chisq = decimal(result.trend.statistic, 2)
    over = say("Trend over the levels of {title}, in their order", title=inside(result.groups.title))
    return say(
        "{over}: {p_value} (χ² {chisq}, 1 degree of freedom).", over=over, p_value=p_value(result.trend.p), chisq=chisq
    )


def note(result: Pairs) -> str:
    """What each p-value is, and when to read which."""
    tried = len([pair for pair in result.pairs if pair.p is not None])
    holm = (
        (
            " "
            + say(
                "Holm's correction is for {tried} pairs: of {tried} true null hypotheses it finds any false "
                "in at most 5 of 100 studies.",
                tried=decimal(tried),
            )
        )
        if tried > 1
        else ""
    )
    permuted = (
        (
            " "
            + say(
                "The permutation p reassigns the groups at random {permutations} times among the follow-up times of "
                "those at risk at the first event; it needs no minimum number of events, but groups that were followed "
                "equally long. Below ten events read it rather than the log-rank p.",
                permutations=decimal(result.permutations),
            )
        )
        if any(test.permuted is not None for test in (result.overall, *result.pairs))
        else ""
    )
    explained = EXPLAINED if any(test.detectable is not None for test in (result.overall, *result.pairs)) else ""
    return say(
        "Each pair is tested among its own patients.{holm}{permuted}{weighed} {explained} {remark}",
        weighed=f" {WEIGHED}" if result.weighted else "",
        holm=holm,
        permuted=permuted,
        explained=explained,
        remark=result.endpoint.remark,
    ).strip()


def summary(result: Pairs) -> str:
    """The pairs in a sentence."""
    told = [f"{say(' v ').join(pair.labels)} {bare_p(pair.adjusted)}" for pair in result.pairs if pair.p is not None]
    return say("{title}, Holm-adjusted p-values: {told}.", title=TITLE, told=joined(told) if told else say("none"))
