# A national incident on what every GP surgery uses: from the answer to the post
# until every page has been fetched and is right; then what a crowd of 256
# connections on one page notices of it.
need wrk
country
python3 - <<'PY'
import sqlite3
codes = [row[0] for row in sqlite3.connect("file:signpost.db?mode=ro", uri=True).execute("""
    with recursive below(code) as (
        select 'X24' union select child from organisation_links join below on parent = code where left_on is null)
    select code from organisations join below using (code)
    where kind = 'practice' and status = 'active' and not placeholder""")]
# England has about so many; the report lists others of the kind too.
codes = codes[:6220]
open("all.csv", "w").write("ods_code,system\n" + "".join(f"{code},gp-sms\n" for code in codes))
open("todo", "w").write("".join(f"{code}\n" for code in codes))
PY
"$binary" import systems all.csv | tail -1
serve
ready
national() {
  curl -fso /dev/null -X POST -H "Authorization: Bearer $token" \
    -d '{"system":"gp-sms","lines":{"attend":"come_unless_contacted"}}' "$at/api/v1/incidents"
}
surgeries=$(wc -l <todo)
began=$EPOCHREALTIME
national
answered=$EPOCHREALTIME
until curl -fs "$at/$(tail -1 todo)" | grep -q 'unless we contact you'; do :; done
swapped=$EPOCHREALTIME
rounds=0
while [[ -s todo && $rounds -lt 50 ]]; do
  rm -rf pages
  mkdir pages
  awk -v at="$at" '{ printf "url=%s/%s\noutput=pages/%s\n", at, $1, $1 }' todo >curl.conf
  curl -sZ --parallel-max 16 -K curl.conf
  (cd pages && { grep -L 'unless we contact you' ./* || true; }) | sed 's|^\./||' >todo
  rounds=$((rounds + 1))
done
[[ ! -s todo ]] || { echo "$(wc -l <todo) pages never came right" >&2; exit 1; }
awk -v a="$began" -v b="$answered" -v s="$swapped" -v c="$EPOCHREALTIME" -v n="$surgeries" -v r=$rounds 'BEGIN {
  printf "the post took %.0f ms; the last of %d pages was right %.0f ms after its answer\n", (b - a) * 1000, n, (s - b) * 1000
  printf "then all were fetched in %.0f ms; %s\n", (c - s) * 1000, r == 1 ? "each was right at once" : r " rounds were needed" }'
echo "== 256 connections on one page: steady, and while an incident is declared twice"
for when in steady change; do
  wrk -t1 -c256 -d6s --latency -H 'Accept-Encoding: gzip' "$at/$code" >"wrk.$when" &
  load=$!
  if [[ $when == change ]]; then sleep 2; national; sleep 1; national; fi
  wait $load
  awk -v when=$when '/ 99%/ { p = $2 } /Requests\/sec/ { r = $2 } /Non-2xx|Socket errors/ { e = $0 }
    END { print when ": " r " requests/s, p99 " p (e ? ", FAILED: " e : ", no request failed") }' "wrk.$when"
done
