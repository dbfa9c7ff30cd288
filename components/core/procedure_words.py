"""What each procedure is called, what a report says of it, its source, and the call in R that gives the same numbers.

``docs/methods.md`` has one row for each, with the formula; a test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from components.core.method import FEW_EVENTS
from components.core.numbers import decimal
from components.core.procedure import Procedure
from data.language import say

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Description:
    """``name`` heads its row in the document; ``sentence`` is what a report says, {level} being the confidence level.

    ``brief`` stands in the small type under a figure, where there is room for the conventions only; blank for most.
    ``r`` is blank where R has no such function.
    """

    name: str
    sentence: str
    source: str
    r: str = ""
    brief: str = ""


P = Procedure

DESCRIBED: dict[Procedure, Description] = {
    P.KAPLAN_MEIER: Description(
        say("Kaplan-Meier"),
        say(
            "Survival is the Kaplan-Meier estimate with Greenwood's variance; no curve is carried beyond the last day."
        ),
        say("Kaplan and Meier 1958; Greenwood 1926"),
        r="survfit(Surv(day, event) ~ g)",
    ),
    P.LIMITS_BY_EVENTS: Description(
        say("Limits by events"),
        say(
            "Limits ({{level}}) of a curve are those of the beta product as long as fewer than "
            "{few_events} events have happened and where the estimate is 0 or 1, and log-log from then "
            "on.",
            few_events=FEW_EVENTS,
        ),
        say("Fay, Brittain and Proschan 2013; Kalbfleisch and Prentice 1.4"),
        r='bpcp::bpcp, then survfit(conf.type = "log-log")',
        brief=say(
            "log-log {{level}} limits (Greenwood), or beta product limits, named beside the number, "
            "below {few_events} events",
            few_events=FEW_EVENTS,
        ),
    ),
    P.LIMITS_LOG_LOG: Description(
        say("Limits, log-log"),
        say("Limits ({level}) of a curve are normal on log(−log p), p being the estimate."),
        say("Kalbfleisch and Prentice 1.4"),
        r='survfit(conf.type = "log-log")',
        brief=say("log-log {level} limits (Greenwood)"),
    ),
    P.LIMITS_LOG: Description(
        say("Limits, log"),
        say("Limits ({level}) of a curve are normal on log p, p being the estimate."),
        say("Kalbfleisch and Prentice 1.4"),
        r='survfit(conf.type = "log")',
        brief=say("log {level} limits (Greenwood)"),
    ),
    P.LIMITS_PLAIN: Description(
        say("Limits, plain"),
        say("Limits ({level}) of a curve are normal on p itself, p being the estimate."),
        say("Kalbfleisch and Prentice 1.4"),
        r='survfit(conf.type = "plain")',
        brief=say("plain {level} limits (Greenwood)"),
    ),
    P.LIMITS_BETA_PRODUCT: Description(
        say("Limits, beta product"),
        say("Limits ({level}) of a curve are those of the beta product, which hold for few patients and events."),
        say("Fay, Brittain and Proschan 2013; on the day of an event Fay and Brittain 2016"),
        r="bpcp::bpcp",
        brief=say("beta product {level} limits"),
    ),
    P.AT_RISK_TO: Description(
        say("At risk, followed to the day"),
        say("Patients at risk on a day are those followed to the day or later; censored and events are cumulative."),
        say("SAS, R"),
        r="summary(survfit, times = )",
        brief=say("at risk = followed to the day or later; censored and events are cumulative"),
    ),
    P.AT_RISK_AFTER: Description(
        say("At risk, followed after the day"),
        say(
            "Patients at risk on a day are those still followed after it, so that at risk, censored and events add up."
        ),
        say("Morris and others 2019 (KMunicate)"),
        r="",
        brief=say("at risk = still followed after the day; censored and events are cumulative"),
    ),
    P.MEDIAN: Description(
        say("Median survival"),
        say(
            "The median is the first day on which the curve is at or below one half; its limits are read "
            "from the curve's."
        ),
        say("SAS PROC LIFETEST; Brookmeyer and Crowley 1982"),
        r="quantile(survfit)",
    ),
    P.RESTRICTED_MEAN: Description(
        say("Restricted mean"),
        say(
            "The restricted mean is the area under the curve to the horizon named; its limits "
            "({{level}}) are normal on the logit of its share of the horizon, below {few_events} events "
            "the areas under the limits of the beta product.",
            few_events=FEW_EVENTS,
        ),
        say("Klein and Moeschberger 4.5"),
        r="survRM2::rmst2 (mean and variance)",
    ),
    P.RESTRICTED_MEAN_DIFFERENCE: Description(
        say("Difference of restricted means"),
        say(
            "Restricted means are compared by their difference; its limits are put together from those "
            "of both, its test takes the hazard of both groups pooled."
        ),
        say("Zou and Donner 2008; Pepe and Fleming 1989"),
    ),
    P.LANDMARK: Description(
        say("Landmark"),
        say(
            "Groups known only during treatment are compared from a landmark day on, among patients "
            "still free of the event, followed beyond it and measured; the clock restarts there."
        ),
        say("Anderson, Cain and Gelber 1983"),
        r="Surv(day - landmark, event), subset = day > landmark",
    ),
    P.LOG_RANK: Description(
        say("Log-rank"),
        say("Groups are compared by the log-rank test; the degrees of freedom are the rank of its covariance."),
        say("Mantel 1966"),
        r="survdiff(Surv(day, event) ~ g)",
    ),
    P.TREND: Description(
        say("Trend over ordered levels"),
        say("Levels that have an order are compared by the log-rank test for trend."),
        say("Tarone 1975"),
        r="survMisc::comp",
    ),
    P.HOLM: Description(
        say("Holm's correction"),
        say("P-values of the pairs of groups are corrected for their number by Holm's method."),
        say("Holm 1979"),
        r='p.adjust(p, "holm")',
    ),
    P.PERMUTATION_LOG_RANK: Description(
        say("Permutation log-rank"),
        say(
            "The permutation p deals the groups out afresh among the same follow-up times and counts how "
            "often the log-rank statistic is as large."
        ),
        say("Davison and Hinkley 4.3"),
    ),
    P.REVERSE_KAPLAN_MEIER: Description(
        say("Median follow-up"),
        say("Follow-up is described by the reverse Kaplan-Meier method, with the end of follow-up as the event."),
        say("Schemper and Smith 1996"),
        r="survfit(Surv(day, 1 - event) ~ 1)",
    ),
    P.CUMULATIVE_INCIDENCE: Description(
        say("Cumulative incidence"),
        say(
            "Cumulative incidence is the Aalen-Johansen estimate with the infinitesimal jackknife "
            "variance; death before the event competes with it."
        ),
        say("Aalen and Johansen 1978"),
        r="survfit(Surv(day, cause) ~ g)",
        brief=say("Aalen-Johansen estimate"),
    ),
    P.COX_BRESLOW: Description(
        say("Cox model, Breslow's ties"),
        say("Hazard ratios are from univariate Cox models with Breslow's approximation for tied days."),
        say("Cox 1972; Breslow 1974"),
        r='coxph(Surv(day, event) ~ g, ties = "breslow")',
        brief=say("hazard ratios from univariate Cox models, Breslow ties"),
    ),
    P.COX_EFRON: Description(
        say("Cox model, Efron's ties"),
        say("Hazard ratios are from univariate Cox models with Efron's approximation for tied days."),
        say("Cox 1972; Efron 1977"),
        r='coxph(Surv(day, event) ~ g, ties = "efron")',
        brief=say("hazard ratios from univariate Cox models, Efron ties"),
    ),
    P.WALD: Description(
        say("Wald limits and p"),
        say("Limits ({level}) and p of a hazard ratio are Wald's; a ratio that would be 0 or infinite is not given."),
        say("Wald 1943"),
        r="summary(coxph)",
        brief=say("Wald {level} limits"),
    ),
    P.SCORE_TEST: Description(
        say("Score test of a factor"),
        say("A factor as a whole is tested by the score test of its Cox model."),
        say("Cox 1972"),
        r="summary(coxph)$sctest",
    ),
    P.PROFILE: Description(
        say("Profile limits"),
        say(
            "Profile-likelihood limits ({level}) and the likelihood-ratio p, which with few events is "
            "too small too often, stand beside Wald's."
        ),
        say("Venzon and Moolgavkar 1988"),
        r="coxphf(firth = FALSE)",
    ),
    P.FIRTH: Description(
        say("Firth's ratio"),
        say("Firth's penalised hazard ratio with profile limits ({level}) is finite also where a group has no event."),
        say("Firth 1993; Heinze and Schemper 2001"),
        r="coxphf",
    ),
    P.PROPORTIONAL_HAZARDS: Description(
        say("Proportional hazards"),
        say(
            "Proportional hazards are tested by the score test, time transformed by Kaplan-Meier; with "
            "few events it has low power."
        ),
        say("Grambsch and Therneau 1994"),
        r="cox.zph(terms = TRUE)",
    ),
    P.DETECTABLE_RATIO: Description(
        say("Detectable hazard ratio"),
        say(
            "Beside a comparison stands the weakest hazard ratio that its events and group sizes would "
            "have shown with 80% power; a p-value above 0.05 is no evidence of no effect."
        ),
        say("Schoenfeld 1981, 1983"),
        r="exp((qnorm(0.975) + qnorm(0.8)) / sqrt(events * p * q))",
    ),
    P.TIME_VARYING_COX: Description(
        say("Time-varying Cox model"),
        say(
            "A Cox model with the level last known before each day as a time-varying covariate; Efron's "
            "ties, Wald limits ({level})."
        ),
        say("Andersen and Gill 1982"),
        r="coxph(Surv(start, stop, event) ~ level)",
    ),
    P.HAZARD_BY_VALUE: Description(
        say("Hazard by value"),
        say(
            "A Cox model with the value as a number, on a binary logarithmic scale if it is skewed, "
            "otherwise in standard deviations; Efron's ties, Wald limits ({level})."
        ),
        say("Cox 1972; Efron 1977"),
        r="coxph(Surv(day, event) ~ log2(x))",
    ),
    P.SPLINE: Description(
        say("Spline"),
        say(
            "Whether the logarithm of the hazard bends with the value is tested with a restricted cubic "
            "spline against the straight line (likelihood ratio)."
        ),
        say("Harrell, Regression Modeling Strategies, 2.4"),
        r="coxph(Surv(day, event) ~ rms::rcs(x, 3))",
    ),
    P.AUC: Description(
        say("Area under the ROC curve"),
        say(
            "The area under the time-dependent ROC curve weighs cases by the inverse probability of "
            "censoring; its limits ({level}) are percentiles of bootstrap samples, or Newcombe's where "
            "the ranking is perfect."
        ),
        say("Hung and Chiang 2010; Newcombe 2006, method 5"),
        r="timeROC::timeROC",
    ),
    P.CONCORDANCE: Description(
        say("Uno's concordance"),
        say(
            "Concordance is Uno's, with inverse probability of censoring weights; its limits ({level}) "
            "are percentiles of bootstrap samples."
        ),
        say("Uno and others 2011"),
        r='concordance(timewt = "n/G2", ymax = τ)',
    ),
    P.CUT_POINT: Description(
        say("Searched cut-point"),
        say(
            "The cut-point is where the log-rank statistic is largest, leaving a tenth of the patients "
            "on both sides; its p-values allow for the search (permutation; Lausen and Schumacher), its "
            "limits ({level}) are from bootstrap samples."
        ),
        say("Lausen and Schumacher 1992"),
        r='maxstat::maxstat.test(smethod = "LogRank")',
    ),
    P.DESCRIPTION: Description(
        say("Numbers described"),
        say(
            "Numbers are described by mean and standard deviation (n − 1), or by median and quartiles "
            "(SAS definition 5)."
        ),
        say("SAS PROC UNIVARIATE"),
        r="mean, sd, quantile(type = 2)",
    ),
    P.STANDARDIZED_DIFFERENCE: Description(
        say("Standardized difference"),
        say("Columns are compared by standardized differences."),
        say("Austin 2009; Yang and Dalton 2012"),
        r="stddiff",
    ),
    P.INCIDENCE_RATE: Description(
        say("Incidence per 100 patient-years"),
        say("Incidence is per 100 patient-years at risk, with exact Poisson limits ({level})."),
        say("Garwood 1936"),
        r="poisson.test",
    ),
    P.RISK_DIFFERENCE: Description(
        say("Risk difference"),
        say("Differences of risk have Newcombe's limits ({level})."),
        say("Newcombe 1998, method 10"),
        r='DescTools::BinomDiffCI(method = "score")',
    ),
    P.MIXED_MODEL: Description(
        say("Mean course of a mixed model"),
        say(
            "The modelled course is from a linear mixed model of a group: a mean for each visit, a "
            "random intercept for each patient, restricted maximum likelihood."
        ),
        say("Laird and Ware 1982"),
        r="nlme::lme",
    ),
    P.TIME_IN_RANGE: Description(
        say("Time in range"),
        say("Time in range is by linear interpolation between consecutive values, not across long gaps."),
        say("Rosendaal 1993"),
    ),
}

SURVIVAL_TIME = frozenset(
    {
        P.KAPLAN_MEIER, P.LOG_RANK, P.TREND, P.PERMUTATION_LOG_RANK, P.COX_BRESLOW, P.COX_EFRON, P.TIME_VARYING_COX,
        P.HAZARD_BY_VALUE, P.AUC, P.CONCORDANCE, P.CUT_POINT, P.CUMULATIVE_INCIDENCE,
    }
)  # fmt: skip
"""Procedures on times that may be censored."""

COMPARING = frozenset(
    {
        P.LOG_RANK, P.TREND, P.PERMUTATION_LOG_RANK, P.COX_BRESLOW, P.COX_EFRON, P.RESTRICTED_MEAN_DIFFERENCE,
        P.RISK_DIFFERENCE, P.STANDARDIZED_DIFFERENCE, P.TIME_VARYING_COX, P.HAZARD_BY_VALUE,
    }
)  # fmt: skip
"""Procedures that compare groups of patients."""


def _level(level: float) -> str:
    return f"{decimal(100 * level)}%"


def sentence(procedure: Procedure, level: float) -> str:
    """What was done, in a sentence."""
    return DESCRIBED[procedure].sentence.format(level=_level(level))


def sentences(procedures: Iterable[Procedure], level: float) -> tuple[str, ...]:
    """What a report says of ``procedures``, in their order, each with its source."""
    return tuple(f"{sentence(one, level).removesuffix('.')} ({DESCRIBED[one].source})." for one in procedures)


def brief(procedures: Iterable[Procedure], level: float) -> str:
    """The conventions behind the numbers of a figure, for the small type under it; blank where there are none."""
    ran = set(procedures)
    parts = [DESCRIBED[procedure].brief.format(level=_level(level)) for procedure in Procedure if procedure in ran]
    said = "; ".join(part for part in parts if part)
    if not said:
        return ""
    said = say("Kaplan-Meier with {said}", said=said) if P.KAPLAN_MEIER in ran else said
    return f"{said[0].upper()}{said[1:]}."
