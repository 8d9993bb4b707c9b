"""Every metric there is: the one list that the collector, the documentation and the tests stand on."""

from metrics_exporter.alert_metrics import ALERTS
from metrics_exporter.bin_metrics import BINNED
from metrics_exporter.count_metrics import COUNTS
from metrics_exporter.function_metrics import FUNCTIONS
from metrics_exporter.health_metrics import HEALTH
from metrics_exporter.probe_metrics import PROBES
from metrics_exporter.report_metrics import REPORTS

COLLECTED = (*COUNTS, *REPORTS, *ALERTS, *PROBES, *FUNCTIONS, *HEALTH)
"""What prometheus_client writes at each scrape."""
CATALOGUE = (*COLLECTED, *BINNED)
