"""Sets a report of 10,000 rows with typst, a typesetter that we did not write. Prints seconds, pages and memory as JSON.

Usage: straightforward_report.py FOLDER_OF_FONTS
"""

import json
import os
import resource
import sys
import tempfile
import time

import typst

REASONS = [
    "Long text cannot be filtered, so every row was read and looked at here.",
    "By exact filter.",
]
ROWS = "".join(
    "".join(
        f"[{cell}],"
        for cell in (
            "Opportunity\\_Contact\\_Note\\_\\_c",
            "Description\\_\\_c",
            "filter" if n % 3 == 0 else "scan",
            str(n),
            "not readable" if n % 7 == 0 else "searched",
            REASONS[n % 2],
        )
    )
    for n in range(10_000)
)
SOURCE = f"""
#set document(title: "What was found", date: datetime(year: 2026, month: 11, day: 21))
#set text(font: "Noto Sans", size: 9.5pt, lang: "en")
#set page(paper: "us-letter", margin: (x: 66pt, y: 72pt), footer: context [page #counter(page).display("1 of 1", both: true)])
= What was found
#table(columns: (2.6fr, 2fr, 1fr, 0.9fr, 1.3fr, 3.2fr), stroke: (bottom: 0.5pt),
table.header([*Object*], [*Field*], [*Method*], [*Rows*], [*Outcome*], [*Because*]), {ROWS})
"""

with tempfile.TemporaryDirectory() as folder:
    source = os.path.join(folder, "report.typ")
    with open(source, "w", encoding="utf-8") as file:
        file.write(SOURCE)
    begun = time.perf_counter()
    typst.compile(source, output=os.path.join(folder, "report.pdf"), font_paths=[sys.argv[1]], pdf_standards=["a-2a"])
    seconds = time.perf_counter() - begun
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"seconds": seconds, "peak_mb": peak}))
