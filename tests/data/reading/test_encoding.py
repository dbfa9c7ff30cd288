from __future__ import annotations

import pytest

from data.reading.encoding import OFFERED, decoded

HEAD = "patient,institution,last_day\n"


def in_encoding(encoding: str, *names: str) -> bytes:
    return (HEAD + "".join(f"P{at},{name},{400 + at}\n" for at, name in enumerate(names))).encode(encoding)


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("cp932", ["東京大学病院"]),
        ("cp932", ["CRP値"]),
        ("euc_jp", ["東京大学病院", "京都医療センター"]),
        ("cp1252", ["Orléans"]),
        ("cp1252", ["37.5°C", "5 µg", "±5", "Saint-Étienne", "patient’s"]),
        ("mac_roman", ["Orléans", "Göteborg"]),
        ("cp850", ["Nürnberg", "Orléans"]),
        ("cp1250", ["Łódź", "Wrocław", "Plzeň"]),
        ("cp1251", ["больница", "Казань"]),
        ("big5", ["台大醫院", "臺北榮總"]),
    ],
)
def test_the_encoding_is_guessed_by_what_its_words_look_like(encoding: str, names: list[str]) -> None:
    read = decoded(in_encoding(encoding, *names))
    assert read is not None
    assert (read.encoding, read.chosen) == (encoding, False)
    assert read.text == HEAD + "".join(f"P{at},{name},{400 + at}\n" for at, name in enumerate(names))
    assert read.examples == tuple(names[:3])


@pytest.mark.parametrize(
    ("encoding", "names"), [("gb18030", ["上海的医院", "华西医院"]), ("cp949", ["서울대병원", "세브란스"])]
)
def test_what_looks_like_several_is_not_guessed_but_offered(encoding: str, names: list[str]) -> None:
    content = in_encoding(encoding, *names)
    read, chosen = decoded(content), decoded(content, encoding)
    assert read is not None
    assert (read.encoding, read.text) == ("", "")
    assert read.readings[encoding] == tuple(names)
    assert chosen is not None
    assert chosen.chosen
    assert names[0] in chosen.text


def test_the_same_words_are_shown_in_every_encoding_that_fits() -> None:
    read = decoded(in_encoding("mac_roman", "Orléans"))
    assert read is not None
    assert read.readings["mac_roman"] == ("Orléans",)
    assert read.readings["cp1252"] == ("OrlŽans",)
    assert set(read.readings) <= set(OFFERED)


def test_an_encoding_that_does_not_fit_cannot_be_chosen() -> None:
    read = decoded(in_encoding("cp1252", "Orléans"), "euc_jp")
    assert read is not None
    assert (read.encoding, read.chosen) == ("cp1252", False)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_no_guess(encoding: str) -> None:
    read = decoded(in_encoding(encoding, "Orléans", "東京"))
    assert read is not None
    assert read.readings == {}
    assert "東京" in read.text


def test_japanese_mail_is_told_by_its_own_signs() -> None:
    read = decoded(in_encoding("iso2022_jp", "東京大学病院"))
    assert read is not None
    assert (read.encoding, read.examples) == ("iso2022_jp", ("東京大学病院",))


@pytest.mark.parametrize(
    "content", [in_encoding("utf-8", "東京大学病院", "大阪").replace(b"\xac", b"", 1), b"a\x1b$B\x7f\x01,b"]
)
def test_damaged_unicode_is_refused(content: bytes) -> None:
    assert decoded(content) is None
