"""Training: from rides to a model version that is published.

choice      which rides the API would take, which errors are judged on, which the model learns from and why not the rest
columns     a table's features, as serving would see them
contenders  the model, the linear model of the original course, the naive median
fallback    the fallback's table, and the fallback among the contenders
default_fallback the table that ships: a command
lesson      chosen rides in the shape that models learn from and are judged on
judging     predictions out of sample, and how wrong they are
guard       what is usual of the rides that are learnt from
decisions   who answers the rides of each flag, by errors out of fold
learning    learn(lesson): the model and what stands beside it, and what they would have said out of fold
uncertainty how wrong answers are expected to be, and between which minutes rides take
threads     on_one_thread
grouping    medians of many groups
export      the model as ONNX, held against scikit-learn
reference   the reference's profile, sample and background rows
card        the card of a version
train       train(rides, …): the whole flow, values in, values out
errors      why there is no new model
publishing  publish(trained, …): to S3 and the champion pointer
command     `ridewatch train`
"""
