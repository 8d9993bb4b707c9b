"""What Prometheus, Alertmanager and Grafana are given: generated here, kept in `localstack/`, checked against this.

promql      drift at query time: PSI and total variation from the bins' counters and the reference, in PromQL alone
recording   the recording rules
objective   what a good answer is, and how fast the budget of the others burns
alerting    the alerting rules, and of_reports those that are made from the rules of reports; alert: one of them
scraping    what Prometheus scrapes
dashboards  Now, Data, Model and Monitor, of now_panels, data_panels, model_panels and monitor_panels
panels      a panel as Grafana reads it
written     every generated file; `python -m ridewatch.live` writes them
"""
