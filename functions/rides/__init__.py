"""The domain: what a ride means to the model. Values in, values out; no clock, no I/O, no log.

zones      borough(zone): the TLC's zones by borough
columns    COLUMNS: what monitoring is told of a ride's columns
features   features_of(ride): what is known of a ride when it begins
flags      flags_of(ride): what is odd about it
model      load_model(onnx, card), Model.predict: onnxruntime behind one function
answering  answer_rides(rides, model): features, minutes and flags of each
"""
