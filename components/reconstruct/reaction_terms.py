"""Preferred terms (MedDRA 22.1, in the paper's spelling) of the reactions that the paper does not list one by one."""

from __future__ import annotations

OTHER_CATEGORY = "Other"

SINGLE_TERMS = {
    "Infections": (
        "Cellulitis",
        "Bronchitis",
        "Urinary tract infection",
        "Influenza",
        "Gastroenteritis",
        "Folliculitis",
        "Cystitis",
        "Sinusitis",
        "Oral herpes",
        "Tinea pedis",
        "Onychomycosis",
    ),
    "Psychiatric and nervous system disorders": (
        "Headache",
        "Dizziness",
        "Depression",
        "Anxiety",
        "Dysgeusia",
        "Somnolence",
    ),
    "Cardiac dysfunction": ("Palpitations", "Ventricular extrasystoles", "Tachycardia"),
    "Pancreatic dysfunction": ("Amylase increased",),
}
"""Terms of one patient each: the paper lists only terms that occurred in more than one."""

SERIOUS_SINGLE_TERMS = {
    "Infections": ("Sepsis", "Pyelonephritis", "Bronchopulmonary aspergillosis"),
    "Psychiatric and nervous system disorders": ("Posterior reversible encephalopathy syndrome", "Seizure"),
    "Cardiac dysfunction": ("Cardiac failure", "Myocardial infarction"),
    "Pancreatic dysfunction": ("Pancreatitis acute",),
}
"""The same where the category has more serious reactions than its listed terms."""

OTHER_TERMS = {
    "Hypertension": 14,
    "Hypomagnesemia": 12,
    "Diarrhea": 10,
    "Nausea": 8,
    "Hyperkalemia": 8,
    "Hepatic function abnormal": 8,
    "Hyperlipidemia": 6,
    "Liver function test abnormal": 5,
    "Hyperuricemia": 5,
    "Alopecia": 4,
    "Abdominal discomfort": 4,
    "Decreased appetite": 4,
    "Edema peripheral": 4,
    "Dyslipidemia": 4,
    "Immunosuppressant drug level increased": 4,
    "Constipation": 3,
    "Vomiting": 3,
    "Stomatitis": 3,
    "Muscle spasms": 3,
    "Rash": 3,
    "Malaise": 3,
    "Anemia": 3,
    "Hypercholesterolemia": 3,
    "Lymphocyte count decreased": 3,
    "Gamma-glutamyltransferase increased": 3,
    "Leukopenia": 2,
    "Platelet count decreased": 2,
    "Pruritus": 2,
    "Pyrexia": 2,
    "Osteoporosis": 2,
    "Abdominal pain": 2,
    "Gastroesophageal reflux disease": 2,
    "Hot flush": 2,
    "Blood pressure increased": 2,
    "Hyponatremia": 1,
    "Gastric ulcer": 1,
    "Deep vein thrombosis": 1,
}
"""Reactions to tacrolimus outside the categories of special interest, with how often they are met relative to another.

The paper prints neither; the choice follows what is known of the drug.
"""

SERIOUS_OTHER_TERMS = {
    "Diarrhea": 0.1,
    "Hyperkalemia": 0.15,
    "Hepatic function abnormal": 0.2,
    "Anemia": 0.2,
    "Pyrexia": 0.3,
    "Hyponatremia": 0.3,
    "Gastric ulcer": 0.6,
    "Deep vein thrombosis": 0.6,
}
"""Share of serious reactions among these; the other terms of the category are not serious. An assumption."""

ALWAYS_SERIOUS = ("Thrombotic microangiopathy",)
"""Terms printed without a count of serious reactions that are serious by nature."""
