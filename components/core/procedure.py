"""The statistical procedures that a result can be made with: the one register that words, pages and document follow.

A procedure is an id of ``Procedure`` and its entry in ``DESCRIBED``: what it is called, what a report says of it, its
formula's source, and the call in R that gives the same numbers. ``docs/methods.md`` has one row for each.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from components.engine.kaplan_meier import FEW_EVENTS
from data.language import say

if TYPE_CHECKING:
    from components.core.method import AtRisk, Interval, Ties


class Procedure(Enum):
    """A procedure by its stable id; its name, sentence, source and call in R stand in ``DESCRIBED``.

    Every result with a statistic lists its own as ``procedures``: those that gave it a number, and no other.
    """

    KAPLAN_MEIER = "kaplan-meier"
    CUMULATIVE_INCIDENCE = "cumulative-incidence"
    LIMITS_BY_EVENTS = "limits-by-events"
    LIMITS_LOG_LOG = "limits-log-log"
    LIMITS_LOG = "limits-log"
    LIMITS_PLAIN = "limits-plain"
    LIMITS_BETA_PRODUCT = "limits-beta-product"
    MEDIAN = "median-survival"
    RESTRICTED_MEAN = "restricted-mean"
    RESTRICTED_MEAN_DIFFERENCE = "restricted-mean-difference"
    RESTRICTED_MEAN_TEST = "restricted-mean-test"
    LANDMARK = "landmark"
    LOG_RANK = "log-rank"
    TREND = "trend"
    HOLM = "holm"
    PERMUTATION_LOG_RANK = "permutation-log-rank"
    REVERSE_KAPLAN_MEIER = "reverse-kaplan-meier"
    COX_BRESLOW = "cox-breslow"
    COX_EFRON = "cox-efron"
    WALD = "wald"
    AT_RISK_TO = "at-risk-followed-to"
    AT_RISK_AFTER = "at-risk-followed-after"
    SCORE_TEST = "score-test"
    PROFILE = "profile-limits"
    FIRTH = "firth"
    PROPORTIONAL_HAZARDS = "proportional-hazards"
    DETECTABLE_RATIO = "detectable-ratio"
    TIME_VARYING_COX = "time-varying-cox"
    HAZARD_BY_VALUE = "hazard-by-value"
    SPLINE = "spline"
    AUC = "auc"
    CONCORDANCE = "concordance"
    CUT_POINT = "cut-point"
    DESCRIPTION = "description"
    STANDARDIZED_DIFFERENCE = "standardized-difference"
    INCIDENCE_RATE = "incidence-rate"
    RISK_DIFFERENCE = "risk-difference"
    MIXED_MODEL = "mixed-model"
    TIME_IN_RANGE = "time-in-range"


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
            "The median is the first day on which the curve is below one half, or the middle of the time "
            "for which it stays at one half; its limits are read from the curve's."
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
        say("Restricted means are compared by their difference; its limits are put together from those of both."),
        say("Zou and Donner 2008"),
    ),
    P.RESTRICTED_MEAN_TEST: Description(
        say("Test of restricted means"),
        say("The test of the difference of restricted means takes the hazard of both groups pooled."),
        say("Pepe and Fleming 1989"),
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

LIMITS: dict[Interval, Procedure] = {
    "by events": Procedure.LIMITS_BY_EVENTS,
    "log-log": Procedure.LIMITS_LOG_LOG,
    "log": Procedure.LIMITS_LOG,
    "plain": Procedure.LIMITS_PLAIN,
    "beta product": Procedure.LIMITS_BETA_PRODUCT,
}
COX: dict[Ties, Procedure] = {"breslow": Procedure.COX_BRESLOW, "efron": Procedure.COX_EFRON}
AT_RISK: dict[AtRisk, Procedure] = {"R": Procedure.AT_RISK_TO, "KMunicate": Procedure.AT_RISK_AFTER}


def listed(*given: tuple[Procedure, object]) -> tuple[Procedure, ...]:
    """The procedures whose condition holds, each once, in the order of the register."""
    ran = {procedure for procedure, gave in given if gave}
    return tuple(procedure for procedure in Procedure if procedure in ran)


def procedures_of(result: object) -> tuple[Procedure, ...]:
    """What ``result``, or each of several, was made with; nothing for one that only counts."""
    parts: Iterable[object] = result if isinstance(result, tuple) else (result,)
    return listed(*((procedure, True) for part in parts for procedure in getattr(part, "procedures", ())))
