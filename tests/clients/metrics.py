"""The figures of `metrics.listen`, read by Prometheus's own Python client.

    metrics.py BASE_URL METRICS_URL
"""

import sys
import urllib.error
import urllib.request

from prometheus_client.parser import text_string_to_metric_families

from common import check

base, own = sys.argv[1:3]


def read():
    with urllib.request.urlopen(f"{own}/metrics", timeout=30) as answer:
        kind, text = answer.headers["Content-Type"], answer.read().decode()
    check("the text format says its version", kind.startswith("text/plain; version=0.0.4"), kind)
    return {family.name: family for family in text_string_to_metric_families(text)}


def value(families, name, **labels):
    samples = families[name.removesuffix("_total")].samples
    return sum(s.value for s in samples if s.name == name and labels.items() <= s.labels.items())


def status(url):
    try:
        return urllib.request.urlopen(url, timeout=30).status
    except urllib.error.HTTPError as error:
        return error.code


before = read()
for _ in range(5):
    status(f"{base}/Z80001")
after = read()
answers = [value(f, "signpost_answers_total", **{"from": "memory", "status": "200"}) for f in (before, after)]
check("finished pages are counted", answers[1] - answers[0] == 5, answers)
check("the database answers", value(after, "signpost_database_up") == 1, None)
check("the incident is counted", value(after, "signpost_open_incidents", kind="live") >= 1, None)
check("the version is told", value(after, "signpost_build_info") == 1, None)
check("connections are counted", value(after, "signpost_connections") >= 0, None)
types = {"signpost_answers": "counter", "signpost_answer_seconds": "histogram", "signpost_messages": "gauge"}
for name, kind in types.items():
    check(f"{name} is a {kind}", name in after and after[name].type == kind, after.get(name))
check("every figure says what it is", all(f.documentation for f in after.values()), [f.name for f in after.values() if not f.documentation])
check("the public address does not give them", status(f"{base}/metrics") == 404, status(f"{base}/metrics"))
check("their address gives nothing else", status(f"{own}/Z80001") == 404, status(f"{own}/Z80001"))
