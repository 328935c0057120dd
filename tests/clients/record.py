"""The record on paper: a decision log of many entries and a situation report, as
Chromium prints their pages and as our own PDFs; pypdf reads every page.

    record.py BASE_URL SIGN_IN_LINK DIR

SIGNPOST_TOKEN holds a token of the same organisation.
"""

import io
import os
import re
import subprocess
import sys

import pypdf
import pypdfium2

from common import call, check, get

base, link, folder = sys.argv[1:4]
ENTRIES = 45
incident = call(base, "POST", "incidents", {"title": "EMIS Web is not working", "organisations": ["Z80001"], "level": 3})["id"]
for n in range(ENTRIES):
    call(base, "POST", "log", {"incident": incident, "decision": f"Decision number {n}: carry on with paper.",
        "reason": "Because it had to be decided, and this takes a few words.", "refused": [f"Not number {n}"]})
report = call(base, "POST", f"incidents/{incident}/reports", {})
report = call(base, "POST", f"reports/{report['id']}/sign-off", {"as_at": report["as_at"], "summary": "Paper is in use."})
log = call(base, "GET", "log/decisions", None)
node = os.path.join(os.path.dirname(__file__), "../browser/record.mjs")
print(subprocess.run(["node", node, link, f"/desk/reports/{report['id']}", folder], check=True, text=True, capture_output=True).stdout)


def pages(name):
    data = open(os.path.join(folder, name), "rb").read()
    pdf = pypdf.PdfReader(io.BytesIO(data), strict=True)
    texts = [" ".join(page.extract_text().split()) for page in pdf.pages]
    for n, page in enumerate(pypdfium2.PdfDocument(data)):
        grey = page.render(scale=1).to_pil().convert("L")
        width, height = grey.size
        edge = [grey.getpixel((x, y)) for y in range(height // 20, height) for x in (4, width - 5)]
        check(f"{name}, page {n + 1}: nothing runs over the edge", min(edge) > 200, min(edge))
    return texts


def numbered(name, texts):
    for n, text in enumerate(texts):
        check(f"{name}, page {n + 1}: it says so", f"Page {n + 1} of {len(texts)}" in text, text[-200:])


printed = pages("log.pdf")
check("log: it takes several pages", len(printed) > 2, len(printed))
numbered("log", printed)
head = log["head"]["hash"][:16]
for n, text in enumerate(printed):
    found = re.search(r"Audit chain head ([0-9a-f]{16}), entry (\d+)\.", text)
    check(f"log, page {n + 1}: the chain's head is on it", found, text[-300:])
    # Signing in added entries after the list was read: the head is at or behind it.
    check(f"log, page {n + 1}: of the chain's end", found and int(found[2]) >= log["head"]["seq"], found and found[0])
whole = " ".join(printed)
check("log: every entry is on paper", all(f"number {n}:" in whole for n in range(ENTRIES)))
check("log: the heads of the table stand on every page", all("Options refused" in text for text in printed))
told = pages("report.pdf")
numbered("report", told)
check("report: number, hash and words", f"Report 1, {report['hash'][:16]}" in " ".join(told) and "Paper is in use." in " ".join(told), told[-1][-300:])
