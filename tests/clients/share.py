"""The picture beside a link, by Pillow, and the badge, by an XML reader."""

import glob
import io
import os
import sys
import xml.etree.ElementTree as ET

from PIL import Image, ImageDraw, ImageFont

from common import check, declare, get, status

SVG = "{http://www.w3.org/2000/svg}"
LOCALES = ["en", "cy", "pl", "ro", "pa", "ur", "bn", "gu", "pt", "ar"]
# A static copy has the pictures in English: drawing ten for each place would take long.
DRAWN = ["en"] if "SIGNPOST_API" in os.environ else LOCALES
base, code = sys.argv[1:3]


def below(locale, leaf):
    return f"{base}/{code}/{leaf}" if locale == "en" else f"{base}/{code}/{locale}/{leaf}"


FONTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../assets/node_modules/@expo-google-fonts")
SHAPED = {"bn": "Bengali", "gu": "Gujarati", "pa": "Gurmukhi", "ar": "Arabic", "ur": "Arabic", "en": "", "pl": ""}


def proportion(grey):
    """Width by height of what is dark in it."""
    left, top, right, bottom = grey.point(lambda v: 255 if v < 128 else 0).getbbox()
    return (right - left) / (bottom - top)


def drawn_as_shaped(data, locale, words):
    """The second line, the state, is as wide as HarfBuzz makes it with the same font."""
    grey = Image.open(io.BytesIO(data)).convert("L").crop((40, 40, 1160, 630))
    dark = [min(grey.crop((0, y, 1120, y + 1)).tobytes()) < 128 for y in range(grey.height)]
    starts = [y for y in range(1, grey.height) if dark[y] and not any(dark[max(0, y - 6):y])]
    line = grey.crop((0, starts[1] - 2, 1120, starts[2] - 4))
    path = glob.glob(f"{FONTS}/noto-sans{'-' if SHAPED[locale] else ''}{SHAPED[locale].lower()}/700*/*.ttf")
    canvas = Image.new("L", (1600, 400), 255)
    ImageDraw.Draw(canvas).text((100, 100), words, font=ImageFont.truetype(path[0], 80, layout_engine=ImageFont.Layout.RAQM), fill=0)
    wanted, got = proportion(canvas), proportion(line)
    check(f"{locale}: letters stand where HarfBuzz puts them", abs(got / wanted - 1) < 0.06, (got, wanted))


def picture(what, locale="en"):
    headers, data = get(below(locale, "share.png"))
    image = Image.open(io.BytesIO(data))
    image.load()
    check(f"{what}: 1200 by 630, PNG", (image.format, image.size) == ("PNG", (1200, 630)) and headers["content-type"] == "image/png", image.size)
    check(f"{what}: under 200 kB", len(data) < 200_000, len(data))
    grey = image.convert("L")
    dark = sum(grey.histogram()[:100]) / (1200 * 630)
    check(f"{what}: words are drawn on it", 0.01 < dark < 0.5, dark)
    edge = [grey.getpixel((x, y)) for y in range(30, 630, 3) for x in (4, 30, 1169, 1195)]
    check(f"{what}: nothing runs over the edge", min(edge) > 200, min(edge))
    return data


def badge(what, locale="en"):
    headers, data = get(below(locale, "badge.svg"))
    root = ET.fromstring(data)
    check(f"{what}: SVG", root.tag == SVG + "svg" and headers["content-type"] == "image/svg+xml", headers["content-type"])
    title = root.find(SVG + "title")
    check(f"{what}: says the same without the picture", root.get("role") == "img" and root.get("aria-label") == title.text, root.attrib)
    shown = [t.text for t in root.iter(SVG + "text")]
    check(f"{what}: the title tells what the picture shows", len(shown) == 2 and all(t in title.text for t in shown), (shown, title.text))
    check(f"{what}: nothing is loaded or run", not any(e.tag in (SVG + "script", SVG + "image", SVG + "foreignObject") for e in root.iter()))
    return title.text, shown[1]


name = status(base, code)["organisation"]["name"]
calm, calm_badge = picture("calm"), badge("calm badge")
check("the picture stays while the facts do", picture("calm again") == calm)
check("the badge names the place", name in calm_badge[0], calm_badge)
declare(base, code, title="Phones & <more>", lines={"attend": "come_unless_contacted", "phones": "down", "booking": "urgent_only"})
check("the picture changes with the facts", picture("limited") != calm)
check("the badge changes with the facts", badge("limited badge") != calm_badge)
pictures = {locale: picture(f"picture {locale}", locale) for locale in DRAWN}
badges = {locale: badge(f"badge {locale}", locale) for locale in LOCALES}
for locale in (one for one in SHAPED if one in DRAWN):
    drawn_as_shaped(pictures[locale], locale, badges[locale][1])
check("each language has its own picture and badge", (len(set(pictures.values())), len(set(badges.values()))) == (len(DRAWN), len(LOCALES)), badges)
html = get(f"{base}/{code}")[1].decode()
check("the page names its picture", f'content="{base}/{code}/share.png"' in html, [part for part in html.split("<") if "share.png" in part])
