"""What all tests share: small counts that are shown, a cohort written out by hand, and a search that repeats itself.

Properties are searched without a clock, always the same way.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import settings

from components.core.small_counts import VARIABLE
from data.reading import read
from tests.as_read import as_sent, pages_as_read
from tests.few_members import ensemble, members
from tests.written import cohort, empty, enrolled, gaps, reversed_cohort, written

__all__ = [
    "as_sent",
    "cohort",
    "empty",
    "enrolled",
    "ensemble",
    "gaps",
    "members",
    "pages_as_read",
    "reversed_cohort",
    "written",
]

os.environ.setdefault(VARIABLE, "shown")  # numbers are compared as they are; tests of hidden ones ask for it

settings.register_profile("project", deadline=None, derandomize=True)
settings.load_profile("project")


def _read_here(function: Callable[..., Any], *arguments: Any) -> Any:
    return function(*arguments)


@pytest.fixture(autouse=True, scope="session")
def reading_is_measured() -> Iterator[None]:
    """Read files in this process where coverage is measured: the one that reads them otherwise may write no file."""
    with pytest.MonkeyPatch.context() as patch:
        if "coverage" in sys.modules:
            patch.setattr(read, "bounded", _read_here)
        yield
