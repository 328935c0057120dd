"""aRez, the strictest reader of Statuspage that was found, against one page."""

import asyncio
import sys

import arez.statuspage

COMPONENT = {"Operational", "Under Maintenance", "Degraded Performance", "Partial Outage", "Major Outage"}
MAINTENANCE = {"Scheduled", "In Progress", "Verifying", "Completed"}


def check(what, right, seen=""):
    print("ok" if right else "FAIL", what, "" if right else repr(seen))


async def main(url):
    async with arez.statuspage.StatusPage(url) as page:
        status = await page.get_status()
    check("aRez: indicator", status.impact in {"None", "Minor", "Major", "Critical"}, status.impact)
    check("aRez: components", status.components and all(c.status in COMPONENT for c in status.components))
    check("aRez: maintenances", status.maintenances and all(m.status in MAINTENANCE for m in status.maintenances))
    check("aRez: their impact", all(m.impact == "Maintenance" for m in status.maintenances))
    check("aRez: their times", all(m.scheduled_for < m.scheduled_until for m in status.maintenances))
    check("aRez: their components", any(m.components for m in status.maintenances))
    check("aRez: newest update first", all(m.last_update == m.updates[0] for m in status.maintenances))
    check("aRez: incidents", all(i.updates and i.last_update.description for i in status.incidents))


asyncio.run(main("/".join(sys.argv[1:3])))
