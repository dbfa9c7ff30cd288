"""Every text that is shown, in the language of the process.

The English text in the code is the key; ``data/catalogue/<language>.po`` holds what stands in its place. Where it holds
nothing the English text is shown. ``MYOSCOPE_LANGUAGE`` names the language, and is read once, when this module is
imported, so that constants may be made of texts; ``MYOSCOPE_CATALOGUES`` names another folder of catalogues.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

ENGLISH = "en"
CATALOGUES = Path(__file__).with_name("catalogue")


def say(text: str, /, **values: object) -> str:
    """The text in the language of the process, each ``{place}`` filled with the value of that name.

    Without values nothing is filled, and braces stay: what is filled in later can be translated before.
    """
    found = _TEXTS.gettext(text)
    return found.format(**values) if values else found


def say_counted(number: int, one: str, many: str, /, **values: object) -> str:
    """Of the forms that the language has for different numbers the one for ``number``, filled as ``say`` does.

    ``one`` and ``many`` are the forms of English. The number itself is printed where ``values`` gives it a place.
    """
    found = _TEXTS.ngettext(one, many, int(number))
    return found.format(**values) if values else found


def say_declared(text: str, /) -> str:
    """A text that the dictionary declares in English, in the language of the process; blank for a blank one."""
    return _TEXTS.gettext(text) if text else ""


def places(text: str) -> frozenset[str]:
    """The names of the places to be filled. Raises ValueError for a brace without its partner."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def catalogue_in(file: Path) -> Catalog:
    """The catalogue in a file. Raises ValueError, which says where, for a file that is none."""
    try:
        with file.open("rb") as content:
            return read_po(content, abort_invalid=True)
    except PoFileError as error:
        raise ValueError(f"{file.name}, line {error.lineno}: {error}") from error


def english(message: Message) -> tuple[str, ...]:
    """The text of a message as it stands in the code: one, or the forms for one and for many."""
    return _each(message.id)


def translated(message: Message) -> tuple[str, ...]:
    """The text of a message in the language of its catalogue, in every form; blank where there is none."""
    return _each(message.string)


def _each(text: object) -> tuple[str, ...]:
    return tuple(part or "" for part in text) if isinstance(text, tuple | list) else (str(text or ""),)


def faults(catalogue: Catalog) -> Iterator[tuple[Message, str]]:
    """The messages whose text cannot stand in place of the English one, each with the reason.

    A text must have the places of the English one and no other; of several forms each, save for what one of the English
    forms does not say either (``one patient``). Where there is one form, there are all that the language has.
    """
    for message in catalogue:
        forms = translated(message)
        if not message.id or not any(forms):
            continue
        asked = [places(text) for text in english(message)]
        expected = catalogue.num_plurals if message.pluralizable else 1
        if len(forms) != expected or not all(forms):
            yield message, f"{sum(map(bool, forms))} of {expected} plural forms"
        for form in filter(None, forms):
            try:
                given = places(form)
            except ValueError as error:
                yield message, str(error)
                continue
            wrong = (given - frozenset.union(*asked)) | (frozenset.intersection(*asked) - given)
            if wrong:
                yield message, f"places {', '.join(sorted(wrong))}"


def translations(language: str, folder: Path) -> NullTranslations:
    """The texts of a language.

    English, and a sentence on standard error, for a language without a readable catalogue, and for the texts of one
    that could not be filled.
    """
    known = {file.stem: file for file in sorted(folder.glob("*.po"))}
    if language not in known:
        _complain(f"There is no catalogue of the language “{language}”, only of {', '.join(known) or 'none'}.")
        return NullTranslations()
    try:
        catalogue = catalogue_in(known[language])
    except ValueError as error:
        _complain(f"The catalogue cannot be read. {error}.")
        return NullTranslations()
    for message, reason in tuple(faults(catalogue)):
        _complain(f"{known[language].name}, line {message.lineno}: {message.id!r} is left out: {reason}.")
        catalogue.delete(message.id, message.context)
    for message in tuple(catalogue):
        if message.id and not all(translated(message)):
            catalogue.delete(message.id, message.context)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


def _complain(sentence: str) -> None:
    sys.stderr.write(f"{sentence} These texts are shown in English.\n")


LANGUAGE = os.environ.get("MYOSCOPE_LANGUAGE", "").strip() or ENGLISH
_TEXTS = translations(LANGUAGE, Path(os.environ.get("MYOSCOPE_CATALOGUES", "") or CATALOGUES))
