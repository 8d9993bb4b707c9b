"""What Prometheus, Alertmanager and Grafana are given: generated here, kept in `localstack/`, checked against this.

promql     drift at query time: PSI and total variation from the bins' counters and the reference, in PromQL alone
recording  the recording rules
written    every generated file; `python -m ridewatch.live` writes them
"""
