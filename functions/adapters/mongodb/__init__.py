"""MongoDB: one class per collection, our types in and out, driver errors translated once.

connection   connect(uri): the database; server_time(database): the one clock that stamps
errors       reaching_mongodb(): driver errors become StoreUnavailable
indexes      every index of every collection, and the retention
documents    contracts to documents and back
predictions  Predictions: logged answers, and the actuals they carry
actuals      Actuals: every actual ever told
rejections   Rejections: requests that were not valid
hours        Hours: which hours of event time changed when
reports      Reports: the latest revision of every report
alerts       Alerts: what somebody is told, and what of it is still to be sent
reviews      Reviews: flagged predictions, and what a person said of each
silences     Silences, and acceptances: Acceptances: what a person said to alerts
report_series  ReportSeries: the last reports of a kind, as alert rules read them
"""
