"""Reads a calendar file with a library that we did not write: every day whole, every alarm before it, no person in it."""

import datetime
import sys

import icalendar

calendar = icalendar.Calendar.from_ical(open(sys.argv[1], "rb").read())
assert calendar.errors == [], calendar.errors
events = calendar.walk("VEVENT")
assert len(events) == int(sys.argv[2]), len(events)
uids = set()
for event in events:
    assert event.errors == [], event.errors
    start, end = event.decoded("DTSTART"), event.decoded("DTEND")
    assert type(start) is datetime.date and end - start == datetime.timedelta(days=1), (start, end)
    uids.add(str(event["UID"]))
    alarms = event.walk("VALARM")
    assert len(alarms) == 4, len(alarms)
    hours = sorted(alarm.decoded("TRIGGER").total_seconds() / 3600 for alarm in alarms)
    assert hours == [-159, -63, -15, 9], hours
    assert all(str(alarm["ACTION"]) == "DISPLAY" and alarm["DESCRIPTION"] for alarm in alarms)
assert len(uids) == len(events), "each clock has its own id"
text = calendar.to_ical().decode()
assert "Lindqvist" not in text and "@example.com" not in text
print(len(events), "events")
