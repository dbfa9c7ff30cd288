"""What all tests share: a cohort written out by hand; properties are searched without a clock, always the same way."""

from __future__ import annotations

from hypothesis import settings

from tests.as_read import as_sent, pages_as_read
from tests.written import cohort, empty, enrolled, gaps, reversed_cohort, written

__all__ = ["as_sent", "cohort", "empty", "enrolled", "gaps", "pages_as_read", "reversed_cohort", "written"]

settings.register_profile("project", deadline=None, derandomize=True)
settings.load_profile("project")
