# A national incident: from the answer to the post until every page that it
# reaches is right, read page by page over 8 connections; then the same with a
# crowd of 256 connections on one page while the incident is declared.
need wrk
country
serve
ready
python3 - "$port" "$token" <<'PY'
import http.client, json, sys, threading, time
port, token = int(sys.argv[1]), sys.argv[2]
def call(line, method, path, body=None):
    line.request(method, path, body, {"Authorization": f"Bearer {token}", "Accept-Encoding": "gzip"} if body else {"Accept-Encoding": "identity"})
    answer = line.getresponse()
    return answer.status, answer.read()
line = http.client.HTTPConnection("127.0.0.1", port)
preview = json.loads(call(line, "POST", "/api/v1/incidents/preview", '{"system":"emis-web"}')[1])
import sqlite3
reached = [r[0] for r in sqlite3.connect("file:signpost.db?mode=ro", uri=True).execute(
    "select o.code from organisations o join organisation_systems s on s.organisation = o.code"
    " where s.system = 'emis-web' and o.status = 'active'")]
print(f"{preview['reach']['organisations']} organisations are reached; {len(reached)} of them use it themselves")
began = time.perf_counter()
assert call(line, "POST", "/api/v1/incidents", '{"system":"emis-web"}')[0] == 201
answered = time.perf_counter()
last = [0.0] * 8
wrong = [0] * 8
def reader(n):
    mine = http.client.HTTPConnection("127.0.0.1", port)
    for code in reached[n::8]:
        while True:
            page = call(mine, "GET", f"/{code}")[1]
            if b"Come to your appointment unless we contact you" in page: break
            wrong[n] += 1
            time.sleep(0.005)
    last[n] = time.perf_counter()
threads = [threading.Thread(target=reader, args=(n,)) for n in range(8)]
for t in threads: t.start()
for t in threads: t.join()
print(f"the post took {(answered - began) * 1000:.0f} ms; all {len(reached)} pages were read and right"
      f" {(max(last) - answered) * 1000:.0f} ms after its answer ({sum(wrong)} reads came too early)")
PY
grep -E "pages changed" server.log | tail -1 || true
echo "== 256 connections on one page: steady, and while an incident is declared twice"
for when in steady change; do
  wrk -t1 -c256 -d6s --latency -H 'Accept-Encoding: gzip' "$at/$code" >"wrk.$when" &
  load=$!
  if [[ $when == change ]]; then sleep 2; declare_incident; sleep 1; declare_incident; fi
  wait $load
  echo "$when: $(awk '/99%/{p=$2} /Requests\/sec/{r=$2} /Non-2xx|Socket errors/{e=$0} END{print r " requests/s, p99 " p (e ? ", ERRORS " e : ", no request failed")}' "wrk.$when")"
done
