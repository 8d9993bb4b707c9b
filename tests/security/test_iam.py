import pytest

from tests.security.iam import Call, allows, matches

READ = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::rides/models/*"}
LIST = {"Effect": "Allow", "Action": ["s3:ListBucket"], "Resource": "arn:aws:s3:::rides"}
DENY = {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}
CALL = Call("s3:GetObject", "arn:aws:s3:::rides/models/v1/card.json")


def under(prefix):
    """Give a listing of a prefix."""
    return Call("s3:ListBucket", "arn:aws:s3:::rides", (("s3:prefix", prefix),))


@pytest.mark.parametrize(
    ("statements", "call", "allowed"),
    [
        ([READ], CALL, True),
        ([], CALL, False),
        ([READ], Call("s3:GETOBJECT", CALL.resource), True),
        ([READ], Call("s3:GetObjectAcl", CALL.resource), False),
        ([READ], Call("s3:GetObject", "arn:aws:s3:::rides/spill/1"), False),
        ([READ], Call("s3:GetObject", "arn:aws:s3:::rides/MODELS/1"), False),
        ([READ | {"Action": "s3:Get*"}], CALL, True),
        ([READ | {"Resource": "arn:aws:s3:::rides/models/v?/card.json"}], CALL, True),
        ([READ | {"Resource": "arn:aws:s3:::rides/models/v1.card.json"}], CALL, False),
        ([READ, DENY], CALL, False),
        ([DENY], CALL, False),
    ],
)
def test_a_call_is_allowed_by_a_statement_that_fits_and_none_that_denies(statements, call, allowed):
    """Actions without regard to case, resources with it, wildcards in both; a deny wins."""
    assert allows(statements, call) is allowed


@pytest.mark.parametrize(
    ("operator", "call", "allowed"),
    [
        ("StringLike", under("models/"), True),
        ("StringLike", under("models/v1"), True),
        ("StringLike", under("spill/"), False),
        ("StringLike", Call("s3:ListBucket", "arn:aws:s3:::rides"), False),
        ("StringLikeIfExists", Call("s3:ListBucket", "arn:aws:s3:::rides"), True),
        ("StringLikeIfExists", under("spill/"), False),
        ("StringEquals", under("models/*"), True),
        ("StringEquals", under("models/"), False),
    ],
)
def test_a_condition_holds_by_its_operator(operator, call, allowed):
    """A key that the request has not fails every operator but those of IfExists."""
    assert allows([LIST | {"Condition": {operator: {"s3:prefix": "models/*"}}}], call) is allowed


@pytest.mark.parametrize("change", [{"NotAction": "s3:*"}, {"Condition": {"NumericLessThan": {"a": "1"}}}])
def test_a_rule_that_is_not_known_is_not_guessed(change):
    """It raises: a policy that cannot be judged must not pass."""
    with pytest.raises((ValueError, KeyError)):
        matches(READ | change, CALL)
