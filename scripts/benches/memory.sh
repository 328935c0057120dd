# What the process holds: at the start, and while every page of the country is
# read in two languages, which is several times what may be kept (page_memory).
country
serve
ready
declare_incident
sleep 3
rss() { awk '/VmRSS/{printf "%.0f MiB", $2 / 1024}' "/proc/$signpost_pid/status"; }
echo "started, nothing read: $(rss)"
python3 - <<'PY'
import sqlite3
codes = open("codes", "w")
for (code,) in sqlite3.connect("file:signpost.db?mode=ro", uri=True).execute("select code from organisations"):
    codes.write(f"{code}\n")
PY
for locale in "" /cy; do
  awk -v at="$at" -v locale="$locale" '{ printf "url=%s/%s%s\noutput=/dev/null\n", at, $1, locale }' codes >curl.conf
  curl -sZ --compressed --parallel-max 8 -K curl.conf 2>/dev/null
  echo "$(wc -l <codes) pages read${locale:+, in Welsh too}: $(rss)"
done
echo "page_memory is ${SIGNPOST_PAGE_MEMORY:-256} MiB"
