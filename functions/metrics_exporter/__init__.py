"""metrics_exporter: numbers for Prometheus, served from memory.

app        the process: put together, listen, refresh until told to stop
settings   the only reader of the environment
ledger     which spans of server time are settled, and which are read again; values in, values out
counting   reads what the ledger asks for, settles it, keeps it
reporting  the latest report of every model version and kind of window
binning    counts the bins of every column, of each model version by its own spec
known      what is watched of each version, from S3
bins       what was counted of them; bin_names, bin_series: how they are called; bin_page: their part of the page
probing    asks the service itself, as a caller would
source     something that is read again and again, and may be away
view       the sources: everything that a scrape shows
catalogue  every metric, from count_metrics (by count_samples), report_metrics (by report_gauges),
           health_metrics, alert_metrics, probe_metrics, function_metrics and bin_metrics
collector  the catalogue as a prometheus_client collector
server     /metrics and /healthz
healthy    whether a container's exporter answers, for the engine
describe   docs/metrics.md, made from the catalogue
"""
