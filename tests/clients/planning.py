"""Plans work at one place, so that there is some to read, and waits until its page says so.

    planning.py BASE CODE        with SIGNPOST_TOKEN, and SIGNPOST_API for a static copy
"""

import datetime
import sys

from common import call, check, copied, status, until


def main(base, code):
    now = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
    for title, days, hours in (("New phone system", 3, 4), ("Moving to another server", 10, 8)):
        starts = now + datetime.timedelta(days=days)
        ends = starts + datetime.timedelta(hours=hours)
        call(base, "POST", "planned", {"title": title, "organisations": [code], "lines": {"phones": "down"},
                                       "starts_at": starts.isoformat(), "ends_at": ends.isoformat()})
    told = until("planned work", lambda: len(status(base, code)["planned"]) == 2, 60)
    check("two pieces of planned work are on the page", told)
    copied()


main(*sys.argv[1:])
