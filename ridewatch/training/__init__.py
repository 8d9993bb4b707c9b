"""Training: from rides to a model version that is published.

choice      which rides the API would take, which of them the model learns from, and why not the others
columns     a table's features, as serving would see them
contenders  the model, the linear model of the original course, the naive median
judging     predictions out of sample, and how wrong they are
export      the model as ONNX, held against scikit-learn
reference   the reference's profile, sample and background rows
train       train(rides, …): the whole flow, values in, values out
publishing  publish(trained, …): to S3 and the champion pointer
command     `ridewatch train`
"""
