"""The reading age of everything that Signpost says in English, by textstat.

NHS content style asks for a reading age of 9 to 11. The test in
`tests/it/words.rs` looks at each sentence, and counts words that patients know
("appointment") as easy; here nobody's list is used: every file of sentences has to stay within 11 as a whole. (A short sentence with
one long word, such as "radiotherapy", is beyond any formula.)
"""

import pathlib
import re
import sys

from textstat import textstat

ROOT = pathlib.Path(__file__).resolve().parents[2]
MOST = 11.0
PUT_IN = {"time": "9am", "date": "Friday 19 July 2024", "span": "from 8am to 9am", "number": "01632 960001"}


def age(text: str) -> float:
    """Flesch and Kincaid's grade (Kincaid and others, 1975) plus 5 years."""
    return textstat.flesch_kincaid_grade(text) + 5


def sentences(path: pathlib.Path) -> list[str]:
    """Every message and attribute of a Fluent file, each branch of a choice by itself."""
    out = []
    for line in path.read_text().splitlines():
        found = re.match(r"^(?:[a-z0-9_-]+ =|\s+\.[a-z]+ =|\s+\*?\[[a-z0-9_]+\])\s*(.+)$", line)
        if not found or found[1].startswith("{ $kind ->") or "->" in found[1]:
            continue
        text = re.sub(r"\{ \$(\w+) \}", lambda m: PUT_IN.get(m[1], "Mill Road"), found[1])
        if len(text.split()) >= 5:
            out.append(text if text[-1] in ".?!:" else text + ".")
    return out


def told(what: str, held: bool) -> int:
    print(f"{'ok' if held else 'FAIL'} {what}")
    return 0 if held else 1


def main() -> int:
    failed = 0
    everything = []
    for path in sorted((ROOT / "locales/en").glob("*.ftl")):
        found = sentences(path)
        if not found:
            continue
        everything += found
        whole = age(" ".join(found))
        failed += told(f"{path.name}: {len(found)} texts, reading age {whole:.1f}", whole <= MOST)
    whole = age(" ".join(everything))
    failed += told(f"all together: {len(everything)} texts, reading age {whole:.1f}", len(everything) > 300 and whole <= MOST)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
