"""Drives the practice org with simple-salesforce, a client that we did not write.

Usage: drive_simple_salesforce.py ANNOUNCEMENT.json
Prints one line per thing that works and ends with an error at the first that does not.
"""

import json
import os
import sys
from urllib.parse import urlparse

import requests
from simple_salesforce import Salesforce, format_soql
from simple_salesforce.exceptions import SalesforceMalformedRequest, SalesforceResourceNotFound

told = json.load(open(sys.argv[1]))
full = next(u for u in told["users"] if "BulkApiHardDelete" in u["system_permissions"])
plain = next(u for u in told["users"] if "ModifyAllData" in u["system_permissions"] and "BulkApiHardDelete" not in u["system_permissions"])
host = urlparse(told["instance_url"]).netloc


# requests prefers this variable to a session's own setting.
os.environ["REQUESTS_CA_BUNDLE"] = told["ca_pem"]


def connect(user):
    session = requests.Session()
    return Salesforce(instance=host, session_id=user["access_token"], session=session, version="62.0")


def works(what, good):
    assert good, what
    print("works:", what)


sf = connect(full)

everyone = sf.query_all("SELECT Id, LastName FROM Contact ORDER BY Id")
works("query over 2,000 rows by nextRecordsUrl", everyone["done"] and everyone["totalSize"] == len(everyone["records"]) > 2000)
works("every id once", len({r["Id"] for r in everyone["records"]}) == everyone["totalSize"])

for nasty in ["O'Brien", "back\\slash", "100%_x", 'a"b', "}{", "日本語", "😀"]:
    made = sf.Contact.create({"LastName": nasty, "Email": "escaping@example.com"})
    found = sf.query(format_soql("SELECT Id FROM Contact WHERE LastName = {}", nasty))
    works(f"escaping of {nasty!r}", [r["Id"] for r in found["records"]] == [made["id"]])
    sf.Contact.delete(made["id"])

try:
    sf.query("SELECT Nonsense FROM Contact")
    raise AssertionError("a field that does not exist was accepted")
except SalesforceMalformedRequest as error:
    works("INVALID_FIELD for an unknown field", error.content[0]["errorCode"] == "INVALID_FIELD")
try:
    sf.Contact.get("003000000000000AAA")
    raise AssertionError("a record that does not exist was given")
except SalesforceResourceNotFound as error:
    works("NOT_FOUND for an unknown record", error.content[0]["errorCode"] in ("NOT_FOUND", "ENTITY_IS_DELETED"))

described = sf.Contact.describe()
works("describe with fields and children", any(f["name"] == "Email" for f in described["fields"]) and described["childRelationships"])
works("global describe", len(sf.describe()["sobjects"]) > 40)

somebody = sf.query("SELECT Id, Name, Email FROM Contact WHERE Email != null ORDER BY Id LIMIT 1")["records"][0]
hits = sf.search(
    "FIND {%s} IN EMAIL FIELDS RETURNING Contact(Id, Email)" % somebody["Email"].replace("-", "\\-").replace("+", "\\+")
)
works("search", any(r["Id"] == somebody["Id"] for r in hits["searchRecords"]))

answer = sf.restful(
    "composite",
    method="POST",
    json={
        "compositeRequest": [
            {"method": "POST", "url": "/services/data/v62.0/sobjects/Account", "referenceId": "a", "body": {"Name": "Composite Practice Co"}},
            {"method": "POST", "url": "/services/data/v62.0/sobjects/Contact", "referenceId": "c", "body": {"LastName": "Composite", "AccountId": "@{a.id}"}},
            {"method": "GET", "url": "/services/data/v62.0/query?q=SELECT+Id+FROM+Contact+WHERE+AccountId='@{a.id}'", "referenceId": "q"},
        ]
    },
)
parts = {p["referenceId"]: p for p in answer["compositeResponse"]}
works("composite with references", parts["q"]["body"]["records"][0]["Id"] == parts["c"]["body"]["id"])
sf.Account.delete(parts["a"]["body"]["id"])
gone = sf.query_all(f"SELECT Id, IsDeleted FROM Contact WHERE Id = '{parts['c']['body']['id']}'", include_deleted=True)
works("cascade into the bin", gone["records"][0]["IsDeleted"] is True)

pages = list(sf.bulk2.Contact.query("SELECT Id, Email FROM Contact", max_records=700))
works("Bulk 2.0 query with several locators", len(pages) > 2 and sum(p.count("\n") - 1 for p in pages) >= everyone["totalSize"])

old = sf.bulk.Contact.insert([{"LastName": f"Old bulk {n}", "Email": f"old{n}@example.com"} for n in range(3)])
works("Bulk 1.0 insert", all(it["success"] for it in old))
read = sf.bulk.Contact.query("SELECT Id, LastName FROM Contact WHERE LastName LIKE 'Old bulk%'")
works("Bulk 1.0 query", {it["Id"] for it in read} == {it["id"] for it in old})
gone = sf.bulk.Contact.delete([{"Id": it["id"]} for it in old] + [{"Id": "003000000000000AAA"}])
works("Bulk 1.0 delete with a partial failure", [it["success"] for it in gone] == [True, True, True, False])

made = sf.bulk2.Contact.insert(records=[{"LastName": f"Bulk {n}", "Email": f"bulk{n}@example.com"} for n in range(5)])
works("Bulk 2.0 insert", made[0]["numberRecordsProcessed"] == 5 and made[0]["numberRecordsFailed"] == 0)
ids = [r["Id"] for r in sf.query("SELECT Id FROM Contact WHERE LastName LIKE 'Bulk %' ORDER BY LastName")["records"]]
gone = sf.bulk2.Contact.delete(records=[{"Id": i} for i in ids[:2]] + [{"Id": "003000000000000AAA"}])
works("Bulk 2.0 delete with a partial failure", gone[0]["numberRecordsFailed"] == 1 and gone[0]["numberRecordsProcessed"] == 3)
hard = sf.bulk2.Contact.hard_delete(records=[{"Id": i} for i in ids[2:]] + [{"Id": "003000000000000AAA"}])
works("Bulk 2.0 hardDelete with a partial failure", hard[0]["numberRecordsFailed"] == 1)
left = sf.query_all("SELECT Id FROM Contact WHERE LastName LIKE 'Bulk %'", include_deleted=True)
works("hardDelete leaves nothing in the bin", sorted(r["Id"] for r in left["records"]) == sorted(ids[:2]))
try:
    connect(plain).bulk2.Contact.hard_delete(records=[{"Id": ids[0]}])
    raise AssertionError("hardDelete without the permission was accepted")
except SalesforceMalformedRequest as error:
    works("hardDelete without the permission is refused at creation", error.content[0]["errorCode"] == "FEATURENOTENABLED")

works("limits", sf.limits()["DailyApiRequests"]["Remaining"] > 0)
works("usage is told", sf.api_usage["api-usage"].used > 0)
