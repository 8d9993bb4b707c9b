"""Trains and pickles the naive Lambda's model: `train.py RIDES.csv MODEL.pkl`, in the environment that loads it."""

import pathlib
import pickle
import sys

import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import TargetEncoder

ZONES = ["pickup_zone", "dropoff_zone"]


def main(rides: str, target: str) -> None:
    """Learn the same inputs by the same kind of model as ours."""
    table = pd.read_csv(rides)
    inputs = make_column_transformer((TargetEncoder(target_type="continuous"), ZONES), remainder="passthrough")
    model = make_pipeline(inputs, HistGradientBoostingRegressor(loss="absolute_error", max_iter=300, random_state=0))
    model.fit(table.drop(columns="minutes"), table["minutes"])
    pathlib.Path(target).write_bytes(pickle.dumps(model))


if __name__ == "__main__":
    main(*sys.argv[1:])
