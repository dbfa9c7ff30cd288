"""The characters of a text file: which encoding its bytes are in, told from the bytes alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

UTF_8 = "UTF-8"
JAPANESE, UNIX_JAPANESE, WESTERN = "cp932", "euc_jp", "cp1252"

_WORD = re.compile(r"[^\s,;|\t\"]+")
_UTF_8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_KANA = re.compile(r"[぀-ヿ！-｠]")
_KANJI = re.compile(r"[一-鿿]")
_HALF_WIDTH = re.compile(r"[｡-ﾟ]+")
_PRIVATE = re.compile(r"[\ue000-\uf8ff]")
_APOSTROPHE = re.compile(r"(?<=[A-Za-z])(?:[痴稚池知致壇](?![^\x00-\x7f])|値(?=l))")
"""What ’s, ’t, ’re, ’m, ’ve, ’d and ’ll of Western text become when they are read as Japanese."""

_INSIDE_WORD = re.compile(r"(?<=[A-Za-z])[^\x00-\x7f｡-ﾟ](?=[a-z])")
"""One kanji between Latin letters: an accented letter and the one after it."""


@dataclass(frozen=True)
class Decoded:
    """A text, the encoding it was in, and up to three of its words that show whether this was understood right."""

    text: str
    encoding: str
    examples: tuple[str, ...] = ()


def decoded(content: bytes) -> Decoded | None:
    """The text of a file; None where no encoding of a spreadsheet fits, or where UTF-8 is damaged."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = content.decode("utf-16", errors="replace")
        return None if "\ufffd" in text or "\x00" in text else Decoded(text, "UTF-16")
    try:
        return Decoded(content.decode("utf-8-sig"), UTF_8)
    except UnicodeDecodeError:
        pass
    if _damaged_utf_8(content):
        return None
    read = {name: _strictly(content, name) for name in (JAPANESE, UNIX_JAPANESE, WESTERN)}
    japanese, unix, western = (read[name] for name in (JAPANESE, UNIX_JAPANESE, WESTERN))
    if unix and _only_half_width(japanese):
        # The same bytes are EUC-JP, or Chinese and Korean, which share its kanji and not its kana.
        return _with_examples(unix, UNIX_JAPANESE) if _KANA.search(unix) else None
    if japanese and _is_japanese(japanese):
        return _with_examples(japanese, JAPANESE)
    return _with_examples(western, WESTERN) if western and not _is_mojibake(western) else None


def _strictly(content: bytes, name: str) -> str:
    try:
        return content.decode(name)
    except UnicodeDecodeError:
        return ""


def _with_examples(text: str, encoding: str) -> Decoded:
    words = (match.group() for match in _WORD.finditer(text))
    found = (word for word in words if not word.isascii())
    examples: dict[str, None] = {}
    for word in found:
        examples.setdefault(word[:20])
        if len(examples) == 3:
            break
    return Decoded(text, encoding, tuple(examples))


def _damaged_utf_8(content: bytes) -> bool:
    """Whether nearly all that is not ASCII are UTF-8 characters: then the rest is damage and no other encoding."""
    other = len(_NOT_ASCII.findall(content))
    inside = sum(len(match) for match in _UTF_8_SEQUENCE.findall(content))
    return inside >= 6 and inside >= 0.9 * other


def _only_half_width(japanese: str) -> bool:
    """Whether text read as Shift JIS is mostly half-width kana, as that of EUC-JP is; also where it cannot be read."""
    half = sum(len(match) for match in _HALF_WIDTH.findall(japanese))
    return half >= len(_KANA.findall(japanese)) + len(_KANJI.findall(japanese))


def _is_japanese(text: str) -> bool:
    """Whether a text that can be read as Shift JIS is meant so, rather than Western text with accents.

    Accented letters and the plain letter behind them become rare kanji, or a lone half-width kana; Japanese writes in
    kana and in common kanji.
    """
    if _PRIVATE.search(text):
        return False
    common = rare = 0
    for kanji in _KANJI.findall(text):
        lead, trail = kanji.encode(JAPANESE)
        if lead < 0xE0 or trail >= 0x80:
            common += 1
        else:
            rare += 1
    runs = _HALF_WIDTH.findall(text)
    kana = 2 * len(_KANA.findall(text)) + sum(len(run) for run in runs if len(run) > 1)
    lone = sum(len(run) == 1 for run in runs)
    foreign = len(_APOSTROPHE.findall(text)) + len(_INSIDE_WORD.findall(text))
    return common + kana > rare + lone + 2 * foreign


def _is_mojibake(western: str) -> bool:
    """Whether Western text has signs where its language has letters: it is another encoding, for example Chinese."""
    letters = len(re.findall(r"[A-Za-zÀ-ÖØ-öø-ÿŠšŽžŒœŸ]", western))
    signs = len(re.findall(r"[\x80-\x9f¡-¿×÷‚ƒ„†‡ˆ‰‹›˜™]", western))
    usual = len(re.findall(r"[°±²³µ·º½¼®«»´¿¡§]", western))
    packed = len(re.findall(r"[À-ÿ¡-¿]{4,}", western))
    return packed > 0 or signs - usual > max(2, letters // 10)
