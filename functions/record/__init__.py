"""record: from the queue into S3 and MongoDB.

app        handler of the queue's batches: translate in, record, report the messages that failed
redrive    handler of the hourly rule: what was spilled goes back to the queue
settings   the only reader of the environment
messages   message bodies to events, the valid ones of a partly invalid message too
record     S3 first, then MongoDB: each side writes its own, then reads the other's
joining    which actual a prediction carries; values in, values out
stores     the collections, connected and indexed on first use
"""
