"""The process that answers rides and takes actuals.

app        the handler: routes, the clock, HTTP errors
parts      the collaborators, made once on first use
settings   the only reader of the environment
order      a request body, read: what is asked, each item judged by itself
judging    what is wrong with an item, field by field, with the remedy
query      what a caller asks for in the query
predict    POST /predict: rides to answers and events
predictions rides to the events that tell what was answered
actuals    POST /actuals: actuals to receipts and events
outcome    answers, errors in their place and events, put together
champion   the model in charge: follows the pointer, keeps the last good one
telling    events, logs and metrics of one call; it never fails the call
problems   what a caller did wrong or we cannot do, and its HTTP status
"""
