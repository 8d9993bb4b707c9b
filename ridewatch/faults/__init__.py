"""Faults to plant, so that it can be measured, and shown, which monitor notices them.

planted.toml  the twelve faults: what each does, from when, to how many rides, and who should notice
fault         Fault, faults(): the file, read
changes       what the faults do to rides, by name
answers       by how many minutes they shift answers
planting      planted(rides, fault, seed), answered(minutes, rides, fault): values in, values out
pointer       the one fault that is a stack's: the champion pointer set back
replayed      a fault shown to a live stack
"""
