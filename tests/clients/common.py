"""What the checks of one page share: reading it, posting to it, and a page with
as much on it as a bad day brings.

SIGNPOST_TOKEN holds a token of the staff API; times are those of the server. Where
what is read is a static copy, SIGNPOST_API is the address of the server that keeps it.
"""

import datetime
import json
import os
import sys
import time
import urllib.error
import urllib.request

# An address within this network never goes through a proxy.
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def check(what, right, seen=""):
    """Prints one line, and gives back whether it was right."""
    print("ok" if right else "FAIL", what, "" if right else repr(seen)[:600], flush=True)
    return bool(right)


def get(url, headers=None):
    """(headers, body) of an address that must answer 200."""
    request = urllib.request.Request(url, headers=headers or {})
    with _OPENER.open(request, timeout=60) as answer:
        return answer.headers, answer.read()


def call(base, method, path, body, token=None):
    """The answer of the staff API; what it refuses ends the check."""
    headers = {"Authorization": f"Bearer {token or os.environ['SIGNPOST_TOKEN']}", "Content-Type": "application/json"}
    server = os.environ.get("SIGNPOST_API", base)
    request = urllib.request.Request(f"{server}/api/v1/{path}", json.dumps(body).encode(), headers, method=method)
    try:
        with _OPENER.open(request, timeout=60) as answer:
            return json.loads(answer.read() or b"null")
    except urllib.error.HTTPError as refused:
        sys.exit(f"Error: {method} {path}: {refused.code} {refused.read().decode()[:600]}")


def until(what, test, seconds=5):
    """Waits for what the page says a moment later."""
    end = time.monotonic() + seconds
    while True:
        found = test()
        if found:
            return found
        if time.monotonic() > end:
            sys.exit(f"Error: waited {seconds} s for {what}")
        time.sleep(0.1)


def status(base, code):
    return json.loads(get(f"{base}/{code}/status.json")[1])


def declare(base, code, **more):
    """Declares an incident for one place, and waits until its page says so."""
    body = {"organisations": [code], "level": 2, "state": "identified"} | more
    made = call(base, "POST", "incidents", body)
    shown(base, code, made["update"]["id"])
    return made


def shown(base, code, update):
    """Waits until the page tells an update."""
    told = lambda: any(update == u["id"] for i in status(base, code)["incidents"] for u in i["updates"])  # noqa: E731
    until(f"update {update} on {code}", told, 60)
    if "SIGNPOST_API" in os.environ:
        copied()


def copied():
    """A static copy is written one file after the other: what was said a moment ago
    is in all of them a little later."""
    time.sleep(4)


def bad_day(base, code):
    """Puts three incidents on a page, with every line of a surgery wrong, a long
    message in each update, an answer and a number to phone instead."""
    message = (
        "Our computers are not working, so we are using pen and paper. This takes longer, and you may have to wait. "
        "Bring your repeat prescription slip and any boxes of medicine that you still have at home. "
    )
    everything = {
        "attend": "come_unless_contacted", "online_form": "off", "booking": "urgent_only", "prescriptions": "urgent_on_paper",
        "test_results": "delayed", "check_in": "at_the_desk", "records": "on_paper",
    }
    made = [declare(base, code, title=title, message=message * 2, lines=everything)
            for title in ("The computer system of GP surgeries is not working", "Text messages are late", "The check-in screen is off")]
    for one in made:
        body = {"state": "identified", "lines": everything, "message": message}
        shown(base, code, call(base, "POST", f"incidents/{one['id']}/updates", body)["update"]["id"])
    call(base, "PUT", f"incidents/{made[0]['id']}/responses/{code}", {"answer": "affected", "message": message}, os.environ.get("SIGNPOST_PLACE_TOKEN"))
    call(base, "PUT", f"organisations/{code}/lines", {"lines": {"phones": "down"}, "phone": "07700 900123", "message": message})
    until("the phones line", lambda: any(line["line"] == "phones" for line in status(base, code)["lines"]), 60)
    if "SIGNPOST_API" in os.environ:
        copied()


def when(text):
    return datetime.datetime.fromisoformat(text)
