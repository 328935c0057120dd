# One change at one site on many open boards of the whole country: from the
# answer to the post until the last board shows it, and what it costs the server.
#   BOARDS="50 200 800"
country
sign_in=$("$binary" user add --email bench@example.org --name Bench --organisation X24 --role coordinator | grep -o 'http[^ ]*/sign-in/[^ ]*')
serve
ready
declare_incident
python3 - "$at" "$token" "$code" "${sign_in##*/}" "$signpost_pid" ${BOARDS:-50 200 800} <<'PY'
import http.client, itertools, json, os, re, selectors, socket, sys, time, urllib.parse

at, token, code, link, pid, *sizes = sys.argv[1:]
host, port = urllib.parse.urlsplit(at).hostname, urllib.parse.urlsplit(at).port


def ask(method, path, body=None, headers=None):
    connection = http.client.HTTPConnection(host, port)
    connection.request(method, path, body, headers or {})
    answer = connection.getresponse()
    return answer, answer.read()


password = urllib.parse.urlencode({"password": "three lamps on a wet platform", "again": "three lamps on a wet platform"})
answer, text = ask("POST", f"/sign-in/{link}", password, {"content-type": "application/x-www-form-urlencoded", "origin": at})
cookie = answer.headers["set-cookie"].split(";")[0]
allowed = {"authorization": f"Bearer {token}", "content-type": "application/json"}
incidents = json.loads(ask("GET", "/api/v1/incidents", None, allowed)[1])["incidents"]
incident = incidents[0]["id"]


def cpu():
    fields = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def open_boards(number):
    boards = []
    for _ in range(number):
        board = socket.create_connection((host, port))
        board.sendall(f"GET /board/live?scope=X24 HTTP/1.1\r\nhost: {host}\r\ncookie: {cookie}\r\n\r\n".encode())
        boards.append(board)
    return boards


def events(boards, wanted, within):
    """Reads until every board has had its next event; gives how many have, and how many bytes came."""
    waiting, came = set(boards), 0
    with selectors.DefaultSelector() as ready:
        for board in boards:
            board.setblocking(False)
            ready.register(board, selectors.EVENT_READ)
        until = time.monotonic() + within
        while waiting and time.monotonic() < until:
            for key, _ in ready.select(0.2):
                data = key.fileobj.recv(1 << 16)
                came += len(data)
                if wanted(data):
                    waiting.discard(key.fileobj)
    return len(boards) - len(waiting), came


def respond(word):
    answer, text = ask("PUT", f"/api/v1/incidents/{incident}/responses/{code}", json.dumps({"answer": word}), allowed)
    assert answer.status < 300, text


def settled(boards):
    while events(boards, lambda data: False, 1.2)[1]:
        pass


words = itertools.cycle(["not_affected", "affected"])
respond(next(words))
for size in map(int, sizes):
    boards = open_boards(size)
    shown, _ = events(boards, lambda data: b"data:" in data, 30)
    settled(boards)
    took, cost, weight = [], [], []
    for _ in range(5):
        respond(next(words))
        began, before = time.monotonic(), cpu()
        # The pieces are unlike the last only in what changed: any new bytes are it.
        reached, came = events(boards, lambda data: len(data) > 200, 10)
        took.append(time.monotonic() - began)
        settled(boards)
        cost.append(cpu() - before)
        weight.append(came / size)
        assert reached == size, f"{size - reached} boards of {size} never showed it"
    took.sort(), cost.sort()
    print(f"{size} boards: the last shows it after {took[2] * 1000:.0f} ms (at most {took[-1] * 1000:.0f}), "
          f"{cost[2] * 1000:.0f} ms of CPU a change, {cost[2] / size * 1e6:.0f} µs a board, {weight[-1] / 1000:.0f} kB each")
    for board in boards:
        board.close()
PY
