"""Words of an endpoint that death can forestall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.core.analysis_set_words import because, unbroken, until
from components.core.numbers import bare_p, count, decimal, inside, joined, p_value, share_percent, with_interval
from components.core.procedure_words import brief
from components.core.reason_words import NA, SHORT
from components.core.table import Table
from components.survival.words import landmark_text, nobody_left, when
from data.language import say, say_counted

if TYPE_CHECKING:
    from components.core.analysis_set import AnalysisSet
    from components.survival.competing import CauseComparison, Competing

OPEN = say("The event and death apart: death as a competing event")
CENSORED = say(
    "A cause-specific hazard ratio compares how fast the event comes to those who still can have it; Gray's test "
    "compares how many have it in the end. They may differ where groups die unequally, and both are to be read."
)

RANGES_OF_CAUSES = say(
    "Shares at a time are the range in which the true one lies, as wide as five patients of the group. Tests and "
    "hazard ratios are of the true days."
)


def event(result: Competing) -> str:
    """What is waited for, without the death that the endpoint counts as well: ``progression``."""
    return result.endpoint.alone or say("the event")


def title(result: Competing) -> str:
    """What competes with what, by which groups."""
    what = event(result)
    shown = f"{what[:1].upper()}{what[1:]}"
    if result.groups.title:
        return say("{event}, and death without it by {groups}", event=shown, groups=inside(result.groups.title))
    return say("{event}, and death without it", event=shown)


def share_table(result: Competing) -> Table:
    """A row a group: patients, with the event and dead without it, and both shares at the chosen days."""
    what = event(result)
    columns = [
        result.groups.title or say("Group"),
        say("Patients"),
        say("{event} {until}", event=what.capitalize(), until=unbroken(until(result.analysed.follow_up))),
        say("Died without it"),
    ]
    columns += [say("{event}, {when}", event=what.capitalize(), when=when(day)) for day in result.at_days]
    columns += [say("Death without it, {when}", when=when(day)) for day in result.at_days]
    rows = tuple(
        (
            level.label,
            count(result.n[k]),
            count(result.events[k]),
            count(result.deaths[k]),
            *(share_percent(one) for shares in result.shares for one in shares[k]),
        )
        for k, level in enumerate(result.groups.present)
    )
    return Table(tuple(columns), rows)


def comparison_table(comparisons: tuple[CauseComparison, ...], named: dict[str, str]) -> Table:
    """A row a cause, ``named`` by its words, and a group but the reference: cause-specific ratios; Gray's p a cause."""
    columns = (
        say("Compared"),
        say("Events"),
        say("Cause-specific hazard ratio (95% CI)"),
        say("p (Wald)"),
        say("Gray's test, p"),
    )
    rows: list[tuple[str, ...]] = []
    strong = set()
    for one in comparisons:
        strong.add(len(rows))
        total = one.hazard.together(*range(len(one.hazard.levels)))[1]
        gray = SHORT[one.test.reason] if one.test.reason else bare_p(one.test.p)
        rows.append((named[one.cause], count(total), "", "", gray))
        rows += [
            (
                say("{label} against {reference}", label=level.label, reference=one.hazard.against),
                count(level.events),
                with_interval(level.ratio, 2),
                bare_p(level.p),
                "",
            )
            for level in one.hazard.levels
            if not level.reference
        ]
    return Table(columns, tuple(rows), strong=frozenset(strong), inner=frozenset(range(len(rows))) - strong)


def names(what: str) -> dict[str, str]:
    """The two causes in words."""
    return {"event": f"{what[:1].upper()}{what[1:]}", "death": say("Death without it")}


def why_missing(comparisons: tuple[CauseComparison, ...], analysed: AnalysisSet) -> str:
    """Why some ratios are not given, each reason once; blank where all are."""
    found = dict.fromkeys(level.ratio.reason for one in comparisons for level in one.hazard.levels)
    return " ".join(because(why, analysed.follow_up) for why in found if why and SHORT[why] == NA)


def note(result: Competing) -> str:
    """What the shares and the two comparisons are."""
    said = (
        RANGES_OF_CAUSES if result.analysed.rounded else "",
        CENSORED if result.comparisons else "",
        say("An event on the day of death counts as the event."),
        why_missing(result.comparisons, result.analysed),
        brief(result.procedures, result.method.level),
    )
    return " ".join(part for part in said if part)


def summary(result: Competing) -> str:
    """The shares in a sentence, and the tests."""
    if not result.n:
        return f"{title(result)}. {nobody_left()}"
    groups = [
        say_counted(
            result.n[k],
            "{label}: {events} of {n} patient, {deaths} died without",
            "{label}: {events} of {n} patients, {deaths} died without",
            label=level.label,
            events=count(result.events[k]),
            n=count(result.n[k]),
            deaths=count(result.deaths[k]),
        )
        for k, level in enumerate(result.groups.present)
    ]
    return f"{title(result)}. {'; '.join(groups)}. {tests(result.comparisons, event(result))}".strip()


def tests(comparisons: tuple[CauseComparison, ...], what: str) -> str:
    """Gray's tests in a sentence; blank without any."""
    told = [
        say(
            "{cause} {p} (χ² {chisq})",
            cause=inside(names(what)[one.cause]),
            p=p_value(one.test.p),
            chisq=decimal(one.test.statistic or 0, 2),
        )
        for one in comparisons
        if one.test.p is not None
    ]
    return say("Gray's test: {told}.", told=joined(told)) if told else ""


def landmark(result: Competing) -> str:
    """From when the clock runs and who is left out; blank without a landmark."""
    return landmark_text(result.landmark, result.groups.title) if result.landmark else ""
