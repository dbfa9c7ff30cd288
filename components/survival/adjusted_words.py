"""Words of the comparison adjusted for what else is known at the start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from components.core.analysis_set_words import because, unbroken, until
from components.core.estimate import Reason
from components.core.numbers import bare_p, count, decimal, happened, inside, joined, p_value, with_interval
from components.core.procedure_words import brief
from components.core.reason_words import SHORT
from components.core.table import Table
from components.survival.adjusted import FEW_PER_COEFFICIENT, FEWEST_PER_COEFFICIENT
from components.survival.words import landmark_text
from data.language import say, say_counted

if TYPE_CHECKING:
    from components.core.estimate import Estimate
    from components.survival.adjusted import Adjusted, CovariateRatio

ADJUST_FOR = say("Adjust for")
ADJUST_HELP = say(
    "Up to three things known at the start. Below the curves the groups are then compared in one Cox model with them, "
    "as far as the number of events allows."
)
NOTHING = say("nothing")
PENALTY = say("Firth's penalty in adjusted models")
PENALTY_HELP = say(
    "Keeps hazard ratios finite, and less exaggerated, where events are few. Without it a model in which a group has "
    "no event is not shown."
)
UNEXPLAINED = say(
    "The ratios of what is adjusted for serve the adjustment: they are not effects of their own, for the model was "
    "not made for them."
)


def title(result: Adjusted) -> str:
    """What is compared, adjusted for what."""
    labels = [inside(one.label) for one in result.covariates]
    return say(
        "{endpoint} by {groups}, adjusted for {covariates}",
        endpoint=result.endpoint.label,
        groups=inside(result.groups.title),
        covariates=joined(labels),
    )


def ratio_table(result: Adjusted) -> Table:
    """A row a group: patients, events, the ratio in the model, and alone among the same patients."""
    columns = (
        result.groups.title or say("Group"),
        say("Patients"),
        f"{result.endpoint.events.capitalize()} {unbroken(until(result.analysed.follow_up))}",
        say("Adjusted hazard ratio (95% CI)"),
        say("p"),
        say("Not adjusted, same patients"),
        say("p"),
    )
    rows = tuple(
        (
            level.label,
            count(level.n),
            count(level.events),
            say("reference") if level.reference else with_interval(level.adjusted, 2),
            bare_p(level.adjusted_p),
            say("reference") if level.reference else with_interval(level.alone, 2),
            bare_p(level.alone_p),
        )
        for level in result.levels
    )
    return Table(columns, rows, tests_sentence(result), light=result.per_coefficient < FEW_PER_COEFFICIENT)


def tests_sentence(result: Adjusted) -> str:
    """The tests of the groups as a whole: in the model, and by the log-rank test with and without strata."""
    said = []
    if result.p is not None and len(result.levels) > 2:
        said.append(say("All groups in the model (likelihood ratio): {p_value}.", p_value=p_value(result.p)))
    if result.stratified is not None and result.unstratified is not None:
        told = [
            p_value(one.p) if one.reason is None else SHORT[one.reason]
            for one in (result.stratified, result.unstratified)
        ]
        said.append(
            say_counted(
                result.strata,
                "Log-rank test within {n} stratum: {stratified}; of the same patients without strata: {plain}.",
                "Log-rank test within {n} strata: {stratified}; of the same patients without strata: {plain}.",
                n=decimal(result.strata),
                stratified=told[0],
                plain=told[1],
            )
        )
    return " ".join(said)


def covariate_table(result: Adjusted) -> Table:
    """A row a coefficient of what is adjusted for; without rows where there is no model."""
    columns = (say("Adjusted for"), say("Hazard ratio in the model (95% CI)"), say("p"))
    rows = tuple((covariate(one), with_interval(one.ratio, 2), bare_p(one.p)) for one in result.others)
    return Table(columns, rows)


def covariate(one: CovariateRatio) -> str:
    """``Sex: Female against Male``, ``Age, per 12 years (one SD)``."""
    if one.level is None:
        return say(
            "{label}, {size} {unit} more (one SD)",
            label=one.of.label,
            size=decimal(one.size or 0.0, 1),
            unit=one.unit,
        )
    return say(
        "{label}: {level} against {reference}",
        label=one.of.label,
        level=one.level.label,
        reference=one.against.label if one.against else "",
    )


def budget(result: Adjusted) -> str:
    """How many events there are for each coefficient: ``22 deaths for 3 coefficients, 7.3 each``."""
    return say_counted(
        result.coefficients,
        "{happened} for {n} coefficient, {each} each",
        "{happened} for {n} coefficients, {each} each",
        happened=happened(result.endpoint, result.events),
        n=decimal(result.coefficients),
        each=decimal(result.per_coefficient, 1),
    )


def why_not(result: Adjusted) -> str:
    """Why there is no model, and what can be done; blank where there is one."""
    if result.reason is Reason.TOO_FEW_PER_COEFFICIENT:
        return say(
            "No model is fitted: {budget}. Below {fewest} each, the ratios depend more on the model than on the "
            "patients. Leave out what is least needed, or choose a factor with fewer levels; each level but the first "
            "needs a coefficient.",
            budget=budget(result),
            fewest=FEWEST_PER_COEFFICIENT,
        )
    if result.reason is Reason.COLLINEAR:
        return say(
            "No model is fitted: among the patients at risk {culprits} follows from what else is in the model, so that "
            "the two cannot be told apart. Leave out one of them.",
            culprits=joined([inside(one) for one in result.culprits]),
        )
    if result.reason is Reason.MONOTONE:
        return say(
            "No model is fitted: the events are perfectly separated in some direction, and without a penalty the "
            "likelihood keeps rising as a hazard ratio goes to 0 or to infinity. Switch on Firth's penalty in the "
            "display menu."
        )
    return because(result.reason, result.analysed.follow_up) if result.reason else ""


def caution(result: Adjusted) -> str:
    """How far the model carries; blank where there is none or events are many."""
    if result.reason or result.per_coefficient >= FEW_PER_COEFFICIENT:
        return ""
    return say(
        "{budget}: below {few} the adjusted ratios are unsteady, and their limits too narrow.",
        budget=budget(result),
        few=FEW_PER_COEFFICIENT,
    )


def note(result: Adjusted) -> str:
    """What was adjusted how, and what the numbers are not."""
    who = (
        ""
        if result.reason
        else say(
            "{budget}. Adjusted and not adjusted ratios are of the same patients, those of whom all of it is known, "
            "and by the same method.",
            budget=budget(result),
        )
    )
    absent = dict.fromkeys(level.adjusted.reason for level in result.levels)
    said = (
        who,
        *(because(reason, result.analysed.follow_up) for reason in absent if reason and not result.reason),
        UNEXPLAINED if result.others else "",
        _no_strata(result),
        result.endpoint.remark,
        brief(result.procedures, result.method.level),
        "" if result.reason else say("Tied days by {ties}'s approximation.", ties=result.method.ties.capitalize()),
    )
    return " ".join(part for part in said if part)


def _no_strata(result: Adjusted) -> str:
    """Which covariates make no strata."""
    numbers = [inside(one.of.label) for one in result.others if one.level is None]
    if not numbers or result.stratified is None:
        return ""
    return say("The strata leave {numbers} aside.", numbers=joined(numbers))


def summary(result: Adjusted) -> str:
    """The comparison in a sentence."""
    if result.reason:
        return f"{title(result)}. {why_not(result)}"
    told = [_told(level.label, level.adjusted) for level in result.levels if not level.reference]
    return say(
        "{title}: adjusted hazard ratios against {reference}: {told}. {tests}",
        title=title(result),
        reference=next(level.label for level in result.levels if level.reference),
        told="; ".join(told),
        tests=tests_sentence(result),
    ).strip()


def _told(label: str, ratio: Estimate) -> str:
    return f"{label} {with_interval(ratio, 2)}"


def landmark(result: Adjusted) -> str:
    """From when the clock runs and who is left out; blank without a landmark."""
    return landmark_text(result.landmark, result.groups.title) if result.landmark else ""
