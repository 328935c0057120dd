# What the process holds: at the start, and after every form of every page of
# the country has been read.
country
serve
ready
declare_incident
sleep 2
rss() { awk '/VmRSS/{printf "%.0f MiB", $2 / 1024}' "/proc/$signpost_pid/status"; }
echo "started, nothing read: $(rss)"
python3 - "$port" <<'PY'
import http.client, sqlite3, sys, threading
port = int(sys.argv[1])
codes = [r[0] for r in sqlite3.connect("file:signpost.db?mode=ro", uri=True).execute("select code from organisations")]
forms = ["", "/history", "/status.json", "/feed.atom", "/api/v2/summary.json", "/api/v2/incidents.json"]
def reader(n):
    line = http.client.HTTPConnection("127.0.0.1", port)
    for code in codes[n::4]:
        for form in forms:
            for coding in ("gzip", "br"):
                line.request("GET", f"/{code}{form}", headers={"Accept-Encoding": coding})
                line.getresponse().read()
threads = [threading.Thread(target=reader, args=(n,)) for n in range(4)]
for t in threads: t.start()
for t in threads: t.join()
print(f"{len(codes)} organisations, {len(forms)} forms each, in two codings, were read")
PY
echo "everything read: $(rss), of which at most ${SIGNPOST_PAGE_MEMORY:-256} MiB (page_memory) and a quarter are pages"
