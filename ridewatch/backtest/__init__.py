"""The backtest: months of rides through the real code of functions/, and what would have been told, when.

plan        Plan: schedule, labels, budget, seed
labels      when true durations are told: a distribution of delays, and how many are lost
timetable   which rides are asked, and which told, in each hour
versions    the model versions that answer, trained once
stack       Stack: the functions over stores in memory, event time by simulation
course      one pass of rides through a stack: Raised alerts, in order
cases       the data as they are, and with each fault planted; passes side by side in processes
others      the setups that others have, over the answers of a pass
plain       what fixed thresholds would have said of the same rides: PSI, per-column tests
defaults    what Evidently's default preset would have said
truth       which alert found which fault, how soon, and whether it named it
backtest    all of it, from rides to a result
quarters    quiet quarters: false pages of the watch where nothing is wrong
result      what comes of it, as JSON
markdown    as tables
page        as a page with a time line
"""
