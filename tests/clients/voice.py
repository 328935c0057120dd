"""The answerphone script of a calm page and of a bad day, as XML and as speech."""

import re
import sys
import xml.etree.ElementTree as ET

from common import bad_day, check, get, status

base, code = sys.argv[1:3]


def script(what):
    headers, data = get(f"{base}/{code}/voice.xml")
    check(f"{what}: content type", headers["content-type"].startswith("application/xml"), headers["content-type"])
    root = ET.fromstring(data)
    check(f"{what}: one Say in a Response", root.tag == "Response" and [e.tag for e in root] == ["Say"] and len(root[0]) == 0, [e.tag for e in root.iter()])
    check(f"{what}: in British English", root[0].attrib == {"language": "en-GB"}, root[0].attrib)
    words = root[0].text
    # 150 words a minute, as people read aloud.
    check(f"{what}: under a minute", 0 < len(words.split()) <= 150, len(words.split()))
    check(f"{what}: numbers as digits", not re.search(r"\d{2}\d", words), re.findall(r"\w*\d{3,}\w*", words))
    check(f"{what}: nothing that cannot be spoken", not re.search(r"[<>&/_#]|https?:|www\.", words), words)
    check(f"{what}: whole sentences", words.strip().endswith("."), words[-40:])
    check(f"{what}: 999 and 111", "9 9 9" in words and "1 1 1" in words, words)
    check(f"{what}: the place and the answer", status(base, code)["headline"]["text"] in words and status(base, code)["organisation"]["name"] in words, words)
    return words


calm = script("calm")
bad_day(base, code)
bad = script("bad day")
check("bad day: says more than the calm one", len(bad) > len(calm))
check("bad day: the number to call instead", "0 7 7 0 0, 9 0 0 1 2 3" in bad, bad)
usual = re.findall(r"(?:0 1 6 3 2)", bad)
check("bad day: not the number that does not work", not usual, bad)
