"""reports: the page where a person reads what the windows say, and the same as JSON.

app        routes: the list, one report, the way to Evidently's file, all numbers as a table
settings   the only reader of the environment
parts      what the process works with, made once, on first use
signing    links and sessions that expire, by HMAC; pure, so that `ridewatch open` signs too
access     who may read: the API key, a signed link, a session
listing    a page of the list, and where the next one begins; sheets: a page of the table of numbers
alerts     the list of alerts; review: a page of flagged predictions
answers    HTTP answers: HTML, JSON or CSV, their headers, errors in one shape
page       values in, HTML and SVG out
"""
