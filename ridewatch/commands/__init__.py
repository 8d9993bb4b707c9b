"""What the commands share, and their bodies that are no room's own.

outcome      exit codes, and errors as one line with a remedy
stack        up, down, status, open
work         train, replay, report, redrive, demo
"""
