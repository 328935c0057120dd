# Which database what is sent is measured on: DATABASE=sqlite|postgres. On
# Postgres (SIGNPOST_TEST_POSTGRES, from scripts/counterparts) there are two couriers.
if [[ ${DATABASE:-sqlite} == postgres ]]; then
  schema=bench_$$
  psql -q "$SIGNPOST_TEST_POSTGRES" -c "create schema $schema"
  trap 'kill "${servers[@]}" 2>/dev/null || true; psql -q "$SIGNPOST_TEST_POSTGRES" -c "set client_min_messages = error; drop schema $schema cascade" 2>/dev/null; rm -rf "$work"' EXIT
  mark='?'
  [[ $SIGNPOST_TEST_POSTGRES == *\?* ]] && mark='&'
  export SIGNPOST_DATABASE_URL="$SIGNPOST_TEST_POSTGRES${mark}options[search_path]=$schema"
  export SIGNPOST_SECRET_KEY_FILE=$work/signpost.key
fi

# serve_all: one process; on Postgres beside it one that only sends.
serve_all() {
  serve
  [[ ${DATABASE:-sqlite} == postgres ]] || return 0
  ready
  "$binary" serve --role worker --listen 127.0.0.1:8390 >worker.log 2>&1 &
  servers+=($!)
}

# subscribers NUMBER email|sms: so many people, of 40 surgeries.
subscribers() {
  python3 - "$1" "$2" <<'PY' >people.csv
import sys
number, channel = int(sys.argv[1]), sys.argv[2]
print("contact,channel,locale,organisation")
for n in range(number):
    contact = f"reader{n}@d{n % 50}.example" if channel == "email" else f"+447700900{n:03}"
    print(f"{contact},{channel},en,Z800{1 + n % 40:02}")
PY
  "$binary" import subscribers people.csv | tail -1
}

# ask SQLITE POSTGRES: one row of the database, with spaces between its columns.
ask() {
  if [[ ${DATABASE:-sqlite} == postgres ]]; then
    PGOPTIONS="-c search_path=$schema" psql -qtA -F ' ' "$SIGNPOST_TEST_POSTGRES" -c "$2"
  else
    python3 -c 'import sqlite3, sys; print(*sqlite3.connect("file:signpost.db?mode=ro", uri=True).execute(sys.argv[1]).fetchone())' "$1"
  fi
}

# How many seconds after an update was committed all its rows were there, and the
# last message was taken.
took() {
  ask "select round((julianday(b.expanded_at) - julianday(b.created_at)) * 86400, 2),
         round((julianday(max(d.settled_at)) - julianday(b.created_at)) * 86400, 2)
       from broadcasts b join deliveries d on d.broadcast_id = b.id where hex(b.id) = upper(replace('$1', '-', ''))" \
    "select round(extract(epoch from b.expanded_at - b.created_at), 2),
       round(extract(epoch from max(d.settled_at) - b.created_at), 2)
     from broadcasts b join deliveries d on d.broadcast_id = b.id where b.id = '$1' group by b.id"
}

# memory: MiB of the server.
memory() { awk '/VmRSS/{print int($2 / 1024)}' "/proc/$signpost_pid/status"; }

# post_national: an update for all; gives its id.
post_national() {
  curl -fs -X POST -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
    -d '{"title": "The phones are down", "scope": "X24", "lines": {"phones": "down"}}' "$at/api/v1/incidents" |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["update"]["id"])'
}

# watch.py NUMBER ADDRESS TOKEN CHANNEL looks twice a second whether all have ended, and
# gives how many failed. One process: to start one for each look would take a fifth of
# this machine. Counts of a large
# update are kept for a while, so the database says afterwards how long it took.
cat >watch.py <<'PY'
import json, sys, time, urllib.request
people, address, token, channel = int(sys.argv[1]), *sys.argv[2:]
request = urllib.request.Request(address, headers={"Authorization": f"Bearer {token}"})
while True:
    counts = json.load(urllib.request.urlopen(request))["counts"][channel]
    if counts["accepted"] + counts["failed"] >= people:
        break
    time.sleep(0.5)
print(counts["failed"])
PY
