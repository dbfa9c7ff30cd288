"""The dictionary of the study: a new laboratory value, factor, antibody or endpoint is one line here.

Levels, each with its id and the word files write, stand in the order in which they are listed on screen; the reference level is the one hazard ratios compare with
(the paper's own choice). Factors marked ``prognostic`` form the forest plot, in this order, as in Table 4 of the paper.
"""

from __future__ import annotations

from math import inf, nextafter

from data.dictionary import Dictionary
from data.entries import (
    STOP_DAY,
    Endpoint,
    Factor,
    Measure,
    Need,
    Number,
    Population,
    Record,
    Section,
    TermGroup,
    Visit,
)
from data.levels import MISSING, NOT_MEASURED, NOT_TESTED, Drug, Level, levels

ABSENT = levels({"absent": "Absent", "present": "Present"})
NO = levels({"no": "No", "yes": "Yes"})
TEST = levels({"positive": "Positive", "negative": "Negative"})
PERSON, DISEASE, ANTIBODIES, LUNG, TREATMENT, COURSE = (
    Section("patient", "Patient"),
    Section("myositis", "Myositis"),
    Section("antibodies", "Antibodies"),
    Section("lung", "Lung disease"),
    Section("treatment", "Treatment at baseline"),
    Section("course", "Course of treatment"),
)


def above(limit: float) -> float:
    """The cut of a level that begins beyond ``limit``: the smallest number larger than it."""
    return nextafter(limit, inf)


# fmt: off
FACTORS = (
    Factor("subtype", "Subtype", levels({"pm": "PM", "cadm": "CADM", "classic_dm": "Classic DM"}), "pm", DISEASE, always=True, prognostic=True, aliases=("病型", "diagnosis", "disease"), composites=((Level("overall_dm", "Overall DM"), ("cadm", "classic_dm")),)),
    Factor("anti_mda5", "Anti-MDA5 antibody", TEST, "negative", ANTIBODIES, NOT_TESTED, tested=True, always=True, prognostic=True, aliases=("抗mda5抗体", "抗mda5", "mda5")),
    Factor("anti_ars", "Anti-ARS antibody", TEST, "negative", ANTIBODIES, NOT_TESTED, tested=True, always=True, prognostic=True, aliases=("抗ars抗体", "抗ars", "ars")),
    Factor("anti_jo1", "Anti-Jo-1 antibody", TEST, "negative", ANTIBODIES, NOT_TESTED, tested=True, always=True, prognostic=True, aliases=("抗jo1抗体", "抗jo-1抗体", "jo1")),
    Factor("sex", "Sex", levels({"male": "Male", "female": "Female"}), "male", PERSON, prognostic=True, aliases=("性別", "gender")),
    Factor("age_group", "Age", levels({"lt15": "< 15 years", "15to30": "15 to < 30 years", "30to40": "30 to < 40 years", "40to50": "40 to < 50 years", "50to65": "50 to < 65 years", "ge65": "≥ 65 years"}), "ge65", PERSON, source="age", cuts=(15, 30, 40, 50, 65), prognostic=True),
    Factor("weight_group", "Weight", levels({"lt30": "< 30 kg", "30to50": "30 to < 50 kg", "50to70": "50 to < 70 kg", "ge70": "≥ 70 kg"}), "30to50", PERSON, source="weight", cuts=(30, 50, 70), prognostic=True),
    Factor("setting", "Care setting", levels({"inpatient": "Inpatient", "outpatient": "Outpatient"}), "outpatient", PERSON, prognostic=True),
    Factor("smoking", "Smoking", NO, "no", PERSON, prognostic=True, aliases=("喫煙",)),
    Factor("dysphagia", "Dysphagia", ABSENT, "absent", DISEASE, prognostic=True, aliases=("嚥下障害",)),
    Factor("disease_duration_group", "Disease duration", levels({"lt1y": "< 1 year", "1to5y": "1 to < 5 years", "ge5y": "≥ 5 years"}), "lt1y", DISEASE, source="disease_duration", cuts=(365, 1825), prognostic=True),
    Factor("other_symptoms", "Symptoms other than muscle, lung and skin", ABSENT, "absent", DISEASE, prognostic=True),
    Factor("raynaud", "Raynaud phenomenon", ABSENT, "absent", DISEASE, prognostic=True),
    Factor("arthritis", "Arthritis or joint pain", ABSENT, "absent", DISEASE, prognostic=True, aliases=("関節炎",)),
    Factor("cardiopathy", "Cardiopathy", ABSENT, "absent", DISEASE, prognostic=True),
    Factor("fever", "Fever", ABSENT, "absent", DISEASE, prognostic=True, aliases=("発熱",)),
    Factor("ip_duration_group", "Duration of interstitial pneumonia", levels({"lt1m": "< 1 month", "1to3m": "1 to < 3 months", "3to6m": "3 to < 6 months", "6to12m": "6 to < 12 months", "1to3y": "1 to < 3 years", "ge3y": "≥ 3 years"}), "lt1m", LUNG, source="ip_duration", cuts=(30, 91, 182, 365, 1095), prognostic=True),
    Factor("presentation", "Presentation of interstitial pneumonia", levels({"initial_onset": "Initial onset", "relapse": "Relapse"}), "initial_onset", LUNG, prognostic=True),
    Factor("ct_pattern", "CT or histological pattern", levels({"nsip": "NSIP", "uip": "UIP", "op": "OP", "dad": "DAD", "others": "Others"}), "nsip", LUNG, prognostic=True),
    Factor("sao2_group", "Arterial oxygen saturation", levels({"lt85": "< 85 %", "85to90": "85 to < 90 %", "90to95": "90 to < 95 %", "ge95": "≥ 95 %"}), "ge95", LUNG, source="sao2", cuts=(85, 90, 95), prognostic=True),
    Factor("oxygen", "Oxygen administration", ABSENT, "absent", LUNG, prognostic=True),
    Factor("ferritin_group", "Ferritin", levels({"lt500": "< 500 ng/mL", "500to1500": "500 to < 1500 ng/mL", "1500to2500": "1500 to < 2500 ng/mL", "2500to3500": "2500 to < 3500 ng/mL", "ge3500": "≥ 3500 ng/mL"}), "lt500", LUNG, source="ferritin", cuts=(500, 1500, 2500, 3500), prognostic=True),
    Factor("kl6_group", "KL-6", levels({"lt1000": "< 1000 U/mL", "ge1000": "≥ 1000 U/mL"}), "lt1000", LUNG, source="kl6", cuts=(1000,), prognostic=True),
    Factor("spd_group", "SP-D", levels({"lt100": "< 100 ng/mL", "ge100": "≥ 100 ng/mL"}), "lt100", LUNG, source="spd", cuts=(100,), prognostic=True),
    Factor("onset", "Mode of onset", levels({"acute": "Acute/subacute", "acute_exacerbation": "Acute exacerbation", "chronic": "Chronic", "asymptomatic": "Asymptomatic"}), "acute", LUNG, prognostic=True),
    Factor("steroids", "Oral corticosteroids", NO, "yes", TREATMENT, source="prednisolone", cuts=(above(0),)),
    Factor("high_dose_steroids", "High-dose corticosteroids (≥ 40 mg/day)", NO, "no", TREATMENT, source="prednisolone", cuts=(40,)),
    Factor("cyclophosphamide", "Cyclophosphamide", NO, "no", TREATMENT, aliases=("cyc",)),
    Factor("pulse_cyc", "Corticosteroid pulse and cyclophosphamide", NO, "no", TREATMENT),
    Factor("previous_drug", "Previous immunosuppressant", levels({"none": "None", "methotrexate": "Methotrexate", "etanercept": "Etanercept", "azathioprine": "Azathioprine"}), "none", TREATMENT),
    Factor("department", "Department", levels({"rheumatology": "Rheumatology", "pulmonology": "Pulmonology", "dermatology": "Dermatology"}), "rheumatology", PERSON),
    Factor("trough_range", "Trough at month 3", levels({"lt5": "< 5 ng/mL", "5to10": "5 to 10 ng/mL", "gt10": "> 10 ng/mL"}), "5to10", COURSE, NOT_MEASURED, source="trough", cuts=(5, above(10)), visit="Month 3"),
    Factor("dose_reached", "Tacrolimus dose at month 3", levels({"lt0.05": "< 0.05 mg/kg/day", "ge0.05": "≥ 0.05 mg/kg/day"}), "lt0.05", COURSE, NOT_MEASURED, source="tacrolimus_per_kg", cuts=(0.05,), visit="Month 3"),
    Factor("steroid_tapered", "Prednisolone at month 3", levels({"lt10": "< 10 mg/day", "ge10": "≥ 10 mg/day"}), "ge10", COURSE, NOT_MEASURED, source="prednisolone", cuts=(10,), visit="Month 3"),
)

NUMBERS = (
    Number("age", "Age", "years", PERSON, (0, 110), aliases=("年齢",)),
    Number("weight", "Weight", "kg", PERSON, (2, 250), decimals=1, aliases=("体重",)),
    Number("disease_duration", "Disease duration", "days", DISEASE, (0, 30000)),
    Number("ip_duration", "Duration of interstitial pneumonia", "days", LUNG, (0, 30000)),
    Number("sao2", "Arterial oxygen saturation", "%", LUNG, (40, 100), decimals=1, aliases=("spo2",)),
)

MEASURES = (
    Measure("tacrolimus", "Tacrolimus dose", "mg/day", "treatment", (0, 30), 1, role="dose"),
    Measure("tacrolimus_per_kg", "Tacrolimus dose", "mg/kg/day", "treatment", (0, 0.6), 3, source="tacrolimus", per="weight", role="dose_per_kg"),
    Measure("trough", "Tacrolimus trough", "ng/mL", "treatment", (0, 60), 1, normal=(5, 10), aliases=("タクロリムス血中濃度", "トラフ値", "トラフ", "trough level", "c0"), role="trough"),
    Measure("prednisolone", "Prednisolone equivalent", "mg/day", "treatment", (0, 1500), 1, aliases=("プレドニゾロン", "ステロイド量", "steroid dose", "psl"), role="steroids"),
    Measure("fvc", "%FVC", "%", "laboratory", (5, 200), 1, normal=(80, None)),
    Measure("dlco", "%DLCO", "%", "laboratory", (5, 250), 1, normal=(80, None)),
    Measure("pao2", "PaO₂", "mmHg", "laboratory", (20, 600), 1, normal=(80, None)),
    Measure("aado2", "AaDO₂", "mmHg", "laboratory", (0, 600), 1, normal=(None, 20)),
    Measure("ferritin", "Ferritin", "ng/mL", "laboratory", (0, 100000), 1, normal=(None, 250), skewed=True, aliases=("フェリチン", "血清フェリチン")),
    Measure("kl6", "KL-6", "U/mL", "laboratory", (50, 50000), 0, normal=(None, 500), skewed=True, aliases=("kl-6",)),
    Measure("spd", "SP-D", "ng/mL", "laboratory", (0, 5000), 1, normal=(None, 110), skewed=True, aliases=("sp-d",)),
    Measure("ct_improved", "CT findings improved from baseline", "", "finding", (0, 1)),
)

STUDY_DRUG = Drug("tacrolimus", "tacrolimus", names=("FK506", "FK-506", "TAC", "Prograf", "Advagraf", "Astagraf", "Envarsus", "Graceptor", "タクロリムス", "プログラフ", "グラセプター"))

ENDPOINTS = (
    Endpoint("overall_survival", "Overall survival", "death", "deaths", ("death_day",), "Alive", role="death"),
    Endpoint("progression_free", "Progression-free survival", "progression or death", "progressions or deaths", ("progression_day", "death_day"), "Alive without progression", "progression_last_day", role="progression", needs=Need("patients", ("progression_day",)), alone="progression"),
    Endpoint("tacrolimus_persistence", "Persistence on tacrolimus", "discontinuation", "discontinuations", (STOP_DAY,), "Still taking tacrolimus", remark="Every recorded stop counts as discontinuation, whatever its reason: also loss to follow-up and death.", role="persistence", needs=Need("treatments", ("day",), "drug", STUDY_DRUG.word)),
)

VISITS = (
    Visit("Day 0", 0, -28, 0), Visit("Week 1", 7, 1, 10), Visit("Month 1", 30, 11, 60), Visit("Month 3", 91, 61, 136),
    Visit("Month 6", 182, 137, 273), Visit("Month 12", 365, 274, 547), Visit("Month 24", 730, 548, 820),
)

POPULATIONS = (
    Population("enrolled", "enrolled patients", ("Enrolled only", "Form only", "Safety only", "Outcome"),
               "enrolled patient"),
    Population("forms", "patients with a case report form", ("Form only", "Safety only", "Outcome"),
               "patient with a case report form"),
    Population("safety", "safety population", ("Safety only", "Outcome")),
    Population("outcome", "clinical outcome population", ("Outcome",)),
)

REACTION_CATEGORIES = levels({
    "infections": "Infections", "renal_impairment": "Renal impairment",
    "impaired_glucose_tolerance": "Impaired glucose tolerance",
    "psychiatric_and_nervous_system_disorders": "Psychiatric and nervous system disorders",
    "cardiac_dysfunction": "Cardiac dysfunction", "pancreatic_dysfunction": "Pancreatic dysfunction",
    "lymphoma": "Lymphoma", "other": "Other",
})

TERM_GROUPS = (
    TermGroup("Cytomegalovirus infection", ("Cytomegalovirus infection", "Cytomegalovirus viremia"), "Infections"),
    TermGroup("Renal impairment", ("Renal impairment", "Renal disorder", "Blood creatinine increased"), "Renal impairment"),
    TermGroup("Impaired glucose tolerance", ("Diabetes mellitus", "Glucose tolerance impaired", "Steroid diabetes", "Blood glucose increased", "Type 2 diabetes mellitus"), "Impaired glucose tolerance"),
)

STOP_REASONS = levels({
    "lost": "Loss to follow-up (changed hospital)", "death": "Patient death", "adverse_event": "Adverse event",
    "visits_stopped": "Hospital visits stopped", "inadequate_response": "Inadequate response",
    "uncontrolled_trough": "Uncontrolled trough level", "interactions": "Concern about drug interactions",
})

NO_DECISION = ("lost", "visits_stopped", "death")

CAUSES_OF_DEATH = levels({
    "lung_disease": "Interstitial lung disease", "lung_cancer": "Lung cancer", "suicide": "Suicide",
    "heart_failure": "Heart failure", "myocarditis": "Myocarditis",
})

SPELLINGS = (
    ("Male", ("M", "man", "男", "男性")),
    ("Female", ("F", "woman", "女", "女性")),
    ("PM", ("polymyositis", "多発性筋炎")),
    ("CADM", ("clinically amyopathic dermatomyositis", "ADM", "無筋症性皮膚筋炎", "臨床的無筋症性皮膚筋炎")),
    ("Classic DM", ("CDM", "DM", "classical DM", "classic dermatomyositis", "dermatomyositis", "皮膚筋炎", "古典的皮膚筋炎")),
    ("Yes", ("Y", "1", "true", "checked", "有", "有り", "あり", "○", "はい")),
    ("No", ("N", "0", "false", "unchecked", "無", "無し", "なし", "×", "いいえ")),
    ("Present", ("+", "1", "Y", "yes", "true", "checked", "有", "有り", "あり", "○", "陽性")),
    ("Absent", ("-", "−", "0", "N", "no", "false", "unchecked", "無", "無し", "なし", "×", "陰性")),
    ("Positive", ("+", "1", "pos", "true", "Y", "yes", "checked", "陽性")),
    ("Negative", ("-", "−", "0", "neg", "false", "N", "no", "unchecked", "陰性")),
    ("Inpatient", ("入院",)),
    ("Outpatient", ("外来",)),
    ("Initial onset", ("initial", "初発")),
    ("Relapse", ("再発", "再燃")),
    ("start", ("started", "begin", "開始", "投与開始")),
    ("stop", ("stopped", "discontinued", "discontinuation", "中止", "投与中止")),
    ("pulse", ("パルス",)),
    ("Fatal", ("death", "died", "死亡")),
    ("Recovered", ("resolved", "recovered/resolved", "回復")),
    ("Recovering", ("recovering/resolving", "軽快")),
    ("Not recovered", ("not recovered/not resolved", "not resolved", "未回復")),
    (MISSING, ("NA", "N/A", "n.a.", "NaN", "null", ".", "-", "unknown", "not done", "not tested", "not recorded", "不明", "未検", "未測定")),
)

RECORDS = (Record("reactions", "Adverse reactions", Need("reactions", ("day", "category", "term"))),)

DRUGS = (
    STUDY_DRUG,
    Drug("cyclophosphamide", "cyclophosphamide"),
    Drug("mp_pulse", "methylprednisolone pulse"),
)
# fmt: on

DICTIONARY = Dictionary(
    FACTORS,
    NUMBERS,
    MEASURES,
    ENDPOINTS,
    VISITS,
    POPULATIONS,
    REACTION_CATEGORIES,
    TERM_GROUPS,
    STOP_REASONS,
    CAUSES_OF_DEATH,
    SPELLINGS,
    DRUGS,
    NO_DECISION,
    STUDY_DRUG,
    RECORDS,
).in_language()
