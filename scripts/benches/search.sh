# How long a search takes, result page and HTTP included: real names, towns,
# postcodes and codes, and names with one typing error of each sort.
country
serve
ready
python3 - "$port" signpost.db <<'PY'
import http.client, random, sqlite3, sys, time, urllib.parse
port, database = int(sys.argv[1]), sys.argv[2]
random.seed(3)
rows = sqlite3.connect(f"file:{database}?mode=ro", uri=True).execute(
    "select code, name, town, postcode from organisations where status = 'active' and not placeholder"
    " and kind in ('practice', 'branch', 'pharmacy', 'trust', 'trust_site')").fetchall()
some = random.sample(rows, min(400, len(rows)))

def mistyped(name):
    words = [w for w in name.split() if len(w) >= 6 and w.isalpha()]
    if not words: return None
    word = random.choice(words)
    at = random.randrange(1, len(word) - 1)
    wrong = random.choice([word[:at] + word[at + 1:], word[:at] + "q" + word[at:], word[:at] + "q" + word[at + 1:],
                           word[:at] + word[at + 1] + word[at] + word[at + 2:]])
    return name.replace(word, wrong, 1)

sorts = {
    "code": [(r[0].lower(), r) for r in some],
    "postcode": [(r[3].replace(" ", "").lower(), r) for r in some],
    "name and town": [(f"{r[1]} {r[2]}", r) for r in some],
    "town": [(r[2], None) for r in some],
    "name mistyped, and town": [(f"{m} {r[2]}", r) for r in some if (m := mistyped(r[1]))],
    "nothing": [("zzqqxx yyww", None)] * 50,
}
line = http.client.HTTPConnection("127.0.0.1", port)
def ask(path):
    line.request("GET", path)
    answer = line.getresponse()
    return answer.read().decode()
for _ in range(50): ask("/?q=warm")
print(f"{len(rows)} places\n{'search for':26} {'median ms':>9} {'p99 ms':>8} {'most ms':>8}   found")
worst = 0.0
for sort, queries in sorts.items():
    took, found, wanted = [], 0, 0
    for query, row in queries:
        path = "/?" + urllib.parse.urlencode({"q": query})
        began = time.perf_counter()
        page = ask(path)
        took.append((time.perf_counter() - began) * 1000)
        if row:
            wanted += 1
            found += f'href="/{row[0]}"' in page
    took.sort()
    p99 = took[min(len(took) - 1, len(took) * 99 // 100)]
    worst = max(worst, p99)
    print(f"{sort:26} {took[len(took) // 2]:9.2f} {p99:8.2f} {took[-1]:8.2f}   {f'{found} of {wanted}' if wanted else ''}")
print(f"goal: under 5 ms; {'met' if worst < 5 else 'NOT met'} at p99")
PY
