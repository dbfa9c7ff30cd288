"""Links written before options had ids, when they held the labels: each still opens the view it was made for."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest

from app import PAGES
from components.links import former
from components.links.address import arrived, parsed
from components.links.control_types import MultipleChoice, SingleChoice
from components.links.page_input import ground
from components.links.view import answered, read
from data.cohort import Cohort
from data.reading.read import reconstructed_cohort

MENU = {page.address: page for page in PAGES}
NONE: dict[str, Any] = {}

LINKS: list[tuple[str, str, dict[str, Any]]] = [
    ("survival", "subtype=CADM&anti_mda5=Positive&by=Anti-MDA5+antibody&until=All+follow-up",
     {"subtype": ("cadm",), "anti_mda5": ("positive",), "by": "anti_mda5", "until": "whole"}),
    ("survival", "by=Trough+at+month+3&landmark=180&at=6+months&at=2+years&interval=log-log+%28paper%29&ties=Efron",
     {"interval": "log_log", "ties": "efron", "by": "trough_range", "landmark": 180, "at": ("183", "730")}),
    ("survival", "anti_ars=Not+tested&weight=40&weight=60&weight_missing=true&counted=Time+shown&band=false&at=",
     {"anti_ars": ("missing",), "weight": (40.0, 60.0), "weight_missing": True, "counted": "shown", "band": False,
      "at": ()}),
    ("survival", "onset=Asymptomatic&until=All+follow-up&counts=false&at=6+months&at=1+year&at=3+years",
     {"onset": ("asymptomatic",), "until": "whole", "counts": False, "at": ("183", "365", "1095")}),
    ("survival", "by=All+patients+together&smoking=Not+recorded&endpoint=Persistence+on+tacrolimus",
     {"smoking": ("missing",), "endpoint": "tacrolimus_persistence", "by": "none"}),
    ("survival", "by=Raynaud+phenomenon&interval=log-log%2C+beta+product+below+5+events&ties=Breslow+%28paper%29",
     {"by": "raynaud"}),
    ("prognosis", "endpoint=Progression-free+survival&horizon=2+years&factors=Lung+disease",
     {"endpoint": "progression_free", "factors": "lung", "horizon": "two_years"}),
    ("prognosis", "cardiopathy=Present&interval=log&factors=Myositis&horizon=2+years",
     {"cardiopathy": ("present",), "interval": "log", "factors": "myositis", "horizon": "two_years"}),
    ("prognosis", "interval=plain&factors=Patient&atrisk=still+followed+after+it",
     {"interval": "plain", "atrisk": "kmunicate", "factors": "patient"}),
    ("baseline", "columns=Sex&rows=Everything+recorded&numbers=median+%28quartiles%29&difference=Male+vs+Female",
     {"by": "sex", "rows": "all", "numbers": "median", "difference": "male~female"}),
    ("baseline", "difference=PM+vs+Overall+DM&age=40&age=65", {"age": (40.0, 65.0), "difference": "pm~overall_dm"}),
    ("baseline", "ct_pattern=NSIP&ct_pattern=UIP&ct_pattern=OP&ct_pattern=Others",
     {"ct_pattern": ("nsip", "uip", "op", "others")}),
    ("treatment", "part=Trough&form=Single+patients&target=4&target=8.5&gap=60+days&split=Sex",
     {"part": "trough", "by": "sex", "form": "single", "target": (4.0, 8.5), "gap": "60"}),
    ("treatment", "part=Corticosteroids&receiving=false&form=Median+%28IQR%29",
     {"part": "steroids", "form": "median", "receiving": False}),
    ("treatment", "part=Tacrolimus+dose&unit=mg%2Fday&form=Mean+%C2%B1+SD", {"unit": "dose"}),
    ("treatment", "part=dose&unit=tacrolimus", {"unit": "dose"}),
    ("treatment", "part=Other+immunosuppressants&split=Disease+duration&department=Rheumatology",
     {"department": ("rheumatology",), "part": "other", "by": "disease_duration_group"}),
    ("laboratory", "value=KL-6&scale=Change+in+%25&drawn=Median+%28IQR%29&group=Age&pairs=true",
     {"value": "kl6", "by": "age_group", "scale": "percent_change", "drawn": "median", "pairs": True}),
    ("laboratory", "value=%25FVC&log=true&group=Ferritin", {"value": "fvc", "by": "ferritin_group", "log": True}),
    ("biomarker", "marker=KL-6%2C+U%2FmL&of=Progression-free+survival&look=Hazard+by+value&shape=Cubic+spline",
     {"marker": "kl6", "of": "progression_free", "look": "hazard", "shape": "cubic"}),
    ("biomarker", "look=Discrimination&rise_ferritin=lower+values", {"look": "ranking", "rise_ferritin": "lower"}),
    ("biomarker", "marker=Arterial+oxygen+saturation%2C+%25&look=Search+for+a+cut-point",
     {"marker": "sao2", "look": "search"}),
    ("safety", "groups=Care+setting&cell=Per+100+patient-years&severity=Serious+only&terms=All",
     {"by": "setting", "cell": "rate", "severity": "serious", "terms": "all"}),
    ("safety", "section=Who+and+when&category=Infections&term=Pneumonia&serious=true&curves=Mode+of+onset",
     {"section": "history", "category": "infections", "term": "pneumonia", "serious": True, "by": "onset"}),
    ("safety", "section=Discontinuation&ends=Anti-Jo-1+antibody", {"section": "stops", "by": "anti_jo1"}),
    ("safety", "groups=Sex&section=Discontinuation&ends=Age", {"section": "stops", "by": "age_group"}),
    ("safety", "ends=Age&section=Deaths&groups=Sex&curves=Smoking", {"section": "deaths", "by": "age_group"}),
    ("safety", "ends=Age&curves=Sex&section=Who+and+when&groups=Smoking", {"section": "history", "by": "sex"}),
    ("safety", "ends=Age&curves=Smoking&groups=Sex", {"by": "sex"}),
    ("evidence", "place=Table+4&mismatches=true", {"place": "table_4", "mismatches": True}),
    ("evidence", "place=Results%3A+Safety", {"place": "text_results_safety"}),
    ("overview", "sex=Female&ip_duration_group=%3C+1+month&ip_duration_group=1+to+%3C+3+years&previous_drug=None",
     {"sex": ("female",), "ip_duration_group": ("lt1m", "1to3y"), "previous_drug": ("none",)}),
    ("patient", "arthritis=Absent&arthritis=Present&pulse_cyc=Yes&interval=beta+product",
     {"arthritis": ("absent", "present"), "pulse_cyc": ("yes",), "interval": "beta_product"}),
]  # fmt: skip
"""A page, what a link to it said, and what its controls must hold."""


@pytest.fixture(scope="module")
def study() -> Cohort:
    return reconstructed_cohort()


@pytest.mark.parametrize(("page", "query", "values"), LINKS, ids=[f"{page}?{query}" for page, query, _ in LINKS])
def test_a_link_of_before_opens_its_view_and_is_written_by_ids(
    study: Cohort, page: str, query: str, values: dict[str, Any]
) -> None:
    on = ground(study, MENU[page], single=True)
    found = read(page, query, on)
    assert found.ignored == ()
    assert found.view.values == values
    address = arrived(page, parsed(query), on)
    assert (address.remarks, urlencode(address.asked, doseq=True)) == (NONE, found.view.query)
    assert read(page, address.asked, on).view == found.view


@pytest.mark.parametrize(
    ("page", "query", "by"),
    [
        ("baseline", "columns=sex", "sex"),
        ("treatment", "split=sex", "sex"),
        ("laboratory", "group=sex", "sex"),
        ("safety", "groups=sex", "sex"),
        ("safety", "section=history&curves=sex", "sex"),
        ("safety", "section=stops&ends=sex", "sex"),
        ("safety", "section=deaths&ends=none", "none"),
        ("safety", "groups=age_group&section=stops&ends=sex", "sex"),
        ("safety", "ends=age_group&groups=sex&section=counts", "sex"),
        ("safety", "groups=age_group&section=stops&ends=sex&by=setting", "setting"),
        ("methods", "from=laboratory&group=sex", "sex"),
        ("laboratory", "group=sex&by=subtype", "subtype"),
    ],
)
def test_a_page_that_had_its_own_key_for_what_it_compares_by_opens_its_links(
    study: Cohort, page: str, query: str, by: str
) -> None:
    on = ground(study, MENU[page], single=True, others=[MENU["laboratory"]])
    address = arrived(page, parsed(query), on)
    assert (address.asked["by"], address.remarks) == ((by,), NONE)
    assert not set(former.RENAMED) & set(address.parts)
    assert read(page, query, on).view.values["by"] == by


def test_a_key_of_before_that_says_what_nobody_knows_is_remarked_on_under_the_key_of_today(study: Cohort) -> None:
    address = arrived("laboratory", parsed("group=shoe_size"), ground(study, MENU["laboratory"], single=True))
    assert (address.asked, address.remarks) == (NONE, {"by": ("shoe_size",)})


@pytest.mark.parametrize("page", sorted(MENU))
def test_every_former_name_is_that_of_an_option(study: Cohort, page: str) -> None:
    """Nothing is mistyped in the list: each id it names is offered, and the name reads as that id."""
    on = ground(study, MENU[page], single=True)
    for control in _asked(page, on):
        if isinstance(control, SingleChoice | MultipleChoice):
            for option in control.options:
                for text in option.former:
                    value = control.read((text,))[0]
                    assert value == (option.id if isinstance(control, SingleChoice) else (option.id,))


def test_the_list_names_only_what_some_page_offers(study: Cohort) -> None:
    offered = {
        (control.key, id_)
        for page, entry in MENU.items()
        for control in _asked(page, ground(study, entry, single=True))
        if isinstance(control, SingleChoice | MultipleChoice)
        for id_ in control.ids
    }
    asked = {key for key, _ in offered}
    listed = {(key, id_) for key, names in former.FORMER.items() for id_ in names if key in asked}
    assert listed <= offered | {(key, id_) for key, id_ in listed if id_ in LATER}


LATER = {"trough_range", "dose_reached", "steroid_tapered"}
"""Factors that only some of the controls that list factors offer."""


def _asked(page: str, on: Any) -> list[Any]:
    """The controls of a page for every choice of its tabs."""
    found: dict[str, Any] = {}

    def answer(control: Any, tab: str) -> Any:
        found[control.key] = control
        return tab if isinstance(control, SingleChoice) and tab in control.ids else control.default

    tabs = ["", *former.FORMER["part"], *former.FORMER["look"], *former.FORMER["section"]]
    for tab in tabs:
        answered(page, on, lambda control, tab=tab: answer(control, tab))  # type: ignore[misc]
    return list(found.values())
