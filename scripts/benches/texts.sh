# Text messages from the commit of an update to the last acceptance, into nginx that
# answers as Twilio does, beside a bare loop of requests to the same server.
#   PEOPLE=100000 ROUNDS=1 DATABASE=sqlite|postgres
# LOOP= and READERS= name other builds of examples/http_loop and examples/readers.
loop=${LOOP:-$(dirname "$binary")/examples/http_loop}
readers=${READERS:-$(dirname "$binary")/examples/readers}
[[ -x $loop && -x $readers ]] || { echo "bench: build first: cargo build --release --bins --examples" >&2; exit 1; }
need nginx
people=${PEOPLE:-100000} sink=8394
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
"$readers" "${SIGNPOST_DATABASE_URL:-sqlite://signpost.db}" signpost.key "$people" Z800{01..40}
serve_all
ready
for _ in $(seq "${ROUNDS:-1}"); do
  bare=$("$loop" http://127.0.0.1:$sink/2010-04-01/Accounts/AC55555555555555555555555555555555/Messages.json "$people")
  update=$(post_national)
  failed=$(python3 watch.py "$people" "$at/api/v1/updates/$update/deliveries" "$token" sms)
  read -r due took < <(took "$update")
  python3 - "$people" "$bare" "$took" "$due" "$failed" "$(memory)" <<'PY'
import sys
people, bare, took, due, failed, memory = (float(a) for a in sys.argv[1:])
print(f"bare requests {bare:.0f} a second; Signpost {people / took:.0f} a second, {int(failed)} failed, "
      f"all rows due after {due:.1f} s, {int(memory)} MiB: ratio {people / took / bare:.2f} (goal: 0.7)")
PY
done
