"""The pages: values in, HTML and SVG out. No script, no file from another host.

style      colours and rules, the only place of either
markup     tags with everything escaped
text       numbers, shares and times as a person reads them
values     the same as markup that keeps the exact value
layout     what every page has around it
index      the list; trend: MAE by window
report     one window: summary, columns, performance, quality, one section each
bins       shares of a histogram, and which of them to draw; histogram, bars: drawing them
captions   one sentence to each plot
alerts     alerts, on the list too; review: flagged predictions
problem    when there is no answer
"""
