# Text messages from the first commit to the last acceptance, into nginx that
# answers as Twilio does, beside a bare loop of requests to the same server.
#   UPDATES=20 ROUNDS=1 DATABASE=sqlite|postgres
# Each update goes to a thousand people: there are no more numbers that nobody has
# (Ofcom's drama range). LOOP= names another build of examples/http_loop.
loop=${LOOP:-$(dirname "$binary")/examples/http_loop}
[[ -x $loop ]] || { echo "bench: build first: cargo build --release --example http_loop" >&2; exit 1; }
need nginx
updates=${UPDATES:-20} sink=8394
cat >nginx.conf <<CONF
daemon off; pid $work/nginx.pid; error_log $work/nginx.err; worker_processes 1;
events { worker_connections 512; }
http {
  access_log off; keepalive_requests 10000000; client_body_temp_path $work/body;
  server {
    listen 127.0.0.1:$sink backlog=512;
    location / { default_type application/json; return 201 '{"sid": "SM\$request_id", "status": "queued"}'; }
  }
}
CONF
nginx -c "$work/nginx.conf" -p "$work" &
servers+=($!)
export SIGNPOST_SMS__PROVIDER=twilio SIGNPOST_SMS__TWILIO__BASE_URL=http://127.0.0.1:$sink
export SIGNPOST_SMS__TWILIO__ACCOUNT_SID=AC55555555555555555555555555555555 SIGNPOST_SMS__TWILIO__AUTH_TOKEN=bench
export SIGNPOST_SMS__TWILIO__FROM=+447700900999
# Everybody gets all of them at once, here.
export SIGNPOST_DELIVERY__HOLD_ABOVE=0 SIGNPOST_DELIVERY__PER_HOUR=1000000
source "$root/scripts/benches/database.sh"
real=/nowhere country
subscribers 1000 sms
serve_all
ready
cat >watch.py <<'PY'
import json, sys, time, urllib.request
updates, at, token = int(sys.argv[1]), sys.argv[2], sys.argv[3]
headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
def call(path, body=None):
    data = None if body is None else json.dumps(body).encode()
    return json.load(urllib.request.urlopen(urllib.request.Request(at + path, data, headers)))
def taken(update):
    counts = call(f"/api/v1/updates/{update}/deliveries")["counts"]["sms"]
    return counts["accepted"], counts["queued"] + counts["sending"] + counts["unknown"], counts["failed"]
began = time.time()
posted = [call("/api/v1/incidents", {"title": f"The phones are down ({n})", "scope": "X24", "lines": {"phones": "down"}})["update"]["id"] for n in range(updates)]
ready, left = [], list(posted)
while left:
    time.sleep(0.5)
    while left and taken(left[0])[0] + taken(left[0])[2] >= 1000:
        ready.append(taken(left.pop(0)))
print(sum(it[0] for it in ready), time.time() - began, sum(it[2] for it in ready))
PY
for _ in $(seq "${ROUNDS:-1}"); do
  bare=$("$loop" http://127.0.0.1:$sink/2010-04-01/Accounts/AC55555555555555555555555555555555/Messages.json $((updates * 1000)))
  read -r accepted took failed < <(python3 watch.py "$updates" "$at" "$token")
  python3 - "$bare" "$accepted" "$took" "$failed" <<'PY'
import sys
bare, accepted, took, failed = (float(a) for a in sys.argv[1:])
print(f"bare requests {bare:.0f} a second; Signpost {accepted / took:.0f} a second, {int(failed)} failed: "
      f"ratio {accepted / took / bare:.2f} (goal: 0.7)")
PY
done
