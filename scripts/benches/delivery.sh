# Emails from commit to the last acceptance, into Postfix's smtp-sink, beside
# smtp-source sending as many of the same size to the same sink.
#   PEOPLE=20000 ROUNDS=1 DATABASE=sqlite|postgres
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
source "$root/scripts/benches/database.sh"
real=/nowhere country
subscribers "$people" email
serve_all
ready
for _ in $(seq "${ROUNDS:-1}"); do
  began=$(date +%s.%N)
  smtp-source -s $sessions -m "$people" -l 4000 -f updates@status.example -t reader@d1.example 127.0.0.1:$smtp
  source_took=$(echo "$(date +%s.%N) - $began" | bc)
  update=$(post_national)
  failed=$(python3 watch.py "$people" "$at/api/v1/updates/$update/deliveries" "$token" email)
  read -r due took < <(took "$update")
  python3 - "$people" "$source_took" "$took" "$due" "$failed" "$(memory)" <<'PY'
import sys
people, source, took, due, failed, memory = (float(a) for a in sys.argv[1:])
print(f"smtp-source {people / source:.0f} a second; Signpost {people / took:.0f} a second, {int(failed)} failed, "
      f"all rows due after {due:.1f} s, {int(memory)} MiB: ratio {source / took:.2f} (goal: 0.7 on SQLite, 0.5 on Postgres)")
PY
done
