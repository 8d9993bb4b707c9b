"""SVG, drawn from values: measured in per cent across, so that nothing is stretched and no script is needed.

scale      from values to places, and round numbers to name
marks      dot, reach, tick, band: what every plot is made of
key        what the marks mean
strip      one estimate with its interval beside the reference, on a line
dots       many of them under one another, with an axis
trend      MAE by window
bins       shares of a histogram, and which of them to draw; histogram, bars: drawing them
gauge      one share or weight as a bar
"""
