"""Command: every published number as the pages show it, taken from their panels in every reconstruction.

``python -m components.report.printed_on_pages`` writes ``data/ensemble/printed_on_pages.csv`` and says how many numbers
are shown by which page. It ends with status 1 where a page shows another number than is printed: what is printed is
fixed wherever it is shown.
"""

from __future__ import annotations

import math
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import starmap
from typing import Any
from urllib.parse import urlencode

from app import PAGES
from components.baseline.analysis import baseline
from components.core.across import ACROSS
from components.courses.analysis import course
from components.evidence.answers import Answer, Question, Results, answer, question
from components.evidence.on_pages import FILE, OnPage, written
from components.links.computed import asked, computed
from components.overview.flow import flow
from components.safety.deaths import deaths
from components.safety.reactions import reactions
from components.survival.analysis import survival
from components.survival.hazard_ratios import prognosis
from components.treatment.discontinuation import discontinuation
from components.treatment.taper import shares
from data.cohort import Cohort, Provenance, cohort_from
from data.dictionary import Dictionary
from data.ensemble import recorded_members, tables_of
from data.filters import filter_from_query
from data.paper.published import PublishedNumber, agrees, printed_form, published_numbers
from data.reading.read import reconstructed_cohort

BY_ADDRESS = {page.address: page for page in PAGES}


@dataclass(frozen=True)
class Shown:
    """A view of a page, and the kind of its panel that shows what is asked for."""

    page: str
    query: str
    kind: str


NOWHERE = Shown("", "", "")


class NotShownError(LookupError):
    """No page shows what is asked for."""


def _of(page: str, kind: str, *choices: tuple[str, str]) -> Callable[[Question, Dictionary], Shown]:
    """The panel of this kind on a page, with the patients asked for and these choices."""

    def shown(asked_for: Question, words: Dictionary) -> Shown:
        if BY_ADDRESS[page].population != asked_for.population:
            raise NotShownError(asked_for)
        found = filter_from_query(asked_for.group, words).filter.query
        return Shown(page, "&".join(part for part in (found, urlencode(choices)) if part), kind)

    return shown


def _courses(asked_for: Question, words: Dictionary) -> Shown:
    measure = words.measure[asked_for.variable]
    if measure.kind == "laboratory":
        return _of("laboratory", "course", ("value", measure.key))(asked_for, words)
    tabs = {"dose": "dose", "dose_per_kg": "dose", "trough": "trough", "steroids": "steroids"}
    tab = tabs[measure.role]
    unit = (("unit", measure.role),) if tab == "dose" else ()
    return _of("treatment", "trough" if tab == "trough" else "course", ("part", tab), *unit)(asked_for, words)


def _curves(asked_for: Question, words: Dictionary) -> Shown:
    endpoint = asked_for.variable if asked_for.variable in words.endpoint else words.leading.key
    return _of("survival", "survival", ("endpoint", endpoint), ("by", "none"))(asked_for, words)


PANELS: dict[Callable[..., Any], Callable[[Question, Dictionary], Shown]] = {
    baseline: _of("baseline", "baseline", ("rows", "all"), ("by", "none")),
    prognosis: _of("prognosis", "prognosis"),
    survival: _curves,
    course: _courses,
    deaths: _of("safety", "deaths", ("section", "deaths")),
    discontinuation: _of("safety", "discontinuation", ("section", "stops")),
    reactions: _of("safety", "reactions", ("terms", "all")),
    shares: _of("treatment", "taper", ("part", "steroids")),
}
"""The panel that shows the result of each analysis."""


@dataclass(eq=False)
class PageResults(Results):
    """What the pages show of a cohort with everybody enrolled, where answers would have run the analyses.

    ``last`` is the panel that was read last, and ``ranged`` says whether it gives ranges.
    """

    last: Shown = NOWHERE
    ranged: bool = False
    _panels: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict, repr=False)

    def of(self, asked: Question, analysis: Callable[..., Any], *_args: Any, **_chosen: Any) -> Any:
        """The result of the analysis as the page shows it for the patients asked about.

        Raises NotShownError where no page shows it.
        """
        if analysis not in PANELS:
            raise NotShownError(asked)
        return self.result(PANELS[analysis](asked, self.cohort.dictionary))

    def of_everybody(self, analysis: Callable[[Cohort], Any]) -> Any:
        """The flow of patients, which the overview shows."""
        if analysis is not flow:
            raise NotShownError(analysis)
        return self.result(Shown("overview", "", "flow"))

    def result(self, shown: Shown) -> Any:
        """What the panel of a view shows. Raises NotShownError where the view has no such panel."""
        key = (shown.page, shown.query)
        if key not in self._panels:
            page = BY_ADDRESS[shown.page]
            found = asked(page, self.cohort, shown.query, single=True, others=PAGES)
            self._panels[key] = {panel.kind: panel for _, panel in computed(page, found, folded=shown.page == "narrow")}
        panel = self._panels[key].get(shown.kind)
        if panel is None:
            raise NotShownError(shown)
        self.last, self.ranged = shown, ACROSS in panel.procedures
        return panel.result


def shown_number(asked_for: Question, results: PageResults) -> Answer:
    """The answer that a page shows. Raises NotShownError where none does."""
    words = results.cohort.dictionary
    if asked_for.of:
        raise NotShownError(asked_for)
    if asked_for.variable == "patients" and (asked_for.group or asked_for.statistic != "n"):
        if asked_for.statistic != "n" or asked_for.population != "safety":
            raise NotShownError(asked_for)
        query = filter_from_query(asked_for.group, words).filter.query
        return Answer(results.result(Shown("narrow", query, "attrition")).left, "filter")
    if asked_for.variable == "seen":
        steps = results.of_everybody(flow).visits
        return Answer(next(step.seen for step in steps if step.visit.key == asked_for.visit), "flow")
    if asked_for.population == "outcome" and asked_for.statistic == "n":
        if asked_for.variable == "death":
            (curve,) = results.result(_curves(asked_for, words)).curves
            return Answer(curve.events, "survival")
        if asked_for.level:
            factor = words.factor[asked_for.variable]
            level = next(one for one in factor.levels if one.word == asked_for.level)
            forest = results.of(asked_for, prognosis)
            own = next(one for one in forest.comparisons if one.key == factor.key)
            return Answer(own.level(level.id).n, "prognosis")
    return answer(asked_for, results)


@dataclass(frozen=True)
class Seen:
    """A number as a page shows it of one cohort: where, whether with ranges, and its value; None not estimable."""

    where: Shown
    ranged: bool
    value: float | None


def seen(cohort: Cohort, numbers: Iterable[PublishedNumber]) -> Iterator[Seen | None]:
    """Each of the published numbers as a page shows it of ``cohort``; None where no page does."""
    results = PageResults(cohort)
    for number in numbers:
        try:
            found = shown_number(question(number), results)
        except NotShownError:
            yield None
            continue
        yield Seen(results.last, results.ranged, found.value)


def on_pages_of(cohorts: Iterable[Cohort], numbers: tuple[PublishedNumber, ...]) -> tuple[OnPage, ...]:
    """Each number over all ``cohorts``; the first is the one that is shown, with its ranges."""
    every = [list(seen(cohort, numbers)) for cohort in cohorts]
    return tuple(starmap(row_of, zip(numbers, zip(*every, strict=True), strict=True)))


def row_of(number: PublishedNumber, found: tuple[Seen | None, ...]) -> OnPage:
    """The number as it was found in every cohort, from the least to the most; what is not estimable stands as least."""
    first = found[0]
    if first is None:
        return OnPage(number.id, "", "", ranged=False, printed=number.printed, least="", most="", members=len(found))
    values = sorted((one.value for one in found if one is not None), key=_order)
    least, most = (_as_printed(number, end) for end in (values[0], values[-1]))
    where = first.where
    return OnPage(number.id, where.page, where.query, first.ranged, number.printed, least, most, len(found))


def _order(value: float | None) -> float:
    return -math.inf if value is None or not math.isfinite(value) else value


def _as_printed(number: PublishedNumber, value: float | None) -> str:
    """The printed text where the value agrees with it, else the value in the digits of print."""
    return number.printed if agrees(number.printed, number.digits, value) else printed_form(value, number.digits)


def members() -> Iterator[Cohort]:
    """The cohort shown, which is a member, with its ranges, then the other members, everybody enrolled in each."""
    yield reconstructed_cohort()
    for place in range(1, len(recorded_members())):
        sys.stderr.write(f"\r{place + 1} reconstructions")
        yield cohort_from(tables_of(place), Provenance("reconstructed", "", ""))


def main() -> int:
    """Write the file and say what it holds; 1 where a page shows another number than is printed."""
    numbers = tuple(number for number in published_numbers() if number.answerable)
    rows = on_pages_of(members(), numbers)
    FILE.write_text(written(rows), encoding="utf-8")
    wrong = [row for row in rows if row.page and not (row.least == row.most == row.printed)]
    for row in wrong:
        sys.stdout.write(f"{row.id} on {row.page}?{row.query}: printed {row.printed}, {row.least} to {row.most}\n")
    for page, n in Counter(BY_ADDRESS[row.page].title if row.page else "Evidence alone" for row in rows).items():
        sys.stdout.write(f"{page}: {n}\n")
    fixed = sum(row.fixed for row in rows if row.page)
    sys.stdout.write(f"{sum(bool(row.page) for row in rows)} of {len(rows)} on pages, {fixed} of them fixed\n")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
