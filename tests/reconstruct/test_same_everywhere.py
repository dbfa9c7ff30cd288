"""The same bytes on any processor: a short search under other kernels of linear algebra, and with other threads."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from components.engine.close_fits import CloseFits, close_fits
from components.reconstruct import labels, polish
from components.reconstruct.labels import Deaths, Question
from components.reconstruct.targets import Floats
from tests.reconstruct.short_search import problem

ROOT = Path(__file__).resolve().parents[2]
ELSEWHERE = (
    {"OPENBLAS_CORETYPE": "Prescott", "OPENBLAS_NUM_THREADS": "1"},
    {"OPENBLAS_CORETYPE": "Haswell", "OPENBLAS_NUM_THREADS": "2"},
    {"OPENBLAS_CORETYPE": "Nehalem", "NPY_DISABLE_CPU_FEATURES": "AVX512F AVX512CD AVX512_SKX"},
)


def searched(surroundings: dict[str, str]) -> str:
    told = subprocess.run(
        [sys.executable, "-m", "tests.reconstruct.short_search"],
        cwd=ROOT,
        env={**os.environ, **surroundings},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert told.returncode == 0, told.stderr
    return told.stdout


@pytest.fixture(scope="module")
def here() -> str:
    return searched({"OPENBLAS_CORETYPE": "Haswell", "OPENBLAS_NUM_THREADS": "1"})


@pytest.mark.parametrize("surroundings", ELSEWHERE, ids=lambda each: " ".join(each.values())[:30])
def test_a_search_takes_the_same_steps_on_another_processor(here: str, surroundings: dict[str, str]) -> None:
    assert len(set(here.split("\n"))) > 3
    assert searched(surroundings) == here


@pytest.mark.parametrize("noise", range(1, 5))
def test_what_processors_differ_by_decides_nothing(monkeypatch: pytest.MonkeyPatch, noise: int) -> None:
    """Estimates that differ in the last bits, as between two processors, leave every step of a search as it is."""
    question, deaths = problem()
    for name, value in (("ROUNDS", 20), ("TURNS", 8), ("PATIENCE", 4)):
        monkeypatch.setattr(labels if name == "ROUNDS" else polish, name, value)
    exact = one_search(question, deaths)
    rng = np.random.default_rng(noise)

    def rough(died: Floats, at_risk: Floats, reference: int, near: Floats) -> CloseFits:
        found = close_fits(died, at_risk, reference, near)
        coef, error = (x * (1.0 + 1e-14 * rng.integers(-1, 2, x.shape)) for x in (found.coef, found.standard_error))
        return replace(found, coef=coef, standard_error=error)

    for module in (labels, polish):
        monkeypatch.setattr(module, "close_fits", rough)
    assert one_search(question, deaths) == exact


def one_search(question: Question, deaths: Deaths) -> tuple[bytes, int]:
    """The levels at the end, and what chance gives next."""
    rng = np.random.default_rng(0)
    codes = labels.assigned(question, deaths, (8, 1), rng)
    for search in (labels.exchanged, polish.polished):
        codes, _ = search(question, deaths, codes, rng)
    return codes.tobytes(), int(rng.integers(1_000_000))
