"""Words of the page that opens a hospital's own cohort."""

from __future__ import annotations

from components.core.markup import bold
from components.core.numbers import EN_DASH, count, joined, patients
from data.cohort import Provenance
from data.language import say, say_counted
from data.reading.adam import Parameter
from data.reading.sheet import GuessedText
from data.reading.text_messages import ENCODINGS

OPEN_NOW = say("Open now")
BACK = say("Back to the reconstructed cohort")
BACK_HELP = say("Forgets the imported patients, what was computed of them and the slides collected from them.")
LOOK = say("Look at these patients")
OF_EVERYBODY = say(
    "Whoever runs this server has opened it for every visitor. Going back to the reconstructed cohort, or opening "
    "files of your own, changes what you see alone; a new tab begins with it again."
)
IN_MEMORY = say(
    "The patients are in the memory of this session only: no file is written and no link names them. "
    "Going back or reloading the page forgets them, and so does closing the tab, some minutes later."
)
RECONSTRUCTED, NOBODY = say("Reconstructed cohort"), say("No row is a real patient.")

PREPARE = say("1. Put your patients into tables")
PREPARE_TEXT = say(
    "One row a patient, and if you have them one row a laboratory value, adverse reaction or change "
    "of treatment. Only the patients are needed. CDISC ADaM data sets (ADSL, ADTTE, ADPC or ADLB, "
    "ADAE) are read as they are, as SAS files or as CSV."
)
HOW = say("How the tables are filled in")
WORKBOOK, EXAMPLE, CSV_FILES = say("Empty workbook"), say("Workbook with an example"), say("Four empty CSV files")
WORKBOOK_HELP = say("An Excel workbook with one sheet a table; cells with fixed words offer them as a list.")
EXAMPLE_HELP = say("The same workbook filled in with the reconstructed cohort, whose patients nobody is.")
WORKBOOK_NAME, EXAMPLE_NAME, CSV_NAME = "myoscope-template.xlsx", "myoscope-example.xlsx", "myoscope-template.zip"
ZIP_TYPE = "application/zip"

ADD = say("2. Add the files")
FILES = say("Workbooks, CSV, SAS, SPSS, Stata or Parquet files, or a ZIP of them; all files of one cohort together")
FILES_HELP = say(
    "Files are read in memory. One of more than 1 MB passes through a temporary file without a name "
    "while it arrives, and is gone from the disk before it is read. A file of the same name takes "
    "the place of the one before."
)
READING = say("Reading the files")
AGAIN = say("Start again without these files")

FOUND = say("3. See what was found")
VARIABLES = say("Measured variables to take over that the dictionary does not list")
VARIABLES_HELP = say("They are shown on the Laboratory page under these names, without reference limits.")
DEATH, PROGRESSION = say("Parameter that holds the time to death"), say("Parameter that holds the time to progression")
CHOOSE = say("Choose a parameter")
CHOOSE_ENCODING = say("Choose where its words look right")
ENCODING_HELP = say(
    "Text files of older programs do not say how their letters are coded; here some of their words are shown."
)
BY_DATES = say("None of these: the dates of ADSL (DTHDT, LSTALVDT)")
NO_PROGRESSION = say("None of these: no progression")

PREVIEW = say("4. Open them")
NAME, NAME_AT_FIRST = say("Name of the cohort"), say("Own cohort")
NAME_HELP = say("Stands on every page and under every figure and slide. Do not name a person.")
MOST_LETTERS = 60
OPEN = say("Open this cohort")


def now_open(provenance: Provenance, held: str) -> str:
    """Which study every page shows: name, patients and deaths, fingerprint."""
    own = provenance.kind == "imported"
    head = f"{bold(provenance.name if own else RECONSTRUCTED)}: {held}."
    return " ".join((head, *(() if own else (NOBODY,)), say("Data {fingerprint}.", fingerprint=provenance.fingerprint)))


def still_open(provenance: Provenance) -> str:
    """The study that stays, inside a sentence."""
    return f"“{provenance.name}”" if provenance.kind == "imported" else say("the reconstructed cohort")


def replaces(provenance: Provenance) -> str:
    """What becomes of the study that is open, before another one takes its place."""
    if provenance.kind == "imported":
        return say(
            "“{name}” is forgotten, filters are reset. Single patients stay hidden until you show them.",
            name=provenance.name,
        )
    return say("Filters are reset. Single patients stay hidden until you show them.")


def encoding_of(found: GuessedText) -> str:
    """The question in which encoding a file is."""
    return say("How the letters of “{file}” are read", file=found.file)


def encoding(found: GuessedText, name: str) -> str:
    """An encoding as a choice, with words of the file as they would read."""
    return f"{ENCODINGS[name]}: {joined([f'“{word}”' for word in found.readings[name]])}"


def parameter(entry: Parameter) -> str:
    """A parameter as a choice: ``OS: Overall Survival (3 events in 254 patients)``."""
    name = entry.code if entry.label == entry.code else f"{entry.code} {EN_DASH} {entry.label}"
    return say_counted(
        entry.events,
        "{name} ({events} event in {patients})",
        "{name} ({events} events in {patients})",
        name=name,
        patients=patients(entry.patients),
        events=count(entry.events),
    )


ADAM_BY_MAPPING = say("Settle what every column is myself")
ADAM_BY_MAPPING_HELP = say(
    "These are CDISC ADaM data sets, and are read as such. Settled by yourself they are tables as any other: a row a "
    "patient, or a row a value."
)
