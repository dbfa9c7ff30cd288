"""What a text may say about its own look: bold, italic, colour, a new line. Everything else in it is text.

A file may hold ``<b>``, ``*`` or ``$x$`` as a drug, a term or a name. None of that is markup here, for the marks are
characters that Unicode keeps out of files (noncharacters): only our own code writes them, and
``data.reading.cells.unmarked`` takes them out of what is read all the same. Every renderer translates
them into those of its medium and escapes all the rest: ``markup_of`` for figures on the screen, ``markdown`` for
Streamlit, ``components.chart.lettering`` for pictures and slides; ``plain`` leaves them out.
"""

from __future__ import annotations

import re

BOLD, BOLD_END, ITALIC, ITALIC_END, INK, INK_END, LINE = (chr(code) for code in range(0xFDD0, 0xFDD7))
MARK = re.compile(f"[{BOLD}{BOLD_END}{ITALIC}{ITALIC_END}{INK_END}{LINE}]|{INK}(#[0-9a-f]{{6}})?")
"""One mark; a colour stands behind the mark that opens it."""

PUNCTUATION = re.compile(r"[!#$&*+:<=>@\[-`{-~]|(?<!\w)[-.]|[-.](?!\w)|(?<=\d)[.)](?!\w)")
"""The signs that Markdown reads as something else: not those between letters and digits, and none that only prose has.

A label that Streamlit also says to screen readers, as it stands, has no backslash more than it needs.
"""

LINKS = re.compile(r"(?i)(https?\\:|ftp\\:|www(?=\\?\.)|\\@)")
"""What Markdown would make a link of by itself, once its punctuation is escaped."""

JOINER = "\u2060"
"""A word joiner: it shows nothing and takes no room, but an address with one in it is no address."""


def bold(text: str) -> str:
    """The text in bold; blank stays blank."""
    return f"{BOLD}{text}{BOLD_END}" if text else ""


def italic(text: str) -> str:
    """The text in italics; blank stays blank."""
    return f"{ITALIC}{text}{ITALIC_END}" if text else ""


def coloured(text: str, colour: str) -> str:
    """The text in a colour such as ``#0b6677``."""
    return f"{INK}{colour}{text}{INK_END}"


def plain(text: str) -> str:
    """The text without its marks, new lines as spaces."""
    return MARK.sub("", text.replace(LINE, " "))


def markup_of(written: str) -> str:
    """A figure written as JSON with its marks as the markup that Plotly reads, and nothing else in it as markup.

    Angle brackets and ampersands stand only inside the texts of JSON, so the whole of it is escaped at once. Texts that
    a figure hands back, as an answer to a click, are to be unescaped.
    """
    safe = written.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    for mark, tag in ((BOLD, "<b>"), (BOLD_END, "</b>"), (ITALIC, "<i>"), (ITALIC_END, "</i>"), (LINE, "<br>")):
        safe = safe.replace(mark, tag)
    return MARK.sub(lambda mark: f"<span style='color:{mark[1]}'>" if mark[1] else "</span>", safe)


def markdown(text: str) -> str:
    """The text for Streamlit: its marks as Markdown, every other sign as itself, no link, formula, icon or list."""
    safe = LINKS.sub(rf"\g<1>{JOINER}", PUNCTUATION.sub(r"\\\g<0>", " ".join(text.split("\n"))))
    safe = safe.replace(BOLD, "**").replace(BOLD_END, "**").replace(ITALIC, "*").replace(ITALIC_END, "*")
    return MARK.sub("", safe.replace(LINE, "  \n"))
