"""What the commands share, and their bodies that are no room's own.

outcome      exit codes, and errors as one line with a remedy
durations    90, 90s, 5m, 1h
stack        up, down, status, open
localstack   up --cloud localstack
alerts       alerts, silence; accept: accept; review: review
outside      what commands reach outside, and what can go wrong there
people       what a person says
moments      times and windows as people write them
work         train, replay, report, export, redrive, demo
"""
