"""What travels and what is kept: the shared language of every process. Pydantic only.

base       the strict model every contract derives from, ids and UTC times
ride       Ride: what the caller asks about, with the TLC's field names as aliases
events     Prediction, Actual, Rejection and the EventBatch that carries them through the queue
joining    PredictedRide, ToldActual, Label: what brings predictions and actuals together
api        the HTTP requests, answers and errors
model      ModelCard: what is known of a trained model and where its artifacts lie
fallback   FallbackTable: the median minutes of rides alike
guard      GuardStatistics: what is usual of rides, and who answers those that are not
background Background: rides that an explanation compares with
profile    ProfileSpec: what is counted of every column, segment and check
hourly     HourlyProfile: what is kept of an hour; labels as they came
findings   what the statistics say of a window, column by column, segment by segment
error_watch ErrorWatch: what the watch over errors remembers
report     Report: every number that the page and the exporter show of one window
versions   VersionComparison: two model versions on the same rides
numbers    all numbers of a report as rows of one tidy table; measures: what they are; sheet: the table as CSV
report_list ReportList: the line of each report that `GET /reports` answers
window     Window: a half-open span of event time, hourly, daily or chosen
totals     Tally and Totals: exact counts by name and labels, up to a moment of the server's clock
"""
