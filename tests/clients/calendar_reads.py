"""icalendar (PyPI) and recurring-ical-events against one page's calendar."""

import datetime
import json
import sys
import urllib.request
import zoneinfo

import icalendar
import recurring_ical_events

LONDON = zoneinfo.ZoneInfo("Europe/London")
base, code = sys.argv[1:3]


def check(what, right, seen=""):
    print("ok" if right else "FAIL", what, "" if right else repr(seen))


def get(path):
    with urllib.request.urlopen(f"{base}/{code}/{path}") as answer:
        return answer.headers["content-type"], answer.read()


def moment(value):
    return value.astimezone(datetime.timezone.utc)


kind, data = get("calendar.ics")
check("content type", kind == "text/calendar; charset=utf-8", kind)
lines = data.split(b"\r\n")
check("lines are folded at 75 octets", all(len(line) <= 75 for line in lines), max(map(len, lines)))
check("no bare line feed", b"\n" not in data.replace(b"\r\n", b""))
calendar = icalendar.Calendar.from_ical(data)
check("version and product", calendar["VERSION"] == "2.0" and "Signpost" in calendar["PRODID"])
check("no errors", not calendar.errors and not any(e.errors for e in calendar.walk()), calendar.errors)
zones = calendar.walk("VTIMEZONE")
check("one time zone with both rules", len(zones) == 1 and len(zones[0].subcomponents) == 2, zones)
zone = zones[0].to_tz(lookup_tzid=False)
for month in range(1, 13):
    at = datetime.datetime(2027, month, 1, 12, 0)
    check(f"the zone agrees with the tz database in {at:%B}", at.replace(tzinfo=zone).utcoffset() == at.replace(tzinfo=LONDON).utcoffset())

events = calendar.walk("VEVENT")
check("there are events", len(events) > 0)
for event in events:
    needed = all(key in event for key in ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "STATUS", "URL", "DESCRIPTION"))
    check(f"{event.get('SUMMARY')} has what an event needs", needed and "ORGANIZER" not in event, event)
masters = [e for e in events if "RECURRENCE-ID" not in e]
check("one event for each plan", len({e["UID"] for e in masters}) == len(masters))
check("the UIDs stay", [e["UID"] for e in masters] == [e["UID"] for e in icalendar.Calendar.from_ical(get("calendar.ics")[1]).walk("VEVENT") if "RECURRENCE-ID" not in e])

# What the calendar gives is what the page gives, window by window, over the clock changes.
windows = json.loads(get("api/v2/scheduled-maintenances.json")[1])["scheduled_maintenances"]
read = datetime.datetime.fromisoformat
wanted = sorted((read(w["scheduled_for"]), read(w["scheduled_until"]), w["name"]) for w in windows if not w["nhs"]["cancelled"])
first, last = wanted[0][0], wanted[-1][1]
found = recurring_ical_events.of(calendar).between(first, last)
found = sorted((moment(e.start), moment(e.end), str(e["SUMMARY"])) for e in found if e.get("STATUS") != "CANCELLED")
for window in wanted:
    check(f"{window[2]} at {window[0]:%d %B %H:%M} is in the calendar", window in found, found)
