"""A mail server and a text message provider that misbehave as they are told.

    sink.py --http PORT --smtp PORT --ledger FILE --faults '{"http_429": 0.03, …}' --seed N

Rates from 0 to 1, each drawn for every message:

    http_429 http_500 http_reset             nothing is taken
    http_accept_500 http_accept_reset        taken, and then the answer is lost
    lookup_down                              the provider's list cannot be asked
    smtp_451 smtp_421 smtp_drop_before_dot   nothing is taken
    smtp_accept_drop                         taken, and then no answer

and `lookup_lag_s`, seconds until a message that was taken is in the list. Every
message that is taken is one line of JSON in the ledger, written before the answer.
`GET /count` says how often each fault struck. Loopback only; Python's own library.
"""

import argparse
import asyncio
import collections
import email.utils
import json
import random
import re
import time
import urllib.parse
import uuid

options = argparse.ArgumentParser()
for name in ("--http", "--smtp", "--seed"):
    options.add_argument(name, type=int, required=True)
for name in ("--ledger", "--faults"):
    options.add_argument(name, required=True)
o = options.parse_args()
faults, chance = json.loads(o.faults), random.Random(o.seed)
ledger = open(o.ledger, "a", buffering=1)
counts, taken = collections.Counter(), collections.defaultdict(list)


def strikes(fault):
    if chance.random() >= faults.get(fault, 0):
        return False
    counts[fault] += 1
    return True


def take(channel, to, body):
    message = {"at": time.time(), "channel": channel, "to": to, "id": "SM" + uuid.uuid4().hex, "body": body}
    ledger.write(json.dumps(message) + "\n")
    taken[to].append(message)
    counts["taken_" + channel] += 1
    return message


def send(fields):
    """What Twilio's Messages API does with a message: a status, a body, whether the connection goes."""
    refused = {"code": 20500, "message": "no", "more_info": "", "status": 500}
    if strikes("http_429"):
        return 429, {**refused, "code": 20429, "status": 429}, False
    if strikes("http_500"):
        return 500, refused, False
    if strikes("http_reset"):
        return 0, {}, True
    message = take("sms", fields["To"], fields["Body"])
    if strikes("http_accept_500"):
        return 500, refused, False
    if strikes("http_accept_reset"):
        return 0, {}, True
    return 201, {"sid": message["id"], "status": "queued", "num_segments": "1"}, False


def listed(to):
    if strikes("lookup_down"):
        return 503, {}
    shown = [m for m in reversed(taken[to]) if time.time() - m["at"] >= faults.get("lookup_lag_s", 0)]
    date = lambda m: email.utils.formatdate(m["at"])
    return 200, {"messages": [{"sid": m["id"], "to": m["to"], "body": m["body"], "direction": "outbound-api",
                               "date_created": date(m), "status": "sent"} for m in shown[:50]]}


async def http(reader, writer):
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin1").split("\r\n")
            method, target, _ = head[0].split(" ", 2)
            headers = {k.lower(): v.strip() for k, v in (line.split(":", 1) for line in head[1:] if ":" in line)}
            body = await reader.readexactly(int(headers.get("content-length", 0)))
            url = urllib.parse.urlsplit(target)
            gone = False
            if url.path == "/count":
                status, answer = 200, counts
            elif method == "POST":
                status, answer, gone = send(dict(urllib.parse.parse_qsl(body.decode())))
            else:
                status, answer = listed(dict(urllib.parse.parse_qsl(url.query)).get("To", ""))
            if gone:
                writer.transport.abort()
                return
            text = json.dumps(answer).encode()
            later = "Retry-After: 1\r\n" if status == 429 else ""
            writer.write(f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n{later}"
                         f"Content-Length: {len(text)}\r\n\r\n".encode() + text)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def smtp(reader, writer):
    def say(text):
        writer.write(text.encode() + b"\r\n")

    people = []
    try:
        if strikes("smtp_421"):
            say("421 4.3.2 busy")
            return
        say("220 sink ESMTP")
        while line := await reader.readline():
            word = line[:4].upper().strip()
            if word == b"EHLO":
                say("250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SMTPUTF8")
            elif word == b"RCPT":
                if strikes("smtp_451"):
                    say("451 4.7.1 slow down")
                else:
                    people.append(re.search(rb"<([^>]*)>", line)[1].decode())
                    say("250 ok")
            elif word == b"DATA" and people:
                say("354 go")
                await writer.drain()
                data = b""
                while not data.endswith(b"\r\n.\r\n"):
                    data += await reader.readuntil(b"\n")
                if strikes("smtp_drop_before_dot"):
                    writer.transport.abort()
                    return
                for to in people:
                    take("email", to, re.search(rb"(?im)^subject:\s*(.*)", data)[1].decode())
                people = []
                if strikes("smtp_accept_drop"):
                    writer.transport.abort()
                    return
                say("250 2.0.0 queued")
            elif word == b"DATA":
                say("503 5.5.1 nobody to send to")
            elif word == b"QUIT":
                say("221 bye")
                return
            else:
                people = [] if word in (b"MAIL", b"RSET") else people
                say("250 ok")
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def main():
    await asyncio.start_server(http, "127.0.0.1", o.http, backlog=1024)
    await asyncio.start_server(smtp, "127.0.0.1", o.smtp, backlog=1024)
    print("ready", flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
