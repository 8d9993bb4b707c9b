"""drift_report."""
