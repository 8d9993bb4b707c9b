"""Rides to replay and to train on, wherever they come from.

table     RideTable: rides as equally long numpy columns, and one ride as the API's payload
load      load(SOURCE): the one door; says what a SOURCE is
files     TLC files and folders of them: Parquet and CSV, yellow and green
columns   the TLC's column names through the years, and how each becomes a column of a RideTable
archive   the TLC's public files: cached, resumable, checked
errors    what can be wrong with a SOURCE, and what to do about it
"""
