"""Converts every detection rule for two SIEMs with pySigma, a converter that we did not write.

Usage: convert_rules.py FOLDER. The rules are read in the order of their names and against it: a converter takes files as the disk
hands them out.
"""

import sys
from pathlib import Path

from sigma.backends.elasticsearch import ESQLBackend
from sigma.backends.splunk import SplunkBackend
from sigma.collection import SigmaCollection
from sigma.correlations import SigmaCorrelationRule

files = sorted(Path(sys.argv[1]).glob("*.yml"))
if not files:
    sys.exit("there are no rules here")
for backend in (SplunkBackend, ESQLBackend):
    for order in (files, files[::-1]):
        rules = SigmaCollection.load_ruleset(order)
        spoken = backend().convert(rules)
        for rule in rules.rules:
            queries = rule.get_conversion_result()
            if len(queries) != 1 or not queries[0].strip():
                sys.exit(f"{backend.name}: {rule.name} gave {len(queries)} queries")
            query = queries[0]
            if isinstance(rule, SigmaCorrelationRule):
                # What is counted, by whom it is grouped and how many it takes stand in the query.
                wanted = [*rule.group_by, str(rule.condition.count) if rule.condition else str(len(rule.rules))]
                missing = [word for word in wanted if word not in query]
                if missing:
                    sys.exit(f"{backend.name}: {rule.name} lost {', '.join(missing)}")
        # Each rule speaks for itself, except those that are silent until a correlation counts them.
        silent = {it.rule.name for one in rules.rules if isinstance(one, SigmaCorrelationRule) and not one.generate for it in one.rules}
        if len(spoken) != len(rules.rules) - len(silent):
            sys.exit(f"{backend.name}: {len(rules.rules)} rules and {len(silent)} silent ones gave {len(spoken)} queries")
print(len(rules.rules))
