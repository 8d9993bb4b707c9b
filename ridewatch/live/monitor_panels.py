"""Monitor: whether the monitor itself is well, and what it costs."""

from ridewatch.live.panels import THIRD, Panel, lines, number


def _of_an_hour(name: str) -> str:
    return f"sum(increase(ridewatch_{name}_total[1h]))"


PANELS: tuple[Panel, ...] = (
    number("Totals are read", "1 is yes; else all counters stand.", "max(ridewatch_exporter_up)"),
    number("Lag", "Since the totals were read in full.", "min(ridewatch_exporter_lag_seconds)", unit="s"),
    number(
        "Dead letters",
        "Messages that could not be stored.",
        'max(ridewatch_queue_messages{queue="dlq",state="visible"})',
    ),
    number("Spilled batches", "Refused by the queue, waiting in S3.", "max(ridewatch_spilled_batches)"),
    number("Series", "That one scrape brings.", 'max(scrape_samples_scraped{job="ridewatch"})'),
    number(
        "Last hourly report",
        "Since what is in it was read.",
        'time() - max(ridewatch_report_as_of_timestamp_seconds{window="hour"})',
        unit="s",
    ),
    lines(
        "Queue",
        "Events that wait or are being stored, as SQS estimates them.",
        ("max by (queue, state) (ridewatch_queue_messages)", "{{queue}} {{state}}"),
    ),
    lines(
        "Age of the newest document",
        "By kind.",
        ("time() - max by (kind) (ridewatch_newest_timestamp_seconds)", "{{kind}}"),
        unit="s",
    ),
    lines(
        "How long readings take",
        "The last one of each source.",
        ("max by (source) (ridewatch_exporter_read_duration_seconds)", "{{source}}"),
        unit="s",
        width=THIRD,
    ),
    lines(
        "Readings that failed",
        "In five minutes, by source.",
        ("sum by (source) (increase(ridewatch_exporter_read_errors_total[5m]))", "{{source}}"),
        width=THIRD,
    ),
    lines(
        "Probes that failed",
        "In five minutes, by reason.",
        ("sum by (probe, reason) (increase(ridewatch_probe_failures_total[5m]))", "{{probe}} {{reason}}"),
        width=THIRD,
    ),
    lines(
        "What a scrape takes",
        "As Prometheus measures it.",
        ('max by (instance) (scrape_duration_seconds{job="ridewatch"})', "{{instance}}"),
        unit="s",
        width=THIRD,
    ),
    lines(
        "CPU",
        "Of the exporter, in cores.",
        ('sum by (instance) (rate(process_cpu_seconds_total{job="ridewatch"}[$__rate_interval]))', "{{instance}}"),
        width=THIRD,
    ),
    lines(
        "Memory",
        "Of the exporter.",
        ('max by (instance) (process_resident_memory_bytes{job="ridewatch"})', "{{instance}}"),
        unit="bytes",
        width=THIRD,
    ),
    lines(
        "When reports were made",
        "Age of the latest of each kind of window.",
        ("time() - max by (window) (ridewatch_report_generated_timestamp_seconds)", "{{window}}"),
        unit="s",
    ),
    lines(
        "Cold starts",
        "Predictions answered by the first request of a fresh function, of all.",
        (
            f"{_of_an_hour('cold_start_predictions')} / ({_of_an_hour('predictions')} > 0)",
            "share",
        ),
        unit="percentunit",
    ),
)
