"""Errors in the order in which actuals arrive, with a bound on false alarms."""
