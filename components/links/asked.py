"""What each page asks, in the order in which it asks: a later control may depend on the answer to an earlier one.

A page is a generator that yields its controls and is sent, for each, what it holds. Whoever drives it decides where the
answers come from: a link, or a test that answers at random.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from components.links import page_controls
from components.links.comparison import Chosen
from components.links.control_types import Control, KeptChoice, SingleChoice, Value
from data.cohort import Cohort
from data.counted import RowsElsewhereError, SmallCountsError
from data.filters import Choice, Filter, Range, filter_from_query
from data.kept_cohorts import kept_cohorts, named_as

Asked = Generator[Control, Value, None]
PageControls = Callable[["PageContext", Chosen], Asked]
"""What a page asks beside filter and conventions: its controls in order, of what it stands on and whom was chosen."""


@dataclass(frozen=True, eq=False)
class PageContext:
    """What a page asks its ``controls`` of: everybody who can be filtered, its own population, and whether rows show.

    ``others`` are the same of the pages that a page can describe, by their address. ``names`` are those of kept cohorts
    by their ids, where no link may say them.
    """

    everybody: Cohort
    whole: Cohort
    single: bool
    controls: PageControls | None = None
    others: Mapping[str, PageContext] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


def controls_in_order(ground: PageContext) -> Asked:
    """The filter, the kept cohorts, the conventions, then the controls of the page."""
    chosen = yield from _filter(ground.everybody)
    kept = yield kept_control(ground)
    yield from each(page_controls.INTERVAL, page_controls.TIES, page_controls.AT_RISK)
    yield from of_page(ground, chosen_of(ground, chosen, kept))


def kept_control(ground: PageContext) -> KeptChoice:
    """The kept cohorts; a link names them only where no hospital's visitor has given them."""
    cohort = ground.everybody
    return KeptChoice("kept", cohort.dictionary, named=cohort.provenance.kind == "reconstructed")


def chosen_of(ground: PageContext, chosen: Filter, kept: Value) -> Chosen:
    """Whom a view chooses, by its filter and what its control of kept cohorts holds."""
    texts = kept if isinstance(kept, tuple) else ()
    cohorts = kept_cohorts([str(text) for text in texts], ground.everybody.dictionary)
    return Chosen(chosen, named_as(cohorts, ground.names))


def of_page(ground: PageContext, chosen: Chosen) -> Asked:
    """The controls of the page alone, where ``chosen`` are its patients."""
    if ground.controls is not None:
        with suppress(RowsElsewhereError, SmallCountsError):  # the panels say what does not leave the database
            yield from ground.controls(ground, chosen)


def _filter(cohort: Cohort) -> Generator[Control, Value, Filter]:
    parts: list[Choice | Range] = []
    known = [factor for factor in cohort.dictionary.factors if not factor.post_baseline]
    for control in (page_controls.levels(cohort, factor) for factor in known):
        if control and (names := (yield control)):
            asked = {control.key: control.texts(names)}
            parts += filter_from_query(asked, cohort.dictionary).filter.parts
    for number in cohort.dictionary.filtered_number.values():
        span = page_controls.span(cohort, number)
        if span and (bounds := (yield span)) != span.default:
            missing = cohort.number_range(number)[2]
            keep = bool(missing) and bool((yield page_controls.keep_missing(number, missing)))
            low, high = (float(text) for text in span.texts(bounds))
            parts.append(Range(number, low, high, keep_missing=keep))
    return Filter(tuple(parts))


def each(*controls: Control) -> Asked:
    """Controls on whose answers nothing depends."""
    for control in controls:  # noqa: UP028 - a tuple takes no answers
        yield control


def meaning(control: SingleChoice[Any]) -> Generator[Control, Value, Any]:
    """What the chosen option stands for."""
    return control.meaning(str((yield control)))
