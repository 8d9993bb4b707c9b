"""The domain: what a ride means to the model. Values in, values out; no clock, no I/O, no log.

zones      borough(zone): the TLC's zones by borough
columns    COLUMNS: what monitoring is told of a ride's columns
features   features_of(ride): what is known of a ride when it begins
flags      FLAGS: every flag and its meaning; flags_of(features): what is odd whatever was learnt from
guard      Guard(statistics): what is odd against the rides that were learnt from, and who answers then
fallback   Fallback(table).minutes(features): the median of rides alike; default_fallback() ships with the code
model      load_model(onnx, card), Model.minutes
uncertainty how wrong an answer is expected to be, and between which minutes the ride will take
runtime    onnxruntime behind one function
chosen      is_explained(prediction_id): one in fifty is, whoever asks
explanation how many minutes of an answer each group of features brought
expert     Expert: the model, its doubts and reasons
answerer   Answerer: what a model version answers with: expert, fallback, guard
answering  answer_rides(rides, answerer): what is said of each, and by whom
alert_rules RULES: what somebody is told of
"""
