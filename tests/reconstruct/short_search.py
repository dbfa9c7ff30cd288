"""A short search for the levels of one factor, printed step by step; run in processes that add up differently."""

from __future__ import annotations

import hashlib
import sys

import numpy as np

from components.reconstruct import labels, polish
from components.reconstruct.diagnoses import MDA5, _question
from components.reconstruct.labels import Deaths, Question
from components.reconstruct.targets import published_targets
from data.reading.read import reconstructed_cohort
from data.variables import DICTIONARY

SEEDS = 3


def problem() -> tuple[Question, Deaths]:
    """Anti-MDA5 within the subtypes of the committed cohort."""
    people = reconstructed_cohort().of_population("outcome").patients
    deaths = Deaths(people["last_day"].to_numpy(dtype=np.int64), people["death_day"].notna().to_numpy())
    words = DICTIONARY.factor["subtype"].words
    within = np.array([words.index(level) for level in people["subtype"]], dtype=np.int64)
    return _question(published_targets(), MDA5, within, np.ones((len(people), 3), dtype=np.bool_)), deaths


def steps() -> list[str]:
    """A digest of the levels, the score and what chance gives next after each step of the searches."""
    question, deaths = problem()
    labels.ROUNDS, polish.TURNS, polish.PATIENCE = 20, 8, 4
    found = []
    for seed in range(SEEDS):
        rng = np.random.default_rng(seed)
        codes = labels.assigned(question, deaths, (8, 1), rng)
        for search in (labels.exchanged, polish.polished):
            codes, far = search(question, deaths, codes, rng)
            found.append(f"{hashlib.sha256(codes.tobytes()).hexdigest()[:16]} {far!r} {rng.integers(1_000_000)}")
    return found


if __name__ == "__main__":
    sys.stdout.write("\n".join(steps()) + "\n")
