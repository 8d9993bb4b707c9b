"""Numbers, tests and intervals that know nothing of rides, windows or reports."""
