"""The scheduled report: every due window of every model version, numbers first, then Evidently's page.

app          the handler: an order in, the reports that were made out
orders       what is asked: the due windows of some kinds, or one span
windows      hours, local days and whole weeks
due          which windows are due, oldest first
settings     the one door to the environment
parts        what the process works with
reference    the reference of a model version: profile, sample, judged durations
rows         documents of the window as columns
sample       a bounded uniform sample, the same whatever the order
gathered     profile, volume and sample of a window, in one pass
run          what is asked becomes subjects, each subject a report
rivals       other versions that answered before: the best says what is tolerated, a later and better one should answer
report       one report: gathered, judged, drawn, stored
failed       the report that says why there is none
frame        columns as data frames that Evidently can bear
drawing      Evidently's HTML and JSON
alerts       the rules' verdicts after each report, kept with what is to be sent; alert_parts: their stores and channels
sending      claimed, sent, marked; notices: what a person reads
"""
