"""The address of a page as a value: what it asks for, and how a choice or a way elsewhere changes it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qs

from components.links import page_controls
from components.links.asked import PageContext
from components.links.control_types import Control, Value
from components.links.former import renamed
from components.links.page_controls import BY
from components.links.study import is_own
from components.links.view import DATA, PRESENT, VERSION, View, read
from data.dictionary import Dictionary
from data.filters import KEEP_MISSING

Texts = tuple[str, ...]

METHODS = "methods"
ALONG = frozenset({BY, "kept", "untested", "shared", "against", "landmark"})
"""What goes along to another page beside filter and conventions: what is compared, and what that asks in turn."""
CONVENTIONS = frozenset(control.key for control in (page_controls.INTERVAL, page_controls.TIES, page_controls.AT_RISK))


@dataclass(frozen=True)
class Address:
    """A page, the texts of each choice made on it, what of a link was not understood, and the panel shown alone.

    ``remarks`` stay in the address until they have been read: what no control of the page knows, and the data and
    version a link was made with.
    """

    page: str
    asked: Mapping[str, Texts] = field(default_factory=dict)
    remarks: Mapping[str, Texts] = field(default_factory=dict)
    panel: str = ""

    @property
    def parts(self) -> dict[str, list[str]]:
        """Everything the address says behind its page, by key."""
        found = {key: list(texts) for key, texts in self.asked.items()}
        for key, texts in self.remarks.items():
            found.setdefault(key, []).extend(texts)
        return found | ({PRESENT: [self.panel]} if self.panel else {})

    def chosen(self, control: Control, value: Value) -> Address:
        """With this choice; what a page shows at first is not said, unless other pages show something else at first."""
        rest = {key: texts for key, texts in self.asked.items() if key != control.key}
        unsaid = value == control.default and control.key != BY
        return replace(self, asked=rest if unsaid else rest | {control.key: control.texts(value)})

    def without(self, keys: Collection[str]) -> Address:
        """With nothing asked under ``keys``."""
        return replace(self, asked={key: texts for key, texts in self.asked.items() if key not in keys})

    def asking(self, more: Mapping[str, Texts]) -> Address:
        """With these texts too, instead of those under the same keys."""
        return replace(self, asked={**self.asked, **more})

    def onward(self, page: str, dictionary: Dictionary) -> Address:
        """The address of another page: the filter, the conventions and what is compared by go along, nothing else does.

        The page of methods describes the page before, and is given everything that was chosen there.
        """
        if page == METHODS:
            return Address(page, {**self.asked, page_controls.CAME_FROM: (self.page,)})
        return Address(page, {key: texts for key, texts in self.asked.items() if _everywhere(key, dictionary)})


def arrived(
    page: str, parts: Mapping[str, Collection[str]], ground: PageContext, before: Address | None = None
) -> Address:
    """The address that a browser shows, given as its parsed query; ``before`` gives what the query does not say."""
    texts = {key: tuple(found) for key, found in renamed(parts).items() if key != PRESENT}
    panel = next(iter(reversed(list(parts.get(PRESENT, ())))), "")
    start = before if before is not None else Address(page)
    found = read(page, {**start.asked, **texts}, ground)
    unknown: dict[str, list[str]] = {}
    for part in found.ignored:
        key, text = part.split("=", 1)
        if key in texts:
            unknown.setdefault(key, []).append(text)
    made_with = {key: texts[key] for key in (DATA, VERSION) if key in texts and not any(map(is_own, texts[key]))}
    remarks = {key: tuple(found) for key, found in unknown.items()} | made_with
    return Address(page, _texts(found.view, {**start.asked, **texts}, ground.whole.dictionary), remarks, panel)


def settled(address: Address, ground: PageContext) -> tuple[Address, View]:
    """The same address without what its page no longer asks, in the order of the page's controls, and its view.

    What is compared by stays as it was chosen, also on a page that does not compare, or not by this.
    """
    view = read(address.page, dict(address.asked), ground).view
    return replace(address, asked=_texts(view, address.asked, ground.whole.dictionary)), view


def parsed(query: str) -> dict[str, Texts]:
    """The texts of a query string by key."""
    return {key: tuple(texts) for key, texts in parse_qs(query, keep_blank_values=True).items()}


def _texts(view: View, asked: Mapping[str, Texts], dictionary: Dictionary) -> dict[str, Texts]:
    texts = {control.key: control.texts(value) for control, value in view.choices}
    anywhere = page_controls.compared(dictionary)
    value, unknown = anywhere.read(asked.get(BY, ()))
    return texts | ({} if BY not in asked or unknown else {BY: anywhere.texts(value)})


def _everywhere(key: str, dictionary: Dictionary) -> bool:
    return key in ALONG or key in CONVENTIONS or key.removesuffix(KEEP_MISSING) in dictionary.conditions
