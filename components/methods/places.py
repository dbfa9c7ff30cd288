"""Where each procedure can be run: pages with their panels, and what those can be made with.

A test computes every panel of every page under many choices and holds this list to what came out, in both directions.
"""

from __future__ import annotations

from dataclasses import dataclass

from components.core.procedure import AT_RISK, COX, LIMITS, Procedure
from data.language import say

P = Procedure


@dataclass(frozen=True)
class Place:
    """Panels of one ``kind`` on a ``page`` (its title): ``label`` says where on the page they stand."""

    page: str
    kind: str
    label: str
    procedures: tuple[Procedure, ...]


CURVES = (
    P.KAPLAN_MEIER,
    *LIMITS.values(),
    P.MEDIAN,
    P.RESTRICTED_MEAN,
    P.RESTRICTED_MEAN_DIFFERENCE,
    P.LOG_RANK,
    *COX.values(),
    P.WALD,
    *AT_RISK.values(),
    P.PROFILE,
    P.FIRTH,
    P.PROPORTIONAL_HAZARDS,
    P.DETECTABLE_RATIO,
)
"""What curves with the comparison of their groups can be made with."""

PLACES = (
    Place(say("Overview"), "survival", say("survival cards"), (P.KAPLAN_MEIER, P.LOG_RANK)),
    Place(say("Overview"), "course", say("steroid card"), (P.DESCRIPTION,)),
    Place(say("Survival"), "survival", say("curves"), (P.LANDMARK, *CURVES)),
    Place(
        say("Survival"),
        "pairs",
        say("every pair of groups"),
        (P.LANDMARK, P.LOG_RANK, P.TREND, P.HOLM, P.PERMUTATION_LOG_RANK, P.DETECTABLE_RATIO),
    ),
    Place(say("Survival"), "time-varying", say("the value as it changes"), (P.TIME_VARYING_COX, P.PROFILE, P.FIRTH)),
    Place(say("Prognosis"), "prognosis", say("forest plot"), (*COX.values(), P.WALD, P.SCORE_TEST, P.DETECTABLE_RATIO)),
    Place(say("Baseline"), "baseline", say("table"), (P.DESCRIPTION, P.STANDARDIZED_DIFFERENCE)),
    Place(say("Treatment"), "course", say("dose and corticosteroids"), (P.DESCRIPTION,)),
    Place(say("Treatment"), "trough", say("trough"), (P.DESCRIPTION,)),
    Place(say("Treatment"), "time in range", say("time in range"), (P.DESCRIPTION, P.TIME_IN_RANGE)),
    Place(say("Treatment"), "survival", say("persistence"), CURVES),
    Place(say("Treatment"), "discontinuation", say("reasons to stop"), (P.DESCRIPTION,)),
    Place(say("Laboratory"), "course", say("one value"), (P.DESCRIPTION, P.MIXED_MODEL)),
    Place(say("Laboratory"), "courses", say("all values"), (P.DESCRIPTION, P.MIXED_MODEL)),
    Place(say("Biomarker"), "survival", say("clinical cut"), CURVES),
    Place(
        say("Biomarker"), "hazard by value", say("hazard by value"), (P.HAZARD_BY_VALUE, P.SPLINE, P.PROFILE, P.FIRTH)
    ),
    Place(say("Biomarker"), "discrimination", say("discrimination"), (P.AUC, P.CONCORDANCE)),
    Place(say("Biomarker"), "cut-point", say("search for a cut-point"), (P.CUT_POINT,)),
    Place(say("Safety"), "reactions", say("reactions"), (P.INCIDENCE_RATE, P.RISK_DIFFERENCE)),
    Place(
        say("Safety"),
        "first reaction",
        say("who and when"),
        (P.CUMULATIVE_INCIDENCE, *LIMITS.values(), *AT_RISK.values()),
    ),
    Place(say("Safety"), "discontinuation", say("discontinuation"), (P.DESCRIPTION,)),
)

EVERYWHERE = (P.REVERSE_KAPLAN_MEIER,)
"""What stands in the bar above every page and in every report."""


def places_of(procedure: Procedure) -> tuple[Place, ...]:
    """Where ``procedure`` can be run, in the order of the menu; nothing for what stands everywhere."""
    return tuple(place for place in PLACES if procedure in place.procedures)
