"""Files of SAS, SPSS and Stata to sheets: codes become the words that the file gives them, dates become dates.

What the file itself calls missing (ranges and codes of SPSS, .A to .Z of SAS and Stata) is blank, and counted. Files
that do not state the encoding of their text are read as text files are.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from data.levels import MISSING
from data.reading import statistics_messages, text_messages
from data.reading.cells import as_text, folded
from data.reading.encoding import decoded
from data.reading.issue import Issue
from data.reading.sheet import GuessedText, Known, Limits, Part, TooManyError, sheet_of_columns
from data.variables import DICTIONARY

_SAS = bytes(12) + b"\xc2\xea\x81\x60\xb3\x14\x11\xcf\xbd\x92\x08\x00\x09\xc7\x31\x8c\x18\x1f\x10\x11"
_PORTABLE = b"ASCII SPSS PORT FILE"
_OLD_STATA = re.compile(rb"[\x69\x6c\x6e-\x73][\x01\x02]\x01\x00", re.DOTALL)
_NEW_STATA = re.compile(rb"<stata_dta><header><release>(\d+)</release>")
_ONE_BYTE = "ISO-8859-1"
"""Every byte is a character of it: what was read so can be read again in another encoding."""


@dataclass(frozen=True)
class Kind:
    """A format: what it is called, which function of pyreadstat reads it, and whether its files state their encoding.

    Of a format that can call values missing, ``coded`` has the function keep their codes.
    """

    name: str
    function: str
    told: bool = True
    coded: bool = True

    def read(self, content: bytes, **options: object) -> tuple[Any, Any]:
        """The columns of a file, and what it says of them. pyreadstat is loaded with the first."""
        import pyreadstat  # noqa: PLC0415 - few open such files, and the start need not wait for it

        reader: Callable[..., tuple[Any, Any]] = getattr(pyreadstat, self.function)
        return reader(io.BytesIO(content), **options, **({"user_missing": True} if self.coded else {}))


@dataclass
class _Found:
    """What was found in the columns of one file: words of codes, codes called missing and those left as they are."""

    words: dict[str, dict[str, str]] = field(default_factory=dict)
    missing: dict[str, dict[str, int]] = field(default_factory=dict)
    unread: dict[str, dict[str, str]] = field(default_factory=dict)

    def blank(self, column: str, code: str) -> str:
        counts = self.missing.setdefault(column, {})
        counts[code] = counts.get(code, 0) + 1
        return ""


_TRANSPORT = Kind("SAS transport", "read_xport", told=False, coded=False)
_OF_SAS = Kind("SAS", "read_sas7bdat")
_OF_SPSS = Kind("SPSS", "read_sav")
_OF_STATA = Kind("Stata", "read_dta")
_STATA_UNTOLD = Kind("Stata", "read_dta", told=False)
_NOTHING = frozenset(
    folded(word)
    for word in (*dict(DICTIONARY.spellings).get(MISSING, ()), "missing", "refused", "not applicable", "no answer",
                 "don't know", "無回答", "非該当", "欠測")
)  # fmt: skip
"""Words that explain a code as one for nothing, folded."""


def kind_of(content: bytes) -> Kind | None:
    """The format of a file that SAS, SPSS or Stata wrote, from its first bytes; None for any other file."""
    if content.startswith(b"HEADER RECORD*******LIB"):
        return _TRANSPORT
    if content.startswith(_SAS):
        return _OF_SAS
    if content.startswith((b"$FL2", b"$FL3")):
        return _OF_SPSS
    new = _NEW_STATA.match(content)
    if new or _OLD_STATA.match(content):
        return _OF_STATA if new and int(new.group(1)) >= 118 else _STATA_UNTOLD
    return None


def is_other_sas(content: bytes) -> bool:
    """Whether a file is one of SAS that holds no table it can be read from: a catalogue, or made by PROC CPORT."""
    catalogue = content.startswith(_SAS) and content[156:164] == b"CATALOG "
    return catalogue or content.startswith(b"**COMPRESSED**")


def is_portable_spss(content: bytes) -> bool:
    """Whether a file is an SPSS portable one, whose reader blanks missing codes without saying how many."""
    return _PORTABLE in content[:600]


def parts(name: str, kind: Kind, content: bytes, known: Known, limits: Limits) -> Iterator[Part]:
    """The sheet that a file holds, or why it holds none. Raises TooManyError, and whatever the reader raises."""
    columns, about = _read(kind, content, limits)
    if not kind.told:
        strings = _not_ascii(columns, about)
        read = decoded(b"\n".join(strings), known.encodings.get(name, "")) if strings else None
        if strings and read is None:
            yield text_messages.unknown_encoding(name)
            return
        if read is not None:
            if read.readings:
                yield GuessedText(name, read.encoding, read.readings)
            if not read.encoding:
                yield text_messages.undecided_encoding(name)
                return
            if read.readings:
                yield text_messages.read_as(name, read.encoding, read.examples, chosen=read.chosen)
            columns, about = _again(columns, about, read.encoding)
    found = _Found()
    cells = {column: _texts(column, values, about, found) for column, values in columns.items()}
    if not any(any(column) for column in cells.values()):
        yield statistics_messages.no_rows(name)
        return
    labels = {column: " ".join(label.split()) for column, label in about.labels.items() if label and label.strip()}
    yield sheet_of_columns(name, cells, labels, tuple(_issues(name, kind, labels, found)))


def _issues(name: str, kind: Kind, labels: Mapping[str, str], found: _Found) -> Iterator[Issue]:
    if found.words:
        yield statistics_messages.words_for_codes(name, kind.name, found.words)
    if found.unread:
        yield statistics_messages.codes_left(name, found.unread)
    if found.missing:
        yield statistics_messages.missing_codes(name, kind.name, found.missing)
    if labels:
        yield statistics_messages.labels(name, labels)


@dataclass(frozen=True)
class _About:
    """What a file says of its columns: labels, words by code, and what is missing (codes, or ranges of numbers)."""

    labels: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]
    ranges: Mapping[str, Sequence[Mapping[str, Any]]]
    codes: Mapping[str, Sequence[str]]


def _read(kind: Kind, content: bytes, limits: Limits) -> tuple[dict[str, Sequence[object]], _About]:
    """The columns of a file. Raises TooManyError before more than that is read."""
    options: dict[str, Any] = {"output_format": "dict"} | ({} if kind.told else {"encoding": _ONE_BYTE})
    _, told = kind.read(content, metadataonly=True, **options)
    width = len(told.column_names)
    most = min(limits.rows, limits.cells // max(width, 1))
    if width > limits.columns or (told.number_rows or 0) > most:
        raise TooManyError
    columns, told = kind.read(content, row_limit=most + 1, **options)
    if any(len(values) > most for values in columns.values()):
        raise TooManyError
    words = {
        column: {as_text(code): word for code, word in words.items()}
        for column, words in told.variable_value_labels.items()
    }
    labels = {column: label or "" for column, label in told.column_names_to_labels.items()}
    return columns, _About(labels, words, told.missing_ranges, told.missing_user_values)


def _not_ascii(columns: Mapping[str, Sequence[object]], about: _About) -> list[bytes]:
    """The different texts of a file that are not ASCII, as the bytes that they are."""
    names = (*columns, *about.labels.values(), *(word for words in about.words.values() for word in words.values()))
    cells = (cell for values in columns.values() for cell in values if isinstance(cell, str))
    texts = dict.fromkeys(text for text in (*names, *cells) if not text.isascii())
    return [text.encode(_ONE_BYTE) for text in texts]


def _again(
    columns: Mapping[str, Sequence[object]], about: _About, encoding: str
) -> tuple[dict[str, Sequence[object]], _About]:
    """The same columns with their texts in another encoding than the one of one byte a character."""

    def said(text: str) -> str:
        return text if text.isascii() else text.encode(_ONE_BYTE).decode(encoding, "replace")

    cells: dict[str, Sequence[object]] = {
        said(column): [said(cell) if isinstance(cell, str) else cell for cell in values]
        for column, values in columns.items()
    }
    labels = {said(column): said(label) for column, label in about.labels.items()}
    words = {said(c): {code: said(word) for code, word in words.items()} for c, words in about.words.items()}
    ranges = {said(column): entry for column, entry in about.ranges.items()}
    return cells, _About(labels, words, ranges, {said(column): codes for column, codes in about.codes.items()})


def _texts(column: str, values: Sequence[object], about: _About, found: _Found) -> list[str]:
    """The cells of a column as the file means them; what was done to them goes to ``found``."""
    letters, ranges = set(about.codes.get(column, ())), about.ranges.get(column, ())
    words = about.words.get(column, {})
    texts = [as_text(value) for value in values]
    gone = {
        text
        for text, value in zip(texts, values, strict=True)
        if text and ((isinstance(value, str) and value in letters) or _inside(value, ranges))
    }
    there = set(texts) - gone - {""}
    explained = {code: words[code] for code in sorted(there & set(words))}
    if len(explained) < len(there):  # most often a number of which a few values are explained, those for nothing
        gone |= {code for code, word in explained.items() if folded(word) in _NOTHING}
        explained = {code: word for code, word in explained.items() if code not in gone}
    if explained and len(explained) < len(there - gone) / 2:
        found.unread[column], explained = explained, {}
    elif explained:
        found.words[column] = explained
    return [found.blank(column, text) if text in gone else explained.get(text, text) for text in texts]


def _inside(value: object, ranges: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a value is in one of the ranges that a file of SPSS calls missing; a text is one of its ends."""
    if isinstance(value, str):
        return any(value == str(entry["lo"]).strip() for entry in ranges)
    return isinstance(value, int | float) and any(
        entry["lo"] <= value <= entry["hi"] for entry in ranges if not isinstance(entry["lo"], str)
    )
