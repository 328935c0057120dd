"""The poster as PDF: pypdf reads its pages, poppler its words, PDFium draws it and
ZXing reads its QR code. With --printed DIR it looks at PDFs that Chromium printed from the HTML.

    poster.py BASE_URL CODE             a calm page, then one as full as can be
    poster.py BASE_URL CODE --printed DIR

In DIR lie files CODE-LOCALE.pdf and CODE-LOCALE-SECOND.pdf, without margins of
their own; each must be one sheet with the address of its page in the QR code.
"""

import glob
import io
import json
import os
import re
import subprocess
import sys
import unicodedata

import pypdf
import pypdfium2
import zxingcpp

from common import bad_day, check, get

LOCALES = ["en", "cy", "pl", "ro", "pa", "ur", "bn", "gu", "pt", "ar"]
A4 = (595, 842)
base, code = sys.argv[1:3]
printed = sys.argv[4] if sys.argv[3:4] == ["--printed"] else None


def address(locale):
    return f"{base}/{code}" if locale == "en" else f"{base}/{code}/{locale}"


def letters(text):
    """Only the letters and digits, in their plain forms."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(c for c in plain if unicodedata.category(c)[0] in "LMN").lower()


def sheet(what, data, locale):
    """What holds of every sheet of paper; gives back its text."""
    pdf = pypdf.PdfReader(io.BytesIO(data), strict=True)
    size = tuple(round(float(side)) for side in pdf.pages[0].mediabox[2:])
    check(f"{what}: one page of A4", len(pdf.pages) == 1 and all(abs(a - b) <= 1 for a, b in zip(size, A4)), (len(pdf.pages), size))
    drawn = pypdfium2.PdfDocument(data)[0].render(scale=200 / 72).to_pil()
    codes = [found.text for found in zxingcpp.read_barcodes(drawn, formats=zxingcpp.BarcodeFormat.QRCode)]
    check(f"{what}: the QR code leads to its page", codes == [address(locale)], codes)
    grey = drawn.convert("L")
    width, height = grey.size
    inset = round(width / 100)
    edge = [grey.getpixel((x, y)) for y in range(height // 20, height) for x in (inset, width - inset)]
    check(f"{what}: nothing runs over the edge", min(edge) > 200, min(edge))
    return pdf


def headline(locale):
    """The answer as the page has it, without the name of the place."""
    html = get(address(locale))[1].decode()
    heading = re.search(r'<h1[^>]*>.*?: </span></span>(.*?)</h1>', html, re.S).group(1)
    return re.sub(r"&#(\d+);", lambda m: chr(int(m.group(1))), heading).strip()


def made(locale, second=None):
    leaf = "poster.pdf" if second is None else f"poster/{second}.pdf"
    headers, data = get(f"{address(locale)}/{leaf}")
    what = f"{kind}, {locale}" + (f" and {second}" if second else "")
    check(f"{what}: content type", headers["content-type"] == "application/pdf", headers["content-type"])
    pdf = sheet(what, data, locale)
    text = words(data)
    for each in [locale] + ([second] if second else []):
        wanted = letters(headline(each))
        check(f"{what}: the answer in {each}", wanted in text, (wanted, text))
    check(f"{what}: the name of the place", letters(name) in text, text[:80])
    check(f"{what}: titled, in its language", name in pdf.metadata.title and pdf.root_object["/Lang"] == locale, (pdf.metadata.title, pdf.root_object.get("/Lang")))
    found = sizes(data)
    check(f"{what}: large type", max(found) >= 20 and min(found) >= 7.5, (max(found), min(found)))


def words(data):
    """Its letters as poppler reads them."""
    return letters(subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True).stdout.decode())


def sizes(data):
    """The sizes of the letters, in points."""
    found = []

    def visit(text, cm, tm, font, size):
        if text.strip():
            found.append(abs(size * tm[3] * cm[3]))

    pypdf.PdfReader(io.BytesIO(data)).pages[0].extract_text(visitor_text=visit)
    return found


name = json.loads(get(f"{base}/{code}/status.json")[1])["organisation"]["name"]
if printed:
    files = sorted(glob.glob(os.path.join(printed, f"{code}-*.pdf")))
    check("posters were printed", len(files) > 0)
    for path in files:
        with open(path, "rb") as file:
            data = file.read()
        what = os.path.basename(path).removesuffix(".pdf")
        sheet(what, data, what.split("-")[1])
        check(f"{what}: the name of the place", letters(name) in words(data))
else:
    kind = "calm"
    made("en")
    bad_day(base, code)
    kind = "bad day"
    for locale in ["en"] if "SIGNPOST_API" in os.environ else LOCALES:
        made(locale)
    # A static copy has no posters in two languages: its page leads to the server's.
    for first, second in [] if "SIGNPOST_API" in os.environ else [("en", "cy"), ("en", "ur"), ("en", "bn"), ("ar", "en"), ("pl", "pa"), ("cy", "gu")]:
        made(first, second)
