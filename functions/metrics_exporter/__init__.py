"""metrics_exporter."""
