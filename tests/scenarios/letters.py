"""The letters in a maildir whose recipient's address has a mark, as JSON.

    letters.py MAILDIR MARK
"""

import email
import email.policy
import json
import pathlib
import sys

found = []
for file in sorted(pathlib.Path(sys.argv[1]).glob("new/*")):
    raw = file.read_bytes()
    if sys.argv[2].encode() not in raw:
        continue
    letter = email.message_from_bytes(raw, policy=email.policy.default)
    if sys.argv[2] not in (letter["To"] or ""):
        continue
    part = {kind: letter.get_body((kind,)) for kind in ("plain", "html")}
    found.append({"to": letter["To"], "subject": letter["Subject"], "headers": {k.lower(): v for k, v in letter.items()},
                  **{kind: body.get_content() if body else "" for kind, body in part.items()}})
print(json.dumps(found))
