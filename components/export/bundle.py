"""Everything behind a view in one archive: report, picture, numbers, patients, scripts."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from components.export.code import patients_file, recipe, records_files, script
from components.export.image import picture
from components.export.numbers import numbers_file
from components.export.report import Report, report_html
from components.export.report_words import README
from components.export.table_files import csv_file


def bundle(report: Report, *, patients: bool) -> bytes:
    """The archive. Without ``patients`` it holds only what is aggregated: no patients, no steps of single events.

    Nobody's own cohort is handed on by mistake: the caller asks for ``patients`` of an imported one on purpose.
    """
    panel, stamp = report.panel, report.stamp
    files: dict[str, bytes] = {
        "README.txt": README.format(title=panel.title, stamp="\n".join(stamp.lines)).encode(),
        "report.html": report_html(report),
    }
    if panel.figure:
        files["figure.png"] = picture(panel.figure, "png", panel.title, stamp.lines, strip=panel.strip)
    for i, table in enumerate(report.tables):
        if table.rows:
            files[f"table-{i + 1}.csv"] = csv_file(table, stamp.lines)
    if patients:
        files["numbers.csv"] = numbers_file(panel, stamp)
        files["patients.csv"] = patients_file(report.cohort)
        files |= {f"{name}.csv": table for name, table in records_files(report.cohort).items()}
        if found := recipe(panel, report.cohort):
            files["patients.csv"] = found.patients
            files["reproduce.py"] = script(found, stamp, "Python").encode()
            files["reproduce.R"] = script(found, stamp, "R").encode()
    out = BytesIO()
    day = stamp.on
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0)), content, ZIP_DEFLATED)
    return out.getvalue()
