"""Rides that never were, with the habits of those that were.

order      Order: what `simulated:lockdown?start=2019-03-01&rows=20000` asks for
simulate   simulate(order, seed): the whole flow, from an order to a RideTable
facts      what was measured of real rides, read from facts/ (facts/README.md tells their origin)
places     zone pairs and miles: a gravity model of the city
clock      pickup times by hour of the week, and the band of hours a ride belongs to
pace       minutes by miles, places and hour, with the days' and the rides' own luck
luck       what is drawn around the usual, by measured quantiles
labels     vendor, passengers, payment
dirt       what is wrong with real rides, as often as it is
scenarios  a list that grows: what has happened to the world, or to the data
quiet      errors of quarters in which nothing is wrong, though no two days are alike
likeness   how like real rides the simulated ones are
measure/   `python -m ridewatch.simulator.measure SOURCE …` measures the facts anew
"""
