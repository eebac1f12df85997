"""Finds one person the way a careful developer would in an afternoon, with simple-salesforce.

Usage: straightforward_locate.py ANNOUNCEMENT.json SUBJECT.json
Describes every object, then asks one query per object and identifier over the fields that can be filtered
(`plain`), then one per object over the lookups to the people it found (`following`). Prints calls, seconds and ids as JSON.
"""

import json
import sys
import time
from urllib.parse import urlparse

import requests
from simple_salesforce import Salesforce
from simple_salesforce.exceptions import SalesforceError
from simple_salesforce.format import quote_soql_value

told = json.load(open(sys.argv[1]))
subject = json.load(open(sys.argv[2]))
calls = 0


def count(_answer, *_args, **_kwargs):
    global calls
    calls += 1


session = requests.Session()
session.verify = told["ca_pem"] or True
session.hooks["response"].append(count)
user = told["users"][0]
begun = time.perf_counter()
sf = Salesforce(instance=urlparse(told["instance_url"]).netloc, session_id=user["access_token"], session=session, version="62.0")
# simple-salesforce always speaks https; a practice org without --tls does not.
sf.base_url = sf.base_url.replace("https://", urlparse(told["instance_url"]).scheme + "://")

objects = []
for listed in sf.describe()["sobjects"]:
    if listed["queryable"]:
        objects.append(getattr(sf, listed["name"]))
for it in objects:
    it.base_url = it.base_url.replace("https://", urlparse(told["instance_url"]).scheme + "://")
described = [it.describe() for it in objects]

TEXT = {"string", "textarea", "picklist", "combobox"}
identifiers = [({"email"} | TEXT, it) for it in subject["emails"]]
identifiers += [({"phone"} | TEXT, it) for it in subject["phones"]]
identifiers += [(TEXT, it) for it in subject["names"] + subject["account_numbers"]]
people, ids = set(), set()


def ask(name, condition):
    try:
        for row in sf.query_all(f"SELECT Id FROM {name} WHERE {condition}", include_deleted=True)["records"]:
            ids.add(row["Id"])
            if name in ("Contact", "Lead", "Individual"):
                people.add(row["Id"])
    except SalesforceError:
        pass  # what an object refuses, such a client goes past


def so_far():
    return {"calls": calls, "seconds": time.perf_counter() - begun, "ids": sorted(ids)}


for it in described:
    for types, value in identifiers:
        fields = [f["name"] for f in it["fields"] if f["filterable"] and f["type"] in types]
        if fields:
            ask(it["name"], " OR ".join(f"{f} = {quote_soql_value(value)}" for f in fields))
plain = so_far()

for it in described:
    of_people = lambda f: f["filterable"] and f["type"] == "reference" and {"Contact", "Lead", "Individual"} & set(f["referenceTo"])
    lookups = [f["name"] for f in it["fields"] if of_people(f)]
    if lookups and people:
        among = ",".join(f"'{i}'" for i in sorted(people))
        ask(it["name"], " OR ".join(f"{f} IN ({among})" for f in lookups))

print(json.dumps({"plain": plain, "following": so_far()}))
