"""Nothing that goes through a queue is lost unnoticed."""

QUEUE = "AWS::SQS::Queue"
FOURTEEN_DAYS = 14 * 24 * 3600
HOUR = 3600


def _dead_letter_queue(queue):
    return queue["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"][0]


def _work_queues(resources):
    return {name: queue for name, queue in resources.of(QUEUE).items() if "RedrivePolicy" in queue}


def _alarm(resources, metric, queue):
    for alarm in resources.of("AWS::CloudWatch::Alarm").values():
        names = [dimension["Value"] for dimension in alarm["Dimensions"]]
        if alarm["MetricName"] == metric and names == [{"Fn::GetAtt": [queue, "QueueName"]}]:
            return alarm
    return None


def test_every_queue_is_a_dead_letter_queue_or_has_one(resources):
    """A message that cannot be stored has a place to end."""
    work = _work_queues(resources)
    assert work
    assert set(resources.of(QUEUE)) == set(work) | {_dead_letter_queue(queue) for queue in work.values()}


def test_every_queue_keeps_its_messages_for_fourteen_days_and_encrypts_them(resources):
    """Fourteen days are SQS's longest."""
    for queue in resources.of(QUEUE).values():
        assert queue["MessageRetentionPeriod"] == FOURTEEN_DAYS
        assert queue["SqsManagedSseEnabled"] is True


def test_an_alarm_tells_of_the_first_dead_letter(resources):
    """Lost data pages somebody at once."""
    for queue in _work_queues(resources).values():
        alarm = _alarm(resources, "ApproximateNumberOfMessagesVisible", _dead_letter_queue(queue))
        assert (alarm["Threshold"], alarm["EvaluationPeriods"]) == (0, 1)


def test_an_alarm_tells_of_messages_that_wait_too_long(resources):
    """A consumer that stands still shows by the age of its oldest message."""
    for name in _work_queues(resources):
        assert _alarm(resources, "ApproximateAgeOfOldestMessage", name)


def test_the_tries_outlast_an_hour_without_the_database(written):
    """MongoDB may be away for an hour and everything recovers unaided."""
    parameters = written["Parameters"]
    assert parameters["VisibilitySeconds"]["Default"] * parameters["MaxReceiveCount"]["Default"] >= HOUR


def test_a_message_is_hidden_for_six_times_as_long_as_its_consumer_may_take(written, functions):
    """AWS's own rule: less, and a batch that is being stored is delivered again."""
    assert written["Parameters"]["VisibilitySeconds"]["Default"] >= 6 * functions["RecordFunction"]["Timeout"]


def test_the_consumer_reports_which_messages_failed(resources):
    """A poison message takes no batch mates with it."""
    (mapping,) = resources.of("AWS::Lambda::EventSourceMapping").values()
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert mapping["EventSourceArn"] == {"Fn::GetAtt": ["EventsQueue", "Arn"]}
