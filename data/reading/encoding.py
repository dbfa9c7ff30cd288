"""The characters of a text file: which encodings its bytes can be in, and which of them is guessed.

Only Unicode says what it is. Any other encoding is a guess, made from what the text would look like; the visitor sees
the same words in every encoding that fits, and may choose another one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

UTF_8, UTF_16 = "UTF-8", "UTF-16"
JAPANESE, UNIX_JAPANESE, JIS, TRADITIONAL, SIMPLIFIED, KOREAN = (
    "cp932",
    "euc_jp",
    "iso2022_jp",
    "big5",
    "gb18030",
    "cp949",
)
WESTERN, MACINTOSH, DOS, CENTRAL, CYRILLIC = "cp1252", "mac_roman", "cp850", "cp1250", "cp1251"
OFFERED = (JAPANESE, UNIX_JAPANESE, WESTERN, MACINTOSH, DOS, CENTRAL, CYRILLIC, TRADITIONAL, SIMPLIFIED, KOREAN)
"""The encodings in which a file that is no Unicode can be, in the order in which they are offered."""

_SEPARATORS = re.compile(rb"[,;\t\"\r\n]+")
"""No character of more than one byte has one of these in it."""

_MOST_CELLS, _MOST_EXAMPLES, _LONGEST_EXAMPLE = 500, 3, 20
"""So many different cells a guess looks at, and of so many a visitor sees the beginning."""

_MOST_ODD = 0.2
"""Of the cells so large a part may look odd in the encoding that is guessed."""

_UTF_8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")
_KANA = re.compile(r"[぀-ヿ！-｠]")
_KANJI = re.compile(r"[一-鿿]")
_HALF_WIDTH = re.compile(r"[｡-ﾟ]+")
_APOSTROPHE = re.compile(r"(?<=[A-Za-z])(?:[痴稚池知致壇](?![^\x00-\x7f])|値(?=l))")
"""What ’s, ’t, ’re, ’m, ’ve, ’d and ’ll of Western text become when they are read as Japanese."""

_INSIDE_WORD = re.compile(r"(?<=[A-Za-z])[^\x00-\x7f｡-ﾟ](?=[a-z])")
"""One kanji between Latin letters: an accented letter and the one after it."""

_ASCII = re.compile(rb"[\x00-\x7f]")
_USUAL_CHINESE = re.compile(rb"(?:[\xa1-\xc6][\x40-\x7e\xa1-\xfe])+")
"""Signs and the 5401 usual characters of Big5."""

_LATIN = "àáâãäåæçèéêëìíîïñòóôõöøœßùúûüýÿ"
_LETTERS = {
    WESTERN: _LATIN,
    MACINTOSH: _LATIN,
    DOS: _LATIN,
    CENTRAL: "áâăąäćçčďđéęëěíîĺľłńňóôőöŕřśşšßţťúůűüýźżž",
    CYRILLIC: "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ",
}
"""The letters, beside those of ASCII, of the languages that are written in an encoding of one byte a character."""

_WORDS = re.compile(r"[^\W\d_]+(?:[^\x00-\x7f\w]+[^\W\d_]+)*")
"""Letters, with signs between letters."""

_SIGNS = re.compile(r"[‚„ˆ˜†‡‹›ƒ¤¦¬¶¢¥¨¯¸](?=[^\W\d_])|(?<=[^\W\d_])[‚„ˆ˜†‡¡¿]|[\u2500-\u259f]")
"""Signs that stand beside no letter, and those that drew frames."""

_UNITS = str.maketrans(dict.fromkeys("µμºª°", " "))


@dataclass(frozen=True)
class Decoded:
    """The text of a file and the encoding it was read in; both blank where nothing shows which it is.

    ``readings`` are the encodings in which the file can be, each with the first words that are not ASCII as they
    would read; empty for Unicode. ``chosen`` says that the encoding was the visitor's choice.
    """

    text: str
    encoding: str
    readings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    chosen: bool = False

    @property
    def examples(self) -> tuple[str, ...]:
        """Up to three words that show whether the encoding was guessed right."""
        return self.readings.get(self.encoding, ())


def decoded(content: bytes, chosen: str = "") -> Decoded | None:
    """The text of a file, in the encoding ``chosen`` or else in the one that is guessed.

    None where no encoding of a table fits, or where Unicode is damaged.
    """
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = content.decode("utf-16", errors="replace")
        return None if "\ufffd" in text or "\x00" in text else Decoded(text, UTF_16)
    if b"\x1b$" in content and _NOT_ASCII.search(content) is None:
        return _in_one_encoding(content, JIS)
    try:
        return Decoded(content.decode("utf-8-sig"), UTF_8)
    except UnicodeDecodeError:
        pass
    if _damaged_utf_8(content):
        return None
    cells = _cells(content)
    readings = {name: words for name in OFFERED if (words := _words(cells, name)) and _fits(content, name)}
    if not readings:
        return None
    name = chosen if chosen in readings else _guess(b"\n".join(cells), tuple(readings))
    return Decoded(content.decode(name) if name else "", name, readings, chosen in readings)


def _in_one_encoding(content: bytes, name: str) -> Decoded | None:
    try:
        text = content.decode(name)
    except UnicodeDecodeError:
        return None
    words = (word for word in re.split(r"[,;\t\"\r\n]+", text) if not word.isascii())
    return Decoded(text, name, {name: tuple(word[:_LONGEST_EXAMPLE] for word, _ in zip(words, range(3), strict=False))})


def _cells(content: bytes) -> list[bytes]:
    """The different cells that are not ASCII, as far as a guess needs them."""
    found: dict[bytes, None] = {}
    for cell in _SEPARATORS.split(content):
        if not cell.isascii():
            found.setdefault(cell)
            if len(found) == _MOST_CELLS:
                break
    return list(found)


def _words(cells: list[bytes], name: str) -> tuple[str, ...]:
    """The first cells as they read in an encoding; none where they hold what no table does."""
    try:
        texts = [cell.decode(name).strip() for cell in cells]
    except UnicodeDecodeError:
        return ()
    if any(_NO_TEXT.search(text) for text in texts):
        return ()
    return tuple(dict.fromkeys(text[:_LONGEST_EXAMPLE] for text in texts[:_MOST_EXAMPLES]))


def _fits(content: bytes, name: str) -> bool:
    try:
        content.decode(name)
    except UnicodeDecodeError:
        return False
    return True


def _guess(cells: bytes, fitting: tuple[str, ...]) -> str:
    """The encoding that the text looks like; blank where it looks like none, or like several."""
    read = {name: cells.decode(name) for name in fitting}
    if TRADITIONAL in read and _is_traditional(cells):
        return TRADITIONAL
    japanese, unix = read.get(JAPANESE, ""), read.get(UNIX_JAPANESE, "")
    if unix and _only_half_width(japanese):
        # The same bytes are EUC-JP, or Chinese and Korean, which share its kanji and not its kana.
        return UNIX_JAPANESE if _KANA.search(unix) else ""
    if japanese and _is_japanese(japanese):
        return JAPANESE
    odd = {name: _oddities(read[name], _LETTERS[name]) for name in _LETTERS if name in read}
    least = min(odd, key=lambda name: odd[name], default="")
    return least if least and odd[least] <= _MOST_ODD * len(cells.splitlines()) else ""


def _damaged_utf_8(content: bytes) -> bool:
    """Whether nearly all that is not ASCII are UTF-8 characters: then the rest is damage and no other encoding."""
    other = len(_NOT_ASCII.findall(content))
    inside = sum(len(match) for match in _UTF_8_SEQUENCE.findall(content))
    return inside >= 6 and inside >= 0.9 * other


def _is_traditional(cells: bytes) -> bool:
    """Whether all that is not ASCII are usual characters of Big5, most of them beside another one."""
    runs = _USUAL_CHINESE.findall(cells)
    every = sum(len(_NOT_ASCII.findall(run)) for run in runs) == len(_NOT_ASCII.findall(cells))
    # Without a second byte that is ASCII the same bytes are Japanese, Korean or simplified Chinese.
    told = any(_ASCII.search(run) for run in runs)
    lengths = [len(run) // 2 for run in runs]
    return every and told and sum(length for length in lengths if length > 1) > lengths.count(1)


def _only_half_width(japanese: str) -> bool:
    """Whether text read as Shift JIS is mostly half-width kana, as that of EUC-JP is; also where it cannot be read."""
    half = sum(len(match) for match in _HALF_WIDTH.findall(japanese))
    return half >= len(_KANA.findall(japanese)) + len(_KANJI.findall(japanese))


def _is_japanese(text: str) -> bool:
    """Whether a text that can be read as Shift JIS is meant so, rather than Western text with accents.

    Accented letters and the plain letter behind them become kanji, most of them rare, or a lone half-width kana;
    Japanese writes in kana and in common kanji, of which one in seven has a small letter as its second byte.
    """
    common = rare = letters = 0
    for kanji in _KANJI.findall(text):
        lead, trail = kanji.encode(JAPANESE)
        letters += 0x61 <= trail <= 0x7A
        if lead < 0xE0 or trail >= 0x80:
            common += 1
        else:
            rare += 1
    runs = _HALF_WIDTH.findall(text)
    if common + rare > 2 and letters >= 0.75 * (common + rare) and not _KANA.search(text):
        return False
    kana = 2 * len(_KANA.findall(text)) + sum(len(run) for run in runs if len(run) > 1)
    lone = sum(len(run) == 1 for run in runs)
    foreign = len(_APOSTROPHE.findall(text)) + len(_INSIDE_WORD.findall(text))
    return common + kana > rare + lone + 2 * foreign


def _oddities(text: str, letters: str) -> int:
    """How many words no language of the encoding writes: signs or capitals inside, or letters that it has not."""
    plain = text.translate(_UNITS)
    odd = sum(_is_odd(word, letters) for word in _WORDS.findall(plain) if not word.isascii())
    return odd + len(_SIGNS.findall(plain))


def _is_odd(word: str, letters: str) -> bool:
    plain = word.replace("’", "")
    own = "".join(letter for letter in plain if not letter.isascii())
    cyrillic = letters == _LETTERS[CYRILLIC]
    strange = any(letter.lower() not in letters for letter in own)
    mixed = not (plain.isupper() or plain[1:].islower())
    packed = not cyrillic and re.search(r"[^\x00-\x7f]{3}", plain) is not None
    foreign = cyrillic and len(own) < len(plain)
    return strange or mixed or packed or foreign
