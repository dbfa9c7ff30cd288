"""Nine patients written out by hand, so that every expected number can be counted off this page."""

from __future__ import annotations

from io import StringIO

import pandas as pd
import pytest

from data.cohort import Cohort, Provenance, Tables, cohort_from

PATIENTS = """
patient,population,   subtype,   sex,   anti_mda5,anti_ars,age,weight,last_day,death_day,progression_day,cause_of_death
P1,     Outcome,      PM,        Male,  Negative, Positive,70, 60,    800,     ,         ,
P2,     Outcome,      PM,        Female,,         Positive,60, 50,    100,     ,         40,
P3,     Outcome,      CADM,      Female,Positive, Negative,50, 50,    50,      50,       20,             ILD; Suicide
P4,     Outcome,      CADM,      Male,  Positive, Negative,40, 80,    740,     ,         ,
P5,     Outcome,      CADM,      Female,Negative, ,        45, ,      750,     750,      ,               ILD
P6,     Outcome,      Classic DM,Female,,         Positive,65, 40,    400,     ,         180,
P7,     Safety only,  Classic DM,Male,  Positive, Negative,58, 70,    30,      ,         ,
P8,     Form only,    PM,        Male,  ,         ,        ,   ,      0,       ,         ,
P9,     Enrolled only,,          ,      ,         ,        ,   ,      0,       ,         ,
"""

MEASUREMENTS = """
patient,day,variable,value
P1,0,kl6,1000
P1,30,kl6,800
P1,365,kl6,400
P1,730,kl6,300
P2,0,kl6,500
P2,28,kl6,600
P3,0,kl6,2000
P3,30,kl6,2500
P4,0,kl6,800
P4,365,kl6,600
P4,735,kl6,200
P5,30,kl6,700
P6,0,kl6,1500
P6,182,kl6,900
P7,0,kl6,1200
P1,0,prednisolone,40
P1,365,prednisolone,10
P1,730,prednisolone,0
P2,0,prednisolone,20
P3,0,prednisolone,60
P4,0,prednisolone,0
P4,365,prednisolone,5
P5,0,prednisolone,35
P6,0,prednisolone,30
P7,0,prednisolone,10
P1,7,trough,4
P1,17,trough,8
P1,27,trough,12
P1,365,trough,6
P4,10,trough,7
P4,40,trough,7
P6,5,trough,3
"""

REACTIONS = """
patient,day,category,term,serious,outcome
P1,10,Infections,Herpes zoster,No,Recovered
P1,100,Infections,Cytomegalovirus infection,Yes,Recovered
P1,120,Infections,Cytomegalovirus viremia,No,Recovered
P2,50,Renal impairment,Blood creatinine increased,No,Not recovered
P3,20,Infections,Pneumonia,Yes,Fatal
P4,30,Psychiatric and nervous system disorders,Tremor,No,
P4,60,Infections,Pneumonia,No,Recovering
P6,0,Impaired glucose tolerance,Steroid diabetes,No,Unknown
"""

TREATMENTS = """
patient,day,drug,action,reason
P1,0,tacrolimus,start,
P2,0,tacrolimus,start,
P2,90,tacrolimus,stop,Loss to follow-up (changed hospital)
P3,50,tacrolimus,stop,Patient death
P5,200,cyclophosphamide,stop,
P6,200,tacrolimus,stop,Adverse event
P6,200,tacrolimus,stop,Inadequate response
P6,300,tacrolimus,stop,Hospital visits stopped
"""


def table(text: str) -> pd.DataFrame:
    read = pd.read_csv(StringIO(text.strip()), skipinitialspace=True, keep_default_na=False, na_values=[""])
    for name in read.select_dtypes(object):
        read[name] = read[name].str.strip()
    return read.replace({"": None})


def tables() -> Tables:
    return Tables(table(PATIENTS), table(MEASUREMENTS), table(REACTIONS), table(TREATMENTS))


def of_patients(patients: dict[str, object], **others: dict[str, object]) -> Cohort:
    """A cohort of patients with these columns; of the ``others`` (measurements, reactions, treatments) those given."""
    rows = {name: pd.DataFrame(others.get(name, {})) for name in ("measurements", "reactions", "treatments")}
    return cohort_from(Tables(pd.DataFrame(patients), **rows), Provenance("imported", "made", "0"))


def shuffled(tables: Tables) -> Tables:
    return Tables(*(vars(tables)[name].iloc[::-1].reset_index(drop=True) for name in vars(tables)))


@pytest.fixture(scope="session")
def written() -> Tables:
    """The tables above, before anything is derived from them."""
    return tables()


@pytest.fixture(scope="session")
def enrolled() -> Cohort:
    return cohort_from(tables(), Provenance("imported", "tiny", "0"))


@pytest.fixture(scope="session")
def cohort(enrolled: Cohort) -> Cohort:
    """The safety population: P1 to P7."""
    return enrolled.of_population("safety")


def with_gaps() -> Tables:
    """The same with P7, whose last day is not recorded (only the safety population may lack it), and days before 0."""
    whole = tables()
    patients = whole.patients.assign(last_day=whole.patients["last_day"].where(whole.patients["patient"] != "P7"))
    early = table("""
patient,day,variable,value
P1,-6,trough,9
P3,-2,trough,3
P4,-11,trough,12
P4,-4,kl6,900
P7,-3,kl6,1100
""")
    measurements = pd.concat([whole.measurements, early], ignore_index=True)
    return Tables(patients, measurements, whole.reactions, whole.treatments)


@pytest.fixture(scope="session")
def gaps() -> Cohort:
    """Everybody enrolled, with what a file may lack or hold too early."""
    return cohort_from(with_gaps(), Provenance("imported", "gaps", "1"))


@pytest.fixture(scope="session")
def reversed_cohort() -> Cohort:
    """The same patients with every table upside down."""
    return cohort_from(shuffled(tables()), Provenance("imported", "tiny", "0")).of_population("safety")


@pytest.fixture(scope="session")
def empty(cohort: Cohort) -> Cohort:
    """Nobody left."""
    return cohort.where(cohort.patients["patient"].isna().to_numpy(dtype=bool))
