"""Checks DKIM signatures with dkimpy. Standard input: {"keys": {NAME: TXT record}, "messages": [base64]}.
Standard output: for each message a list of [verified, signed headers], one for each signature."""

import base64
import json
import sys

import dkim

asked = json.load(sys.stdin)
records = {name.rstrip("."): text.encode() for name, text in asked["keys"].items()}


def record(name, timeout=5):
    return records.get(name.decode().rstrip("."))


answers = []
for message in asked["messages"]:
    checker = dkim.DKIM(base64.b64decode(message))
    found = []
    count = sum(1 for name, _ in checker.headers if name.lower() == b"dkim-signature")
    for index in range(count):
        try:
            good = checker.verify(idx=index, dnsfunc=record)
        except dkim.ValidationError:
            good = False  # the body was altered
        signed = checker.signed_headers if good else []
        found.append([good, [name.decode().lower() for name, _ in signed]])
    answers.append(found)
print(json.dumps(answers))
