"""Measures of real rides what the simulator knows of them: `python -m ridewatch.simulator.measure SOURCE …`.

geography  a map of the zones, from nothing but the miles between them
mix        how often from where to where, by hour, and how far
speed      minutes by miles, places and hour: a ridge regression
habits     vendors, passengers, payment, dirt, lockdown
writing    the facts as files
"""
