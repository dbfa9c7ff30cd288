"""Command: collect every text of the code and bring the catalogues up to date.

``python -m data.catalogue`` rewrites all catalogues; a language named behind it is begun. Texts that the code no
longer has stay at the end of a catalogue as comments, with their translation.
"""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from data.language import CATALOGUES, catalogue_in, english, places, translated

DECLARED: dict[str, tuple[int | str, ...]] = {
    "Factor": (1,),
    "Number": (1,),
    "Measure": (1,),
    "Endpoint": (1, 2, 3, 5, "remark", "alone"),
    "Section": (1,),
    "Level": (1,),
    "Drug": (1,),
    "Population": (1,),
    "TermGroup": (0,),
    "Record": (1,),
    "Visit": (0,),
}
"""What a dictionary declares, and which of its arguments are shown; of ``levels`` it is what is given for each id."""

ROOT = Path(__file__).resolve().parents[2]
TEXTS = {"say": 1, "say_counted": 2}
"""The functions whose arguments are texts, and how many texts each is given; they are its last by position."""

HEADER = """\
# The texts of Myoscope. An empty msgstr shows the English text as it stands in the code.
msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: {plural_forms}\\n"
"Content-Type: text/plain; charset=utf-8\\n"

"""


def sources(root: Path) -> list[Path]:
    """The files of the program that can hold texts."""
    folders = (root / top for top in ("components", "data", "pages"))
    return [root / "app.py", *sorted(file for folder in folders for file in folder.rglob("*.py"))]


def texts_of(source: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """Every text of a source with its line: alone, or the form for one and the form for many.

    Raises ValueError for a text that is put together, or whose places are not the values that are given.
    """
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        if not (isinstance(call.func, ast.Name) and call.func.id in TEXTS):
            yield from (((text,), call.lineno) for text in declared(call))
            continue
        given = call.args[-TEXTS[call.func.id] :]
        texts = tuple(part.value for part in given if isinstance(part, ast.Constant) and isinstance(part.value, str))
        if len(texts) != TEXTS[call.func.id] or not all(texts):
            raise ValueError(f"line {call.lineno}: {call.func.id} is given something else than a text as it stands")
        values = {keyword.arg for keyword in call.keywords}
        if values and None not in values and values != frozenset[str]().union(*map(places, texts)):
            raise ValueError(f"line {call.lineno}: the values given are not the places of {texts[-1]!r}")
        yield texts, call.lineno


def declared(call: ast.Call) -> Iterator[str]:
    """The texts that a call declares as those of an entry of a dictionary, as they stand."""
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    given: dict[int | str | None, ast.expr] = dict(enumerate(call.args))
    given |= {keyword.arg: keyword.value for keyword in call.keywords}
    shown = [given[place] for place in DECLARED.get(name, ()) if place in given]
    if name == "levels" and isinstance(words := given.get(0), ast.Dict):
        shown += words.values
    for part in shown:
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value:
            yield part.value


def collected(root: Path = ROOT) -> Catalog:
    """The catalogue of all texts of the code under ``root``, none translated, each with the files it stands in."""
    catalogue = Catalog()
    for file in sources(root):
        name = str(file.relative_to(root))
        try:
            for texts, line in texts_of(file.read_text(encoding="utf-8")):
                _add(catalogue, texts, name, line)
        except ValueError as error:
            raise ValueError(f"{name}, {error}") from error
    return catalogue


def _add(catalogue: Catalog, texts: tuple[str, ...], file: str, line: int) -> None:
    known = catalogue.get(texts[0])
    if len(texts) > 1 and known is not None and known.pluralizable and english(known) != texts:
        raise ValueError(f"line {line}: {texts[0]!r} has another form for many elsewhere: say more with it")
    catalogue.add(texts if len(texts) > 1 else texts[0], locations=[(file, line)])


def updated(old: Catalog, texts: Catalog) -> bytes:
    """The file of a catalogue that holds what ``texts`` holds, with the translations of ``old``.

    A translation whose text the code no longer holds stays at the end: the text that replaced it may want it.
    """
    old.update(texts, no_fuzzy_matching=True)
    for key in [key for key, message in old.obsolete.items() if not any(translated(message))]:
        del old.obsolete[key]
    for message in old:
        message.flags.discard("python-format")  # a percent sign is one
    file = BytesIO()
    write_po(file, old, width=120, sort_by_file=True, include_lineno=False, omit_header=True)
    head = HEADER.format(language=old.locale_identifier, plural_forms=old.plural_forms)
    return head.encode("utf-8") + file.getvalue()


def main(arguments: Sequence[str] | None = None) -> int:
    """Bring every catalogue up to date; 1 where the code holds a text that cannot be collected."""
    parser = argparse.ArgumentParser(prog="python -m data.catalogue", description=__doc__.partition("\n")[0])
    parser.add_argument("language", nargs="*", help="a language to begin, as en or ja")
    chosen = parser.parse_args(arguments)
    try:
        texts = collected()
        begun = {CATALOGUES / f"{language}.po": Catalog(Locale.parse(language)) for language in chosen.language}
        catalogues = begun | {file: catalogue_in(file) for file in sorted(CATALOGUES.glob("*.po"))}
    except (ValueError, UnknownLocaleError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for file, catalogue in catalogues.items():
        file.write_bytes(updated(catalogue, texts))
        missing = sum(1 for message in catalogue if message.id and not any(translated(message)))
        sys.stdout.write(f"{file.relative_to(ROOT)}: {len(catalogue)} texts, {missing} as in the code\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
