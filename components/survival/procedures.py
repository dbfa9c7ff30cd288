"""The procedures behind curves, tests and hazard ratios, which several results of survival and other questions share.

A procedure that gives numbers to one result alone stands beside that result.
"""

from __future__ import annotations

from components.core.method import AtRisk, Interval, Ties
from components.core.procedure import Procedure
from components.engine.kaplan_meier import FEW_EVENTS
from data.language import say

KAPLAN_MEIER = Procedure(
    "kaplan-meier",
    say("Kaplan-Meier"),
    say("Survival is the Kaplan-Meier estimate with Greenwood's variance; no curve is carried beyond the last day."),
    say("Kaplan and Meier 1958; Greenwood 1926"),
    formula="S = product of (1 − d/Y) over event days; variance S² Σ d / (Y (Y − d))",
    r="survfit(Surv(day, event) ~ g)",
    around=say("Kaplan-Meier with {said}"),
    section="Survival",
    position=10,
    on_times=True,
)
CUMULATIVE_INCIDENCE = Procedure(
    "cumulative-incidence",
    say("Cumulative incidence"),
    say(
        "Cumulative incidence is the Aalen-Johansen estimate with the infinitesimal jackknife "
        "variance; death before the event competes with it."
    ),
    say("Aalen and Johansen 1978"),
    formula="Σ S(t−) d_j / Y, tied causes on one day together; infinitesimal jackknife variance",
    r="survfit(Surv(day, cause) ~ g)",
    brief=say("Aalen-Johansen estimate"),
    section="Survival",
    position=20,
    on_times=True,
)
LIMITS_BY_EVENTS = Procedure(
    "limits-by-events",
    say("Limits by events"),
    say(
        "Limits ({{level}}) of a curve are those of the beta product as long as fewer than "
        "{few_events} events have happened and where the estimate is 0 or 1, and log-log from then "
        "on.",
        few_events=FEW_EVENTS,
    ),
    say("Fay, Brittain and Proschan 2013; Kalbfleisch and Prentice 1.4"),
    formula="beta product with d < 5 events so far or S 0 or 1; log-log otherwise",
    r='bpcp::bpcp, then survfit(conf.type = "log-log")',
    brief=say(
        "log-log {{level}} limits (Greenwood), or beta product limits, named beside the number, "
        "below {few_events} events",
        few_events=FEW_EVENTS,
    ),
    section="Survival",
    position=30,
)
LIMITS_LOG_LOG = Procedure(
    "limits-log-log",
    say("Limits, log-log"),
    say("Limits ({level}) of a curve are normal on log(−log p), p being the estimate."),
    say("Kalbfleisch and Prentice 1.4"),
    formula="exp(−exp(log(−log p) ± z se / (p log p)))",
    r='survfit(conf.type = "log-log")',
    brief=say("log-log {level} limits (Greenwood)"),
    section="Survival",
    position=40,
)
LIMITS_LOG = Procedure(
    "limits-log",
    say("Limits, log"),
    say("Limits ({level}) of a curve are normal on log p, p being the estimate."),
    say("Kalbfleisch and Prentice 1.4"),
    formula="p exp(± z se / p), at most 1",
    r='survfit(conf.type = "log")',
    brief=say("log {level} limits (Greenwood)"),
    section="Survival",
    position=50,
)
LIMITS_PLAIN = Procedure(
    "limits-plain",
    say("Limits, plain"),
    say("Limits ({level}) of a curve are normal on p itself, p being the estimate."),
    say("Kalbfleisch and Prentice 1.4"),
    formula="p ± z se, within 0 and 1",
    r='survfit(conf.type = "plain")',
    brief=say("plain {level} limits (Greenwood)"),
    section="Survival",
    position=60,
)
LIMITS_BETA_PRODUCT = Procedure(
    "limits-beta-product",
    say("Limits, beta product"),
    say("Limits ({level}) of a curve are those of the beta product, which hold for few patients and events."),
    say("Fay, Brittain and Proschan 2013; on the day of an event Fay and Brittain 2016"),
    formula=(
        "quantiles of the product of Beta(Y − d + 1, d) over event days, the lower one times "
        "Beta(Y+, 1), by the method of moments"
    ),
    r="bpcp::bpcp",
    brief=say("beta product {level} limits"),
    section="Survival",
    position=70,
)
MEDIAN = Procedure(
    "median-survival",
    say("Median survival"),
    say(
        "The median is the first day on which the curve is below one half, or the middle of the time "
        "for which it stays at one half; its limits are read from the curve's. Quartiles are read in the same way."
    ),
    say("SAS PROC LIFETEST; Brookmeyer and Crowley 1982"),
    formula="first day S < 1/2; midpoint of the days on which S equals it exactly; limits read from the limits of S",
    r="quantile(survfit)",
    section="Survival",
    position=80,
)
RESTRICTED_MEAN = Procedure(
    "restricted-mean",
    say("Restricted mean"),
    say(
        "The restricted mean is the area under the curve to the horizon named; its limits "
        "({{level}}) are normal on the logit of its share of the horizon, below {few_events} events "
        "the areas under the limits of the beta product.",
        few_events=FEW_EVENTS,
    ),
    say("Klein and Moeschberger 4.5"),
    formula="area under S to τ; variance Σ A(t)² d / (Y (Y − d)), A(t) the area from t to τ",
    r="survRM2::rmst2 (mean and variance)",
    section="Survival",
    position=90,
)
RESTRICTED_MEAN_DIFFERENCE = Procedure(
    "restricted-mean-difference",
    say("Difference of restricted means"),
    say("Restricted means are compared by their difference; its limits are put together from those of both."),
    say("Zou and Donner 2008"),
    formula="square-and-add of both means' limits",
    section="Survival",
    position=100,
    compares=True,
)
RESTRICTED_MEAN_TEST = Procedure(
    "restricted-mean-test",
    say("Test of restricted means"),
    say("The test of the difference of restricted means takes the hazard of both groups pooled."),
    say("Pepe and Fleming 1989"),
    formula="difference over its error; variance Σ A(t)² d / (Y − d) (1/Y₁ + 1/Y₂), A, d, Y of both groups pooled",
    section="Survival",
    position=110,
    compares=True,
)
LANDMARK = Procedure(
    "landmark",
    say("Landmark"),
    say(
        "Groups known only during treatment are compared from a landmark day on, among patients "
        "still free of the event, followed beyond it and measured; the clock restarts there."
    ),
    say("Anderson, Cain and Gelber 1983"),
    formula="patients with day > landmark and a known level; day − landmark is the time",
    r="Surv(day - landmark, event), subset = day > landmark",
    section="Grouping by what becomes known during treatment",
    position=120,
)
LOG_RANK = Procedure(
    "log-rank",
    say("Log-rank"),
    say("Groups are compared by the log-rank test; the degrees of freedom are the rank of its covariance."),
    say("Mantel 1966"),
    formula="U′V⁻U, U observed − expected events, V their hypergeometric covariance; df = rank of V",
    r="survdiff(Surv(day, event) ~ g)",
    section="Survival",
    position=130,
    on_times=True,
    compares=True,
)
REVERSE_KAPLAN_MEIER = Procedure(
    "reverse-kaplan-meier",
    say("Median follow-up"),
    say("Follow-up is described by the reverse Kaplan-Meier method, with the end of follow-up as the event."),
    say("Schemper and Smith 1996"),
    formula="median of the Kaplan-Meier curve with the end of follow-up as the event",
    r="survfit(Surv(day, 1 - event) ~ 1)",
    section="Survival",
    position=170,
)
COX_BRESLOW = Procedure(
    "cox-breslow",
    say("Cox model, Breslow's ties"),
    say("Hazard ratios are from univariate Cox models with Breslow's approximation for tied days."),
    say("Cox 1972; Breslow 1974"),
    formula="partial likelihood; tied events share one risk set",
    r='coxph(Surv(day, event) ~ g, ties = "breslow")',
    brief=say("hazard ratios from univariate Cox models, Breslow ties"),
    section="Hazard ratios",
    position=180,
    on_times=True,
    compares=True,
)
COX_EFRON = Procedure(
    "cox-efron",
    say("Cox model, Efron's ties"),
    say("Hazard ratios are from univariate Cox models with Efron's approximation for tied days."),
    say("Cox 1972; Efron 1977"),
    formula="partial likelihood; tied events leave their risk set one part at a time",
    r='coxph(Surv(day, event) ~ g, ties = "efron")',
    brief=say("hazard ratios from univariate Cox models, Efron ties"),
    section="Hazard ratios",
    position=190,
    on_times=True,
    compares=True,
)
WALD = Procedure(
    "wald",
    say("Wald limits and p"),
    say("Limits ({level}) and p of a hazard ratio are Wald's; a ratio that would be 0 or infinite is not given."),
    say("Wald 1943"),
    formula="exp(β ± z se); p from (β / se)²",
    r="summary(coxph)",
    brief=say("Wald {level} limits"),
    section="Hazard ratios",
    position=200,
)
AT_RISK_TO = Procedure(
    "at-risk-followed-to",
    say("At risk, followed to the day"),
    say("Patients at risk on a day are those followed to the day or later; censored and events are cumulative."),
    say("SAS, R"),
    formula="patients with day ≥ t",
    r="summary(survfit, times = )",
    brief=say("at risk = followed to the day or later; censored and events are cumulative"),
    section="Survival",
    position=210,
)
AT_RISK_AFTER = Procedure(
    "at-risk-followed-after",
    say("At risk, followed after the day"),
    say("Patients at risk on a day are those still followed after it, so that at risk, censored and events add up."),
    say("Morris and others 2019 (KMunicate)"),
    formula="patients with day > t",
    brief=say("at risk = still followed after the day; censored and events are cumulative"),
    section="Survival",
    position=220,
)
SCORE_TEST = Procedure(
    "score-test",
    say("Score test of a factor"),
    say("A factor as a whole is tested by the score test of its Cox model."),
    say("Cox 1972"),
    formula="U′I⁻U at β = 0; df = levels ever at risk with an event, less one",
    r="summary(coxph)$sctest",
    section="Hazard ratios",
    position=230,
)
PROFILE = Procedure(
    "profile-limits",
    say("Profile limits"),
    say(
        "Profile-likelihood limits ({level}) and the likelihood-ratio p, which with few events is "
        "too small too often, stand beside Wald's."
    ),
    say("Venzon and Moolgavkar 1988"),
    formula="ratios at which twice the log-likelihood has fallen by χ²; may be 0 or infinite",
    r="coxphf(firth = FALSE)",
    section="Hazard ratios",
    position=240,
)
FIRTH = Procedure(
    "firth",
    say("Firth's ratio"),
    say("Firth's penalised hazard ratio with profile limits ({level}) is finite also where a group has no event."),
    say("Firth 1993; Heinze and Schemper 2001"),
    formula="likelihood penalised by half the log determinant of the information",
    r="coxphf",
    section="Hazard ratios",
    position=250,
)
PROPORTIONAL_HAZARDS = Procedure(
    "proportional-hazards",
    say("Proportional hazards"),
    say(
        "Proportional hazards are tested by the score test, time transformed by Kaplan-Meier; with "
        "few events it has low power."
    ),
    say("Grambsch and Therneau 1994"),
    formula="exact score test of β + θ g(t), g the Kaplan-Meier transform of time",
    r="cox.zph(terms = TRUE)",
    section="Hazard ratios",
    position=260,
)
DETECTABLE_RATIO = Procedure(
    "detectable-ratio",
    say("Detectable hazard ratio"),
    say(
        "Beside a comparison stands the weakest hazard ratio that its events and group sizes would "
        "have shown with 80% power; a p-value above 0.05 is no evidence of no effect."
    ),
    say("Schoenfeld 1981, 1983"),
    formula="exp((1.96 + 0.84) / √(D p q)), D events of both groups, p and q their shares of the patients",
    r="exp((qnorm(0.975) + qnorm(0.8)) / sqrt(events * p * q))",
    section="Hazard ratios",
    position=270,
)
HOLM = Procedure(
    "holm",
    say("Holm's correction"),
    say("P-values of several groups, or of every pair of them, are corrected for their number by Holm's method."),
    say("Holm 1979"),
    formula="sorted p times the number of those not smaller, made monotone, over all groups or pairs with a test",
    r='p.adjust(p, "holm")',
    section="Survival",
    position=150,
)

LIMITS: dict[Interval, Procedure] = {
    "by events": LIMITS_BY_EVENTS,
    "log-log": LIMITS_LOG_LOG,
    "log": LIMITS_LOG,
    "plain": LIMITS_PLAIN,
    "beta product": LIMITS_BETA_PRODUCT,
}
COX: dict[Ties, Procedure] = {"breslow": COX_BRESLOW, "efron": COX_EFRON}
AT_RISK: dict[AtRisk, Procedure] = {"R": AT_RISK_TO, "KMunicate": AT_RISK_AFTER}
