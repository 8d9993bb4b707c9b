"""What AWS asks for, in US dollars, us-east-1, x86, beyond every free tier; first tier of each price.

Entered on 2026-11-24 from the pages named; the first four lines were compared that day with stored copies and citations
of the pages. Check them before you rely on a sum: a changed price is a changed number here, and nothing else.
"""

from typing import NamedTuple


class Price(NamedTuple):
    """One price and the page that says it."""

    dollars: float
    unit: str
    page: str


LAMBDA_GB_SECOND = Price(0.0000166667, "GB-second", "AWS Lambda Pricing")
LAMBDA_REQUEST = Price(0.20e-6, "request", "AWS Lambda Pricing")
API_REQUEST = Price(3.50e-6, "request", "Amazon API Gateway Pricing, REST APIs")
LOG_GB = Price(0.50, "GB taken in", "Amazon CloudWatch Pricing, Logs")
SQS_REQUEST = Price(0.40e-6, "request of 64 KB", "Amazon SQS Pricing, standard queues")
S3_PUT = Price(5.00e-6, "PUT", "Amazon S3 Pricing, S3 Standard")
S3_GB_MONTH = Price(0.023, "GB and month", "Amazon S3 Pricing, S3 Standard")
METRIC_MONTH = Price(0.30, "metric and month", "Amazon CloudWatch Pricing, metrics")
ALARM_MONTH = Price(0.10, "alarm and month", "Amazon CloudWatch Pricing, alarms")
SECRET_MONTH = Price(0.40, "secret and month", "AWS Secrets Manager Pricing")
M5_XLARGE_HOUR = Price(0.23, "ml.m5.xlarge hour", "Amazon SageMaker AI Pricing, processing")
M5_LARGE_HOUR = Price(0.115, "ml.m5.large hour", "Amazon SageMaker AI Pricing, real-time inference")
