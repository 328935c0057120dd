"""The description of the staff API: OpenAPI 3.1 by an independent validator, and the
answers as it says that they are.

    openapi.py BASE_URL
"""

import json
import os
import re
import sys

from openapi_schema_validator import OAS31Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from common import call, check, get

base = sys.argv[1]
description = json.loads(get(f"{base}/api/openapi.json")[1])
errors = [f"{'/'.join(map(str, e.absolute_path))}: {e.message}" for e in OpenAPIV31SpecValidator(description).iter_errors()]
check("it is OpenAPI 3.1", not errors and description["openapi"].startswith("3.1"), errors[:3])

calls = [(path, method, it) for path, item in description["paths"].items() for method, it in item.items()]
names = [it["operationId"] for _, _, it in calls]
check("each call has a name of its own", len(names) == len(set(names)) == len(calls), names)
silent = [f"{m} {p} {s}" for p, m, it in calls for s, answer in it["responses"].items() if not answer["description"]]
check("each answer is described", not silent, silent)
shapeless = [
    f"{m} {p} {s}" for p, m, it in calls for s, answer in it["responses"].items() if s < "300" and s != "204" and not answer.get("content")
]
check("each good answer has a shape", not shapeless, shapeless)

posted = call(base, "POST", "incidents", {"system": "emis-web", "scope": "Z80001"})
call(base, "PUT", "organisations/Z80001/lines", {"lines": {"booking": "paused"}})
known = {
    "/api/v1/incidents/{id}": posted["id"],
    "/api/v1/updates/{id}": posted["update"]["id"],
    "/api/v1/organisations/{code}": "Z80001",
}
read = 0
for path, method, it in calls:
    ours = [(start, value) for start, value in known.items() if path.startswith(start)]
    if method != "get" or ("{" in path and not ours) or any(p.get("required") and p["in"] == "query" for p in it.get("parameters", [])):
        continue
    for start, value in ours:
        path = path.replace(start, re.sub(r"{\w+}", value, start))
    # The last is for speakers alone.
    if "{" in path or path == "/api/v1/statements":
        continue
    answer = json.loads(get(f"{base}{path}", {"Authorization": f"Bearer {os.environ['SIGNPOST_TOKEN']}"})[1])
    shape = it["responses"]["200"]["content"]["application/json"]["schema"]
    found = [e.message for e in OAS31Validator({**shape, "components": description["components"]}).iter_errors(answer)]
    check(f"{path} answers as described", not found, found[:3])
    read += 1
check("many calls were read", read >= 15, read)
