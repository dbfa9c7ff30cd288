"""Where each procedure can be run: pages with their panels, and what those can be made with.

A test computes every panel of every page under many choices and holds this list to what came out, in both directions.
"""

from __future__ import annotations

from dataclasses import dataclass

from components.core.procedure import AT_RISK, COX, LIMITS, Procedure

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
    Place("Overview", "survival", "survival cards", (P.KAPLAN_MEIER, P.LOG_RANK)),
    Place("Overview", "course", "steroid card", (P.DESCRIPTION,)),
    Place("Survival", "survival", "curves", (P.LANDMARK, *CURVES)),
    Place(
        "Survival",
        "pairs",
        "every pair of groups",
        (P.LANDMARK, P.LOG_RANK, P.TREND, P.HOLM, P.PERMUTATION_LOG_RANK, P.DETECTABLE_RATIO),
    ),
    Place("Survival", "time-varying", "the value as it changes", (P.TIME_VARYING_COX, P.PROFILE, P.FIRTH)),
    Place("Prognosis", "prognosis", "forest plot", (*COX.values(), P.WALD, P.SCORE_TEST, P.DETECTABLE_RATIO)),
    Place("Baseline", "baseline", "table", (P.DESCRIPTION, P.STANDARDIZED_DIFFERENCE)),
    Place("Treatment", "course", "dose and corticosteroids", (P.DESCRIPTION,)),
    Place("Treatment", "trough", "trough", (P.DESCRIPTION,)),
    Place("Treatment", "time in range", "time in range", (P.DESCRIPTION, P.TIME_IN_RANGE)),
    Place("Treatment", "survival", "persistence", CURVES),
    Place("Treatment", "discontinuation", "reasons to stop", (P.DESCRIPTION,)),
    Place("Laboratory", "course", "one value", (P.DESCRIPTION, P.MIXED_MODEL)),
    Place("Laboratory", "courses", "all values", (P.DESCRIPTION, P.MIXED_MODEL)),
    Place("Biomarker", "survival", "clinical cut", CURVES),
    Place("Biomarker", "hazard by value", "hazard by value", (P.HAZARD_BY_VALUE, P.SPLINE, P.PROFILE, P.FIRTH)),
    Place("Biomarker", "discrimination", "discrimination", (P.AUC, P.CONCORDANCE)),
    Place("Biomarker", "cut-point", "search for a cut-point", (P.CUT_POINT,)),
    Place("Safety", "reactions", "reactions", (P.INCIDENCE_RATE, P.RISK_DIFFERENCE)),
    Place("Safety", "first reaction", "who and when", (P.CUMULATIVE_INCIDENCE, *LIMITS.values(), *AT_RISK.values())),
    Place("Safety", "discontinuation", "discontinuation", (P.DESCRIPTION,)),
)

EVERYWHERE = (P.REVERSE_KAPLAN_MEIER,)
"""What stands in the bar above every page and in every report."""


def places_of(procedure: Procedure) -> tuple[Place, ...]:
    """Where ``procedure`` can be run, in the order of the menu; nothing for what stands everywhere."""
    return tuple(place for place in PLACES if procedure in place.procedures)
