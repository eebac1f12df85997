"""Drives the practice org's Bulk API 1.0 with salesforce-bulk, a client that we did not write.

Usage: drive_salesforce_bulk.py ANNOUNCEMENT.json
Prints one line per thing that works and ends with an error at the first that does not.
"""

import json
import os
import sys
from urllib.parse import urlparse

import unicodecsv
from salesforce_bulk import BulkApiError, CsvDictsAdapter, SalesforceBulk

told = json.load(open(sys.argv[1]))
full = next(u for u in told["users"] if "BulkApiHardDelete" in u["system_permissions"])
plain = next(u for u in told["users"] if "ModifyAllData" in u["system_permissions"] and "BulkApiHardDelete" not in u["system_permissions"])
os.environ["REQUESTS_CA_BUNDLE"] = told["ca_pem"]


def works(what, good):
    assert good, what
    print("works:", what)


def connect(user):
    return SalesforceBulk(sessionId=user["access_token"], host=urlparse(told["instance_url"]).netloc, API_version="60.0")


bulk = connect(full)


def ended(job, batch):
    bulk.wait_for_batch(job, batch, timeout=30, sleep_interval=0.1)


def rows_of(job, batch):
    ended(job, batch)
    return [row for part in bulk.get_all_results_for_query_batch(batch, job) for row in unicodecsv.DictReader(part, encoding="utf-8")]


def written(job, rows):
    batch = bulk.post_batch(job, CsvDictsAdapter(iter(rows)))
    ended(job, batch)
    bulk.close_job(job)
    return bulk.get_batch_results(batch, job)


job = bulk.create_query_job("Contact", contentType="CSV")
everyone = rows_of(job, bulk.query(job, "SELECT Id, LastName FROM Contact"))
bulk.close_job(job)
works("a query in CSV", len({row["Id"] for row in everyone}) == len(everyone) > 2000)

job = bulk.create_query_job("Contact", contentType="JSON", concurrency="Serial")
batch = bulk.query(job, "SELECT Id FROM Contact LIMIT 7")
ended(job, batch)
parts = [json.loads(part.read()) for part in bulk.get_all_results_for_query_batch(batch, job)]
works("a query in JSON about whose job is spoken in XML", [len(part) for part in parts] == [7])
works("the mode that was asked for", bulk.job_status(job)["concurrencyMode"] == "Serial")
bulk.abort_job(job)

job = bulk.create_query_job("Contact", contentType="CSV", pk_chunking=1000)
first = bulk.query(job, "SELECT Id FROM Contact")
batches = bulk.get_batch_list(job)
works("batches that are watched by their list come to an end", all(it["state"] in ("NotProcessed", "Completed") for it in batches))
parts = [row["Id"] for it in batches if it["id"] != first for row in rows_of(job, it["id"])]
works("a query in parts", bulk.batch_state(first, job) == "NotProcessed" and sorted(parts) == sorted(row["Id"] for row in everyone))

inserted = written(bulk.create_insert_job("Contact", contentType="CSV"), [{"LastName": 'Ünlü, "Bulk"', "Title": ""}, {"LastName": "", "Title": "Nobody"}])
works("an insert with a partial failure", [it.success for it in inserted] == ["true", "false"] and "REQUIRED_FIELD_MISSING" in inserted[1].error)
one = inserted[0].id
changed = written(bulk.create_upsert_job("Contact", "Id", contentType="CSV"), [{"Id": one, "Title": "Changed"}])
works("an upsert by id", (changed[0].success, changed[0].created) == ("true", "false"))
gone = written(bulk.create_delete_job("Contact", contentType="CSV"), [{"Id": one}, {"Id": "003000000000000AAA"}])
works("a delete with a partial failure", [it.success for it in gone] == ["true", "false"])
other = written(bulk.create_insert_job("Contact", contentType="CSV"), [{"LastName": "Once more"}])[0].id
hard = written(bulk.create_job("Contact", "hardDelete", contentType="CSV"), [{"Id": other}, {"Id": "003000000000000AAA"}])
works("a hard delete with a partial failure", [it.success for it in hard] == ["true", "false"])
try:
    connect(plain).create_job("Contact", "hardDelete", contentType="CSV")
    raise AssertionError("hard delete without its permission was taken")
except BulkApiError as error:
    works("hard delete needs its permission", "FeatureNotEnabled" in str(error))
