"""The CAP 1.2 schema (OASIS), by xmlschema (PyPI), over the life of incidents."""

import os
import sys
import time

import xmlschema

from common import call, check, declare, get, shown, status, until

HERE = os.path.dirname(os.path.abspath(__file__))
SCHEMA = xmlschema.XMLSchema(os.path.join(HERE, "..", "fixtures", "specs", "CAP-v1.2.xsd"))
LANGUAGES = {"en-GB", "cy", "pl", "ro", "pa", "ur", "bn", "gu", "pt", "ar"}
base, code = sys.argv[1:3]


def alert(what):
    headers, data = get(f"{base}/{code}/cap.xml")
    text = data.decode()
    check(f"{what}: content type", headers["content-type"].startswith("application/cap+xml"), headers["content-type"])
    errors = [f"{e.path}: {e.reason}" for e in SCHEMA.iter_errors(text)]
    check(f"{what}: valid", not errors, errors[:4])
    found = SCHEMA.to_dict(text, validation="lax")[0]
    identity = [found[key] for key in ("sender", "identifier")]
    check(f"{what}: no space, comma or < & in what names it", not any(set(" ,<&") & set(one) for one in identity), identity)
    return found


def triple(found):
    return ",".join(found[key] for key in ("sender", "identifier", "sent"))


def post(path, **body):
    made = call(base, "POST", path, body)
    shown(base, code, made["update"]["id"])
    return made["update"]["id"]


calm = alert("calm")
check("calm: for the network, with nothing said to people", calm["status"] == "System" and not calm.get("info"), calm)

incident = declare(base, code, title="The phones & the <desk>", state="investigating", lines={"phones": "down"}, message="Our phones are off & we wait.")
chain = [first := alert("first")]
check("first: an actual alert that names none before it", (first["status"], first["msgType"], first.get("references")) == ("Actual", "Alert", None), first["msgType"])
check("first: its identifier is the update's", first["identifier"] == incident["update"]["id"], first["identifier"])
infos = first["info"]
check("one block for each language", len(infos) == len(LANGUAGES) and {i["language"] for i in infos} == LANGUAGES, [i["language"] for i in infos])
check("each block says it in its own language", len({i["headline"] for i in infos}) == len(LANGUAGES), [i["headline"] for i in infos])
for info in infos:
    area = info["area"][0]
    codes = [g["value"] for g in area["geocode"] if g["valueName"] == "ODS"]
    check(f"{info['language']}: place, page and times", codes == [code] and f"/{code}/" in info["web"] + "/", info["web"])
    check(f"{info['language']}: expires after it begins", info["expires"] > info["effective"] == first["sent"], info["expires"])


def follows(what, kind, update):
    found = alert(what)
    check(f"{what}: {kind}", found["msgType"] == kind, found["msgType"])
    check(f"{what}: an identifier of its own", update in (None, found["identifier"]) and found["identifier"] not in {c["identifier"] for c in chain}, found["identifier"])
    check(f"{what}: names every message before it as it was sent", (found.get("references") or "").split() == [triple(c) for c in chain], found.get("references"))
    check(f"{what}: the same incident", found["incidents"] == first["incidents"], found["incidents"])
    chain.append(found)
    return found


second = post(f"incidents/{incident['id']}/updates", state="identified", lines={"phones": "limited"}, message="A cable was cut.")
follows("update", "Update", second)
corrected = follows("withdrawal", "Update", post(f"updates/{second}/withdrawal", correction="No cable was cut."))
check("withdrawal: says the correction", "No cable was cut." in corrected["info"][0]["description"], corrected["info"][0]["description"])
said = follows("said to be over", "Update", post(f"incidents/{incident['id']}/updates", state="resolved", message="The phones work again."))
check("said to be over by others: no all-clear", all(i["urgency"] == "Unknown" and i["responseType"] == ["Monitor"] for i in said["info"]), said["info"][0])
# Only the surgery, or its board, knows that it is so.
call(base, "PUT", f"incidents/{incident['id']}/responses/{code}", {"answer": "recovered"}, os.environ["SIGNPOST_PLACE_TOKEN"])
until("the page to say so", lambda: status(base, code)["headline"]["state"] == "normal")
over = follows("resolution", "Cancel", None)
check("resolution: the all-clear, in the past", all(i["urgency"] == "Past" and i["responseType"] == ["AllClear"] for i in over["info"]), over["info"][0])

# An exercise reaches no page, so it can never be taken for the real thing (hazard H9).
call(base, "POST", "incidents", {"organisations": [code], "title": "A practice run", "kind": "exercise", "level": 2, "lines": {"phones": "down"}})
time.sleep(1)
check("exercise: the alert stays as it was", alert("exercise") == over)
