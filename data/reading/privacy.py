"""Names of columns that say who a patient is."""

from __future__ import annotations

import re

from data.language import say
from data.reading.cells import folded_name

_IDENTIFYING = (
    (
        say("a person's name"),
        r"(patient|full|last|first|family|given|sur|fore|maiden|doctor)*names?|initials?|氏名|名前|患者名|姓|名|カナ",
    ),
    (
        say("a record number"),
        r".*(mrn|recordno|recordnum|recordid|chartno|chartnum|hospitalid|hospitalno|insurance|ssn|nhsno)",
    ),
    (say("a record number"), r".*(nhsnumber|mynumber|カルテ|診察券|保険).*"),
    (say("a date of birth"), r".*(birthd|dateofbirth|yearofbirth|birthyear|生年|誕生).*|dob|birth|brthdtc?"),
    (say("an e-mail address"), r".*(e?mail|メール).*"),
    (
        say("an address or a telephone number"),
        r".*(address|postcode|postalcode|zipcode|phone|mobile|住所|電話|郵便).*|tel|zip",
    ),
)


def identifies(column: str) -> str:
    """What a column of this name would reveal about a person, for example ``a date of birth``; empty when nothing."""
    name = folded_name(column)
    return next((what for what, pattern in _IDENTIFYING if re.fullmatch(pattern, name)), "")
