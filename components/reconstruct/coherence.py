"""What cannot be in one cohort at once: the rules that a reconstructed cohort keeps, most of them good for any."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from components.reconstruct import course_rules as course
from components.reconstruct import patient_rules as patient
from components.reconstruct.patient_rules import Found
from data.cohort import Cohort


@dataclass(frozen=True)
class Rule:
    """One thing that must hold. ``check`` gives the patients that break it, each with what is wrong.

    A ``general`` rule holds for any cohort; the others say how the surveillance of the paper was recorded.
    """

    name: str
    sentence: str
    check: Callable[[Cohort], Found]
    general: bool = True


@dataclass(frozen=True)
class Incoherence:
    """A patient who breaks a rule."""

    rule: Rule
    patient: str
    wrong: str

    def __str__(self) -> str:
        """For example ``P007: SaO₂ 99 % where PaO₂ implies 81.0 % (SaO₂ fits PaO₂.)``."""
        return f"{self.patient}: {self.wrong} ({self.rule.sentence})"


# fmt: off
RULES = (
    Rule("jo1", "A Jo-1-positive patient is ARS-positive where that was tested.", patient.ars_negative_with_jo1),
    Rule("damage", "Diffuse alveolar damage was found only in CADM.", patient.damage_outside_cadm, general=False),
    Rule("pulse", "Pulse with cyclophosphamide includes cyclophosphamide.", patient.pulse_without_cyclophosphamide),
    Rule("relapse", "A relapse follows a disease known for a month or longer.", patient.relapse_of_the_new),
    Rule("death", "The day of death is the last day of follow-up.", patient.death_off_last_day),
    Rule("cause", "Exactly the dead have a cause of death.", patient.cause_without_death),
    Rule("progression", "A progression lies within the follow-up.", patient.progression_after_end),
    Rule("start", "Days of outcomes are not before the start of tacrolimus.", patient.day_before_start),
    Rule("stop", "Tacrolimus is stopped within the follow-up.", patient.stop_after_end),
    Rule("one stop", "All reasons to stop stand on one day.", patient.several_stops),
    Rule("stop by death", "Only the dead stop because of death, by the day they die.", patient.reason_off_death),
    Rule(
        "stop by event",
        "Who stopped for an adverse event had a reaction by then.",
        patient.stop_without_reaction,
        general=False,
    ),
    Rule("baseline drugs", "Baseline treatment and treatment rows agree.", patient.treatments_off_factors),
    Rule(
        "first dose",
        "Everybody in the safety population starts tacrolimus on day 0.",
        patient.treated_without_start,
        general=False,
    ),
    Rule(
        "untreated",
        "Nothing clinical is known without safety data.",
        patient.clinical_data_of_untreated,
        general=False,
    ),
    Rule("last measurement", "Nothing is measured after the last day of follow-up.", course.measured_after_end),
    Rule("measured dead", "Nothing is measured after death.", course.measured_after_death),
    Rule("one value", "A variable has one value a day.", course.measured_twice),
    Rule("fall", "A fall of %FVC by a tenth of the baseline is a progression.", course.fall_without_progression),
    Rule("rise", "A rise of AaDO₂ by 15 mmHg is a progression.", course.rise_without_progression),
    Rule("gases", "PaO₂ and AaDO₂ add up to a possible alveolar pressure.", course.gases_beyond_alveoli),
    Rule("saturation", "SaO₂ fits PaO₂.", course.saturation_off_pao2),
    Rule("maximum", "Tacrolimus is not above 0.3 mg/kg/day.", course.dose_above_maximum),
    Rule("taken", "Doses and troughs are recorded only while tacrolimus is taken.", course.taken_after_stop),
    Rule("finding", "A finding is 1 or 0.", course.finding_not_yes_or_no),
    Rule(
        "prednisolone",
        "Every visit records prednisolone, 0 for none.",
        course.seen_without_prednisolone,
        general=False,
    ),
    Rule("last reaction", "No reaction begins after the last day of follow-up.", course.reaction_after_end),
    Rule("first reaction", "No reaction begins before the first dose.", course.reaction_before_start),
    Rule(
        "late reaction",
        "No drug reaction begins more than 30 days after the stop.",
        course.reaction_long_after_stop,
        general=False,
    ),
    Rule("pooled terms", "Terms counted together stand in their category.", course.term_off_category),
    Rule("category", "Every reaction has a known category.", course.unknown_category),
    Rule("fatal", "Only the dead had a fatal reaction.", course.fatal_reaction_of_survivor),
)
# fmt: on


def incoherences(cohort: Cohort, rules: tuple[Rule, ...] = RULES) -> tuple[Incoherence, ...]:
    """Every patient who breaks one of the rules, in the order of the rules; empty for a coherent cohort."""
    return tuple(Incoherence(rule, who, wrong) for rule in rules for who, wrong in rule.check(cohort))
