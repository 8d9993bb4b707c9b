"""The stores of the functions, in memory: what a backtest runs on, and most tests.

database    MemoryDatabase: the collections, their indexes, the clock
documents   values as MongoDB gives them back
the others  a store each, of the name that its adapter in functions/adapters/mongodb has; one class of contract tests
            holds both to the same
"""
