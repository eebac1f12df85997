"""Programs that we did not write, on the same events.

Usage: logs_peers.py EVENTS RULES. DuckDB computes the aggregates that the baselines of the rules need, with two threads: what was seen
first for whom, how much is usual, what was done on which day. azuma matches the single-event rules on a part of the events.
"""

import csv
import json
import sys
import time
from pathlib import Path

import duckdb
import yaml
from azuma import Rule

events, rules = Path(sys.argv[1]), Path(sys.argv[2])
PART = 2_000_000

begun = time.perf_counter()
db = duckdb.connect(config={"threads": 2})


def read(kind):
    return f"read_csv('{events}/{kind}_*.csv', header=true, all_varchar=true, quote='\"')"


db.execute(f"""
create table seen as
  select USER_ID as who, SOURCE_IP as address, '' as app, BROWSER_TYPE as client, TIMESTAMP as moment, '' as path, 0 as rows from {read('Login')}
  union all
  select USER_ID, CLIENT_IP, CONNECTED_APP_ID, CLIENT_NAME, TIMESTAMP, API_RESOURCE, 0 from {read('ApiTotalUsage')}
  union all
  select USER_ID, CLIENT_IP, CONNECTED_APP_ID, CLIENT_NAME, TIMESTAMP, URI, cast(ROWS_PROCESSED as bigint) from {read('RestApi')}
""")
net = "regexp_replace(address, '[.][0-9]+$', '')"
for query in (
    f"select who, {net}, min(moment), count(*) from seen group by all",
    f"select app, {net}, min(moment) from seen group by all",
    "select who, split_part(client, '/', 1), min(moment) from seen group by all",
    "select app, split_part(client, '/', 1), min(moment) from seen group by all",
    "select who, app, path, moment[1:8], count(*) from seen group by all",
    f"select who, app, {net}, moment[1:8], max(rows) from seen group by all",
):
    db.execute(query).fetchall()
duck = time.perf_counter() - begun

single = []
for file in sorted(rules.glob("*.yml")):
    single += [Rule.model_validate(it) for it in yaml.safe_load_all(file.read_text()) if "detection" in it]
read_bytes, begun = 0, time.perf_counter()
for file in sorted(events.glob("RestApi_*.csv")):
    with file.open(newline="") as lines:
        for event in csv.DictReader(lines):
            for rule in single:
                rule.match(event)
            read_bytes += sum(map(len, event.values())) + 3 * len(event)
            if read_bytes >= PART:
                break
    if read_bytes >= PART:
        break
runner = time.perf_counter() - begun
print(json.dumps({"duckdb_seconds": duck, "runner_mb_per_second": read_bytes / 1e6 / runner, "runner_rules": len(single)}))
