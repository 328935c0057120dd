#!/usr/bin/env python3
"""Stands between Signpost and the validating mock of Twilio, and remembers.

The mock checks every request against Twilio's own description, but it forgets
each one and gives every message the same sid. This proxy passes a request on,
writes it with the mock's verdict to a ledger BEFORE it answers, gives each
message a sid of its own, answers look-ups (GET Messages.json?To=...) from the
ledger, and reports each message as delivered to its StatusCallback.

    record_proxy.py --listen PORT --mock URL --ledger FILE --token AUTH_TOKEN [--delay-ms N]
"""

import argparse
import datetime
import email.utils
import http.client
import json
import os
import queue
import re
import secrets
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from twilio_sign import sign  # noqa: E402

LIST = re.compile(r"^/2010-04-01/Accounts/[^/]+/Messages\.json$")
ONE = re.compile(r"^/2010-04-01/Accounts/[^/]+/Messages/([^/]+)\.json$")
HOP = {"connection", "content-length", "transfer-encoding", "keep-alive", "date", "host"}

lock = threading.Lock()
accepted = []  # oldest first, in Twilio's shape
callbacks = queue.Queue()
options = None


def record(entry):
    with lock:
        with open(options.ledger, "a", encoding="utf-8") as ledger:
            ledger.write(json.dumps(entry, ensure_ascii=False) + "\n")
            ledger.flush()


def report_deliveries():
    """One thread tells Signpost what became of each message; it tries again while Signpost is down."""
    while True:
        due, url, message, tries = callbacks.get()
        time.sleep(max(0.0, due - time.monotonic()))
        fields = [("MessageSid", message["sid"]), ("SmsSid", message["sid"]), ("AccountSid", message["account_sid"]),
                  ("MessageStatus", "delivered"), ("SmsStatus", "delivered"), ("To", message["to"]),
                  ("From", message["from"] or ""), ("ApiVersion", "2010-04-01")]
        request = urllib.request.Request(url, data=urllib.parse.urlencode(fields).encode(), headers={
            "X-Twilio-Signature": sign(options.token, url, fields), "User-Agent": "TwilioProxy/1.1"})
        try:
            with urllib.request.urlopen(request, timeout=5) as answer:
                status = answer.status
        except urllib.error.HTTPError as refused:
            status = refused.code
        except OSError as trouble:
            status = str(trouble)
            if tries < 5:
                callbacks.put((time.monotonic() + 2, url, message, tries + 1))
                continue
        record({"kind": "callback", "sid": message["sid"], "url": url, "status": status})


class Proxy(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_):
        pass

    def answer(self, status, headers, body):
        # One write, so that no packet waits for another.
        lines = [f"HTTP/1.1 {status} {http.client.responses.get(status, '')}"]
        lines += [f"{name}: {value}" for name, value in headers if name.lower() not in HOP]
        lines += [f"Content-Length: {len(body)}", "", ""]
        self.wfile.write("\r\n".join(lines).encode("latin-1") + body)

    def json(self, status, value):
        self.answer(status, [("Content-Type", "application/json")], json.dumps(value).encode())

    def authorised(self):
        return self.headers.get("Authorization", "").startswith("Basic ")

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        if url.path == "/health":
            return self.json(200, {"accepted": len(accepted)})
        if not self.authorised():
            return self.json(401, {"code": 20003, "message": "Authenticate", "status": 401})
        record({"kind": "look-up", "path": self.path})
        with lock:
            known = list(accepted)
        one = ONE.match(url.path)
        if one:
            found = [m for m in known if m["sid"] == one[1]]
            return self.json(200, found[0]) if found else self.json(404, {"code": 20404, "message": "not found", "status": 404})
        if not LIST.match(url.path):
            return self.json(404, {"code": 20404, "message": "not found", "status": 404})
        # DateSent and its comparisons work on whole days there; all of a test is one day or two.
        found = [m for m in reversed(known) if query.get("To") in (None, m["to"]) and query.get("From") in (None, m["from"])]
        size = min(int(query.get("PageSize", 50)), 1000)
        page = int(query.get("Page", 0))
        following = None
        if (page + 1) * size < len(found):
            following = f"{url.path}?{urllib.parse.urlencode({**query, 'Page': page + 1, 'PageSize': size})}"
        self.json(200, {"messages": found[page * size:(page + 1) * size], "page": page, "page_size": size,
                        "start": page * size, "end": min((page + 1) * size, len(found)) - 1, "uri": self.path,
                        "first_page_uri": url.path, "previous_page_uri": None, "next_page_uri": following})

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        fields = urllib.parse.parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True)
        if options.delay_ms:
            time.sleep(options.delay_ms / 1000)
        try:
            mock = urllib.parse.urlsplit(options.mock)
            line = http.client.HTTPConnection(mock.hostname, mock.port, timeout=60)
            line.request("POST", self.path, body, {n: v for n, v in self.headers.items() if n.lower() not in HOP})
            reply = line.getresponse()
            status, headers, answer = reply.status, reply.getheaders(), reply.read()
            line.close()
        except OSError as trouble:
            record({"kind": "message", "time": time.time(), "fields": fields, "status": 0, "violations": str(trouble)})
            return self.json(503, {"code": 20503, "message": "the mock is not there", "status": 503})

        names = dict(fields)
        sid = None
        if status == 201:
            now = email.utils.format_datetime(datetime.datetime.now(datetime.timezone.utc))
            sid = "SM" + secrets.token_hex(16)
            message = json.loads(answer) | {
                "sid": sid, "to": names.get("To"), "from": names.get("From"), "body": names.get("Body"), "status": "queued",
                "account_sid": self.path.split("/")[3], "error_code": None, "error_message": None,
                "messaging_service_sid": names.get("MessagingServiceSid"), "direction": "outbound-api",
                "uri": self.path.replace(".json", f"/{sid}.json"), "date_created": now, "date_updated": now, "date_sent": None}
            answer = json.dumps(message).encode()
        record({"kind": "message", "time": time.time(), "path": self.path, "fields": fields, "to": names.get("To"),
                "body": names.get("Body"), "status": status, "sid": sid,
                "violations": dict((n.lower(), v) for n, v in headers).get("sl-violations"),
                "detail": None if status == 201 else answer.decode("utf-8", "replace")[:500]})
        if status == 201:
            with lock:
                accepted.append(message | {"status": "delivered", "date_sent": now})
            callback = names.get("StatusCallback")
            if callback and urllib.parse.urlsplit(callback).hostname in ("127.0.0.1", "localhost"):
                callbacks.put((time.monotonic() + 0.2, callback, message, 0))
        self.answer(status, [(n, v) for n, v in headers if n.lower() != "sl-violations"], answer)


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256


def main():
    global options
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--listen", type=int, required=True)
    parser.add_argument("--mock", required=True)
    parser.add_argument("--ledger", required=True)
    parser.add_argument("--token", required=True)
    parser.add_argument("--delay-ms", type=int, default=0)
    options = parser.parse_args()
    open(options.ledger, "a").close()
    threading.Thread(target=report_deliveries, daemon=True).start()
    Server(("127.0.0.1", options.listen), Proxy).serve_forever()


if __name__ == "__main__":
    main()
