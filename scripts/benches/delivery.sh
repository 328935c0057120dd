# Emails from commit to the last acceptance, into Postfix's smtp-sink, beside
# smtp-source sending as many of the same size to the same sink.
#   PEOPLE=20000 ROUNDS=1 DATABASE=sqlite|postgres
# On Postgres (SIGNPOST_TEST_POSTGRES, from scripts/counterparts) there are two couriers.
command -v smtp-sink >/dev/null || {
  apt-get update -q >/dev/null
  DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends postfix >/dev/null 2>&1
}
people=${PEOPLE:-20000} sessions=24 smtp=8393
smtp-sink -u nobody 127.0.0.1:$smtp 512 >sink.log 2>&1 &
servers+=($!)
sleep 0.5
export SIGNPOST_EMAIL__URL="smtp://127.0.0.1:$smtp?tls=none" SIGNPOST_EMAIL__FROM=updates@status.example
export SIGNPOST_DELIVERY__HOLD_ABOVE=0
if [[ ${DATABASE:-sqlite} == postgres ]]; then
  schema=bench_$$
  psql -q "$SIGNPOST_TEST_POSTGRES" -c "create schema $schema"
  trap 'kill "${servers[@]}" 2>/dev/null || true; psql -q "$SIGNPOST_TEST_POSTGRES" -c "drop schema $schema cascade" 2>/dev/null; rm -rf "$work"' EXIT
  mark='?'
  [[ $SIGNPOST_TEST_POSTGRES == *\?* ]] && mark='&'
  export SIGNPOST_DATABASE_URL="$SIGNPOST_TEST_POSTGRES${mark}options[search_path]=$schema"
  export SIGNPOST_SECRET_KEY_FILE=$work/signpost.key
fi
real=/nowhere country
python3 - "$people" <<'PY' >people.csv
import sys
print("contact,channel,locale,organisation")
for n in range(int(sys.argv[1])):
    print(f"reader{n}@d{n % 50}.example,email,en,Z800{1 + n % 40:02}")
PY
"$binary" import subscribers people.csv | tail -1
if [[ ${DATABASE:-sqlite} == postgres ]]; then
  serve env SIGNPOST_ROLE=web
else
  serve
fi
ready
sent() { # how many were accepted, and how many still wait
  curl -fs -H "Authorization: Bearer $token" "$at/api/v1/updates/$update/deliveries" |
    python3 -c 'import json, sys; c = json.load(sys.stdin)["counts"].get("email", {}); print(c.get("accepted", 0), c.get("queued", 0) + c.get("sending", 0) + c.get("unknown", 0), c.get("failed", 0))'
}
for _ in $(seq "${ROUNDS:-1}"); do
  began=$(date +%s.%N)
  smtp-source -s $sessions -m "$people" -l 4000 -f updates@status.example -t reader@d1.example 127.0.0.1:$smtp
  source_took=$(echo "$(date +%s.%N) - $began" | bc)
  began=$(date +%s.%N)
  update=$(curl -fs -X POST -H "Authorization: Bearer $token" -H 'Content-Type: application/json' \
    -d '{"title": "The phones are down", "scope": "X24", "lines": {"phones": "down"}}' "$at/api/v1/incidents" |
    python3 -c 'import json, sys; print(json.load(sys.stdin)["update"]["id"])')
  due=""
  while :; do
    read -r accepted waiting failed < <(sent)
    [[ -z $due && $((accepted + waiting + failed)) -eq $people ]] && due=$(echo "$(date +%s.%N) - $began" | bc)
    [[ $((accepted + failed)) -ge $people && $waiting -eq 0 ]] && break
    sleep 0.2
  done
  took=$(echo "$(date +%s.%N) - $began" | bc)
  python3 - "$people" "$source_took" "$took" "${due:-0}" "$failed" "$(awk '/VmRSS/{print int($2 / 1024)}' "/proc/$signpost_pid/status")" <<'PY'
import sys
people, source, took, due, failed, memory = (float(a) for a in sys.argv[1:])
print(f"smtp-source {people / source:.0f} a second; Signpost {people / took:.0f} a second, {int(failed)} failed, "
      f"all rows due after {due:.1f} s, {int(memory)} MiB: ratio {source / took:.2f} (goal: 0.7 on SQLite, 0.5 on Postgres)")
PY
done
