"""feedparser (PyPI) reads one page's Atom and RSS, while updates are posted."""

import sys
import time

import feedparser

from common import call, check, declare, get, shown, status, when

base, code = sys.argv[1:3]
FORMS = {"feed.atom": "application/atom+xml", "feed.rss": "application/rss+xml"}


def read(leaf):
    headers, data = get(f"{base}/{code}/{leaf}")
    feed = feedparser.parse(data, response_headers={"content-type": headers["content-type"]})
    check(f"{leaf}: well-formed", not feed.bozo, feed.get("bozo_exception"))
    check(f"{leaf}: content type", headers["content-type"].startswith(FORMS[leaf]), headers["content-type"])
    return feed


def moment(parsed):
    return time.strftime("%Y-%m-%dT%H:%M:%S", parsed) if parsed else None


incident = declare(base, code, title="The phones & the <desk>", lines={"phones": "down"}, message="Our phones are off & we wait. Come if 2 < 3.")
wrong = call(base, "POST", f"incidents/{incident['id']}/updates", {"state": "identified", "message": "The phones are back."})
shown(base, code, wrong["update"]["id"])
before = {leaf: [e.id for e in read(leaf).entries] for leaf in FORMS}
taken_back = call(base, "POST", f"updates/{wrong['update']['id']}/withdrawal", {"correction": "The phones are still off."})
shown(base, code, taken_back["update"]["id"])

told = status(base, code)
updates = {f"urn:uuid:{u['id']}": u for i in told["incidents"] for u in i["updates"]}
feeds = {leaf: read(leaf) for leaf in FORMS}
check("Atom and RSS are told apart", [f.version for f in feeds.values()] == ["atom10", "rss20"], [f.version for f in feeds.values()])
for leaf, feed in feeds.items():
    entries = {e.id: e for e in feed.entries}
    check(f"{leaf}: the title names the place", told["organisation"]["name"] in feed.feed.title, feed.feed.title)
    check(f"{leaf}: an entry for each update, once", len(feed.entries) == len(updates) and set(entries) == set(updates), sorted(entries))
    check(f"{leaf}: the ids stay", set(before[leaf]) < set(entries), before[leaf])
    check(f"{leaf}: newest first", [e.published_parsed for e in feed.entries] == sorted((e.published_parsed for e in feed.entries), reverse=True))
    for key, update in updates.items():
        entry = entries.get(key, feedparser.FeedParserDict())
        at = when(update["published_at"]).strftime("%Y-%m-%dT%H:%M:%S")
        check(f"{leaf}: published at {at}", moment(entry.get("published_parsed")) == at, entry.get("published"))
        check(f"{leaf}: the words", update["text"].split(".")[0] in entry.get("summary", "").replace("&lt;", "<").replace("&amp;", "&"), entry.get("summary"))
        check(f"{leaf}: withdrawn or not", entry.get("title", "").startswith("Withdrawn: ") == update["withdrawn"], entry.get("title"))
        anchor = entry.get("link", "#").split("#")
        check(f"{leaf}: the link leads to it", f'id="{anchor[1]}"' in get(anchor[0])[1].decode(), entry.get("link"))
    newest = feed.entries[0]
    check(f"{leaf}: the correction is marked", newest.title.startswith("Correction: "), newest.title)
check("the same ids, in the same order", [e.id for e in feeds["feed.atom"].entries] == [e.id for e in feeds["feed.rss"].entries])
withdrawn = next(e for e in feeds["feed.atom"].entries if e.title.startswith("Withdrawn: "))
check("Atom: a withdrawal is an update of the entry", withdrawn.updated_parsed >= withdrawn.published_parsed and withdrawn.updated != withdrawn.published, withdrawn.updated)
check("titles are text, not markup", all("The phones & the <desk>" in e.title.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">") for e in feeds["feed.rss"].entries), feeds["feed.rss"].entries[0].title)
