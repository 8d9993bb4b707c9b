"""The statistics: values in, values out; they know columns by the spec they are handed, never a field of a ride.

values       what a column holds as numbers or as labels, and what is neither
spec         make_spec(declared, reference): edges and categories, once, at training
profile      profile_of(spec, columns), add, subtract: exact counts by bin that merge by addition
layout       what each bin of a column is: its label, below, above, missing, unseen
grouping     bins merged until there is enough in each to score
drift        PSI (observed, corrected, lower bound, p-value), Jensen-Shannon, total variation, Wasserstein
clustered    PSI of samples whose rows come in days
multiplicity p-values of all columns of a report, adjusted (Benjamini-Yekutieli)
effect       what a feature's drift does to the predictions
design       days as clusters: how alike their rows are, and how many independent rows they are worth
intervals    95 % intervals of means, roots, ratios, shares, quantiles and differences
classifier   whether the rows of a window can be told from the reference's, and by which columns
encoding     rows as inputs of a linear model
logistic     its regression
auc          the area under a ROC curve, weighted, with its variance
volume       rows beside those of the same hours in earlier weeks
reading      one number of a report as a rule looks at it; readings, column_readings: all of them, by measure
alerting     what the alert rules find in the last windows; transitions: what of it is new, goes on, or is over
quantiles    of the normal and of Student's distribution
moments      mean, deviation and Wasserstein distance of a number's column from its sums
verdicts     whether a column can be judged, and why not
histograms   now beside the reference, in few bins
columns      column_reports(now, whole weeks, reference): every column of a window judged
contrasts    segments against all other rows: where a measure has changed otherwise than in the rest
performance  errors of labelled rows, exactly, from the profile of an error column
sentences    what a person should know first
"""
