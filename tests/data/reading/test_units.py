"""Another unit is suggested only where it explains every value."""

from __future__ import annotations

import numpy as np
import pytest

from data.reading.units import written_in


@pytest.mark.parametrize(
    ("values", "hint"),
    [((0.8, 0.95), "a fraction (0.85 for 85 %)"), ((0.8, 150.0), ""), ((150.0,), ""), ((), "")],
)
def test_a_unit_explains_all_values_or_is_not_suggested(values: tuple[float, ...], hint: str) -> None:
    assert written_in(np.array(values), "%", (20.0, 120.0)) == hint
