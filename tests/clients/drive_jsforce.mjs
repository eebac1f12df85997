// Drives the practice org with jsforce, a client that we did not write.
// Usage: node drive_jsforce.mjs ANNOUNCEMENT.json   (the org rotates refresh tokens)
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import jsforce from "jsforce";

const told = JSON.parse(readFileSync(process.argv[2], "utf8"));
const user = told.users.find((it) => it.system_permissions.includes("BulkApiHardDelete"));
const works = (what, good) => {
  assert.ok(good, what);
  console.log("works:", what);
};

const oauth2 = new jsforce.OAuth2({ loginUrl: told.login_url, clientId: told.client_id, redirectUri: "http://localhost:1717/OauthRedirect" });
const connection = new jsforce.Connection({
  instanceUrl: told.instance_url,
  version: "62.0",
  accessToken: user.access_token,
  refreshToken: user.refresh_token,
  oauth2,
});

const identity = await connection.identity();
works("identity", identity.username === user.username);

const everyone = (await connection.query("SELECT Id FROM Contact", { autoFetch: true, maxFetch: 100_000 })).records;
works("query over 2,000 rows by autoFetch", everyone.length > 2000);

const made = await connection.sobject("Contact").create({ LastName: "O'Brien", Email: "jsforce@example.com" });
const found = await connection.sobject("Contact").find({ LastName: "O'Brien" }, "Id");
works("create and find with escaping", found.length === 1 && found[0].Id === made.id);

const described = await connection.sobject("Case").describe();
works("describe", described.fields.some((it) => it.name === "SuppliedEmail"));

const hits = await connection.search('FIND {"jsforce@example.com"} IN EMAIL FIELDS RETURNING Contact(Id)');
works("search", hits.searchRecords.some((it) => it.Id === made.id));

// Rotation: two refreshes in a row; the first refresh token is dead after the first.
const first = connection.refreshToken;
const one = await oauth2.refreshToken(first);
works("refresh gives a new refresh token", typeof one.refresh_token === "string" && one.refresh_token !== first);
await assert.rejects(oauth2.refreshToken(first), "the old refresh token must be dead");
const two = await oauth2.refreshToken(one.refresh_token);
works("the rotated token refreshes once more", typeof two.access_token === "string");
const again = new jsforce.Connection({ instanceUrl: told.instance_url, version: "62.0", accessToken: two.access_token });

const bulk = again.bulk2;
const rows = await (await bulk.query("SELECT Id, Name FROM Contact")).toArray();
works("Bulk 2.0 query", rows.length >= everyone.length);

const gone = await bulk.loadAndWaitForResults({ object: "Contact", operation: "delete", input: [{ Id: made.id }, { Id: "003000000000000AAA" }] });
works("Bulk 2.0 delete with a partial failure", gone.successfulResults.length === 1 && gone.failedResults.length === 1);

again.bulk.pollInterval = 50;
const older = await again.bulk.load("Contact", "insert", [{ LastName: "Old bulk" }, { LastName: "Old, \"bulk\"" }]);
works("Bulk 1.0 insert", older.length === 2 && older.every((it) => it.success));
const olderRows = await (await again.bulk.query("SELECT Id, LastName FROM Contact WHERE LastName LIKE 'Old%'")).toArray();
works("Bulk 1.0 query", older.every((it) => olderRows.some((row) => row.Id === it.id)));
const olderGone = await again.bulk.load("Contact", "delete", [...older.map((it) => ({ Id: it.id })), { Id: "003000000000000AAA" }]);
works("Bulk 1.0 delete with a partial failure", olderGone.map((it) => it.success).join() === "true,true,false");

const deleted = await again.query(`SELECT Id FROM Contact WHERE Id = '${made.id}'`, { scanAll: true });
works("queryAll sees the bin", deleted.totalSize === 1);
const emptied = await again.soap.emptyRecycleBin([made.id]);
works("emptyRecycleBin over SOAP", String([emptied].flat()[0]?.success) === "true");

const parts = await again.requestPost("/services/data/v62.0/composite", {
  compositeRequest: [
    { method: "GET", url: "/services/data/v62.0/limits", referenceId: "l" },
    { method: "GET", url: "/services/data/v62.0/sobjects/Contact/describe", referenceId: "d" },
  ],
});
works("composite", parts.compositeResponse.every((it) => it.httpStatusCode === 200));
