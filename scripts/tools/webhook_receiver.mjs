// Receives webhooks with the official verifier (npm standardwebhooks), and keeps
// what it saw. It answers with the statuses that it is given, one for each call,
// the last one again and again:
//
//   SIGNPOST_TEST_NODE_MODULES=… node webhook_receiver.mjs 500,500,200
//
// It prints its port. POST /secret sets the secret(s) to verify with; GET /seen
// gives each call: its headers, whether each secret verifies it, and its body.
import http from "node:http";
import { createRequire } from "node:module";

const require = createRequire(process.env.SIGNPOST_TEST_NODE_MODULES + "/");
const { Webhook } = require("standardwebhooks");

const statuses = process.argv[2].split(",").map(Number);
let secrets = [];
const seen = [];

function verifies(secret, body, headers) {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch {
    return false;
  }
}

http
  .createServer((request, response) => {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      const body = Buffer.concat(parts).toString("utf8");
      if (request.method === "GET") return response.end(JSON.stringify(seen));
      if (request.url === "/secret") {
        secrets = JSON.parse(body);
        return response.end();
      }
      const headers = request.headers;
      seen.push({
        id: headers["webhook-id"],
        timestamp: headers["webhook-timestamp"],
        signature: headers["webhook-signature"],
        verified: secrets.map((secret) => verifies(secret, body, headers)),
        spoilt: secrets.map((secret) => verifies(secret, body + " ", headers)),
        body,
      });
      response.statusCode = statuses.length > 1 ? statuses.shift() : statuses[0];
      if (response.statusCode >= 300 && response.statusCode < 400) response.setHeader("location", "/elsewhere");
      response.end();
    });
  })
  .listen(0, "127.0.0.1", function () {
    console.log(this.address().port);
  });
