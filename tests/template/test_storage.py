"""The bucket is private, encrypted and kept; secrets are made by Secrets Manager and nowhere else."""

import re


def test_the_bucket_is_encrypted_and_private(resources):
    """No object is public, whatever an ACL or a policy says."""
    (bucket,) = resources.of("AWS::S3::Bucket").values()
    (rule,) = bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]
    assert rule["ServerSideEncryptionByDefault"]["SSEAlgorithm"] == "AES256"
    assert all(bucket["PublicAccessBlockConfiguration"].values())
    assert len(bucket["PublicAccessBlockConfiguration"]) == 4
    assert bucket["OwnershipControls"]["Rules"] == [{"ObjectOwnership": "BucketOwnerEnforced"}]


def test_the_bucket_is_reached_by_tls_only(resources):
    """A deny wins over every allow."""
    (policy,) = resources.of("AWS::S3::BucketPolicy").values()
    (statement,) = policy["PolicyDocument"]["Statement"]
    assert (statement["Effect"], statement["Principal"], statement["Action"]) == ("Deny", "*", "s3:*")
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert {"Fn::Sub": "${Bucket.Arn}/*"} in statement["Resource"]


def test_the_record_for_ever_outlives_the_stack_and_its_mistakes(resources):
    """The events are kept when the stack is deleted, and thirty days when they are overwritten."""
    (name,) = resources.of("AWS::S3::Bucket")
    assert (resources[name]["DeletionPolicy"], resources[name]["UpdateReplacePolicy"]) == ("Retain", "Retain")
    assert resources[name]["Properties"]["VersioningConfiguration"] == {"Status": "Enabled"}


def test_no_lifecycle_rule_deletes_what_is_current(resources):
    """Events, spilled ones too, are never deleted by age."""
    (bucket,) = resources.of("AWS::S3::Bucket").values()
    assert not [rule for rule in bucket["LifecycleConfiguration"]["Rules"] if "ExpirationInDays" in rule]


def test_every_secret_is_generated(resources):
    """No value of a secret stands in the template; letters and digits alone, for headers and links."""
    for secret in resources.of("AWS::SecretsManager::Secret").values():
        assert "SecretString" not in secret
        assert secret["GenerateSecretString"]["PasswordLength"] >= 40
        assert not re.search("[A-Za-z0-9]", secret["GenerateSecretString"]["ExcludeCharacters"])
        assert len(secret["GenerateSecretString"]["ExcludeCharacters"]) == 32


def test_the_gateway_checks_the_key_that_the_functions_read(resources):
    """One source: the secret."""
    (key,) = resources.of("AWS::ApiGateway::ApiKey").values()
    assert key["Value"] == {"Fn::Sub": "{{resolve:secretsmanager:${ApiKeySecret}}}"}
    reports = resources["ReportsFunction"]["Properties"]["Environment"]["Variables"]
    assert reports["API_KEY_SECRET"] == {"Ref": "ApiKeySecret"}


def test_the_champion_is_not_the_templates(resources):
    """An update of the stack must never put an old model in charge: training alone moves the pointer."""
    assert not resources.of("AWS::SSM::Parameter")
