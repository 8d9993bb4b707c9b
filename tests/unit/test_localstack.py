"""What `up --cloud localstack` decides without a LocalStack: addresses, parameters, errors with a remedy."""

import json
import os

import boto3
import pytest
from moto import mock_aws
from typer.testing import CliRunner

from ridewatch.cli import app
from ridewatch.embedded import aws, ports, state
from ridewatch.embedded.errors import DeployFailed, NotAnswering, NotBuilt
from ridewatch.embedded.home import Home
from ridewatch.embedded.state import Stack
from ridewatch.localstack import built, deployed, endpoint, leaving, parts, sam
from ridewatch.localstack.deployed import Wish
from ridewatch.localstack.site import Site

SITE = Site("http://127.0.0.1:1", "shop")


def stack(**more):
    """A stack on LocalStack."""
    names = ("api_url", "api_key", "mongodb_uri", "bucket", "queue_url", "dlq_url", "metrics_url", "champion_parameter")
    told = dict.fromkeys(names, "x") | {"functions": {}, "secrets": {}, "processes": {}, "cloud": "localstack"}
    return Stack(endpoint_url=SITE.endpoint_url, **(told | more))


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home of its own."""
    monkeypatch.setenv("RIDEWATCH_HOME", str(tmp_path))
    return Home(tmp_path)


class TestEndpoint:
    """Where LocalStack is looked for."""

    @pytest.mark.parametrize(
        ("given", "environment", "found"),
        [
            ("http://here:1/", "http://there:2", "http://here:1"),
            (None, "http://there:2", "http://there:2"),
            (None, "", endpoint.USUAL),
        ],
    )
    def test_what_is_given_comes_before_the_environment_and_that_before_the_usual(
        self, monkeypatch, given, environment, found
    ):
        monkeypatch.setenv("AWS_ENDPOINT_URL", environment)
        monkeypatch.setattr(endpoint, "localstack_answers", lambda _: True)
        assert endpoint.find(given) == found

    def test_where_nothing_answers_the_remedy_is_told(self, monkeypatch):
        monkeypatch.setattr(endpoint, "localstack_answers", lambda _: False)
        with pytest.raises(NotAnswering, match=r"http://here:1: start one .* --endpoint URL"):
            endpoint.find("http://here:1")


class TestBuilt:
    """What is deployed must have been built."""

    def test_what_was_not_built_is_built_by_make(self, tmp_path):
        with pytest.raises(NotBuilt, match="make build"):
            built.template(tmp_path / "template.yaml")

    def test_a_source_that_is_newer_than_the_build_is_named(self, tmp_path):
        source, template = tmp_path / "functions" / "record" / "app.py", tmp_path / "template.yaml"
        source.parent.mkdir(parents=True)
        for path in (source, template, tmp_path / "built.yaml"):
            path.touch()
            os.utime(path, (1000, 1000))
        assert built.changed_since(tmp_path / "built.yaml", tmp_path) is None
        os.utime(source, (1001, 1001))
        assert str(built.changed_since(tmp_path / "built.yaml", tmp_path)) == "functions/record/app.py"

    def test_localstack_is_given_no_alias_and_everything_else(self, tmp_path):
        template = tmp_path / "template.yaml"
        template.write_text((built.CHECKOUT / "template.yaml").read_text())
        written = json.loads(built.without_aliases(template).read_text())
        function = written["Resources"]["PredictFunction"]["Properties"]
        assert not function.keys() & set(built.OF_THE_ALIAS)
        assert {"Handler", "Role", "Events", "Environment"} <= function.keys()
        assert {"Parameters", "Mappings", "Conditions", "Globals", "Transform", "Outputs"} <= written.keys()


class TestSam:
    """How the SAM CLI is told."""

    @pytest.mark.parametrize(
        ("value", "written"),
        [
            ("rate(1 minute)", 'Schedule="rate(1 minute)"'),
            ('say "a b"', 'Schedule="say \\"a b\\""'),
            ("back\\slash", 'Schedule="back\\\\slash"'),
            ("", 'Schedule=""'),
        ],
    )
    def test_a_value_is_quoted_for_a_bare_one_ends_at_its_first_space(self, value, written):
        assert sam.override("Schedule", value) == written

    def test_nothing_is_asked_and_no_bucket_of_others_is_used(self):
        words = sam.command(sam.Deployment("shop", built.TEMPLATE, "http://x", "shop-code", {"A": "1"}), "sam")
        assert words[words.index("--s3-bucket") + 1] == "shop-code"
        assert "--no-confirm-changeset" in words
        assert "--resolve-s3" not in words
        assert words[-1] == 'A="1"'

    def test_a_deployment_that_fails_shows_the_end_of_its_log(self, home, monkeypatch):
        home.prepare()
        monkeypatch.setattr(sam, "program", lambda: "/bin/false")
        with pytest.raises(DeployFailed, match=r"deploy\.log"):
            sam.deploy(sam.Deployment("shop", built.TEMPLATE, "http://x", "shop-code", {}), home, lambda: False)

    @pytest.mark.timeout(20)
    def test_sam_is_not_waited_for_when_localstack_has_given_up(self, home, monkeypatch, tmp_path):
        home.prepare()
        waits_for_ever = tmp_path / "sam"
        waits_for_ever.write_text("#!/bin/sh\nexec sleep 60\n")
        waits_for_ever.chmod(0o700)
        monkeypatch.setattr(sam, "program", lambda: str(waits_for_ever))
        monkeypatch.setattr(sam, "STEP", 0.1)
        with pytest.raises(DeployFailed):
            sam.deploy(sam.Deployment("shop", built.TEMPLATE, "http://x", "shop-code", {}), home, lambda: True)


class TestParts:
    """MongoDB for containers."""

    def test_a_database_of_the_user_is_taken_as_it_is(self, home, monkeypatch):
        monkeypatch.setenv("MONGODB_URI", "mongodb://mine")
        assert parts.database(home, None) == parts.Served("mongodb://mine")

    def test_without_a_bridge_the_remedy_is_a_database_of_the_user(self, home, monkeypatch):
        monkeypatch.delenv("MONGODB_URI", raising=False)
        monkeypatch.setattr(ports, "is_ours", lambda _: False)
        with pytest.raises(NotAnswering, match="set MONGODB_URI"):
            parts.database(home, None)

    def test_a_database_that_died_is_started_where_it_was(self, home, monkeypatch):
        monkeypatch.delenv("MONGODB_URI", raising=False)
        monkeypatch.setattr(parts, "_start_database", lambda _, port: port)
        dead = {"mongodb": state.Part(2**22, 1.0)}
        assert parts.database(home, stack(processes=dead, mongodb_uri="mongodb://172.17.0.1:27033/x")) == 27033


@mock_aws
class TestDeployed:
    """What is there before the stack."""

    def test_the_functions_are_told_their_own_address_of_mongodb(self, home, monkeypatch, aws_clients):
        told, template = [], home.folder / "template.yaml"
        template.write_text(EMPTY)
        monkeypatch.setattr(sam, "deploy", lambda deployment, *_: told.append(deployment))
        aws_clients("cloudformation").create_stack(StackName="shop", TemplateBody=EMPTY)
        for there in ("mongodb://mongo", "mongodb://moved"):
            deployed.deploy_to(Wish(SITE, template, {"MinRows": "3"}, there), "mongodb://127.0.0.1", home)
            assert aws_clients("secretsmanager").get_secret_value(SecretId="shop/mongodb")["SecretString"] == there
        assert (told[0].parameters["MongoSecretName"], told[0].parameters["MinRows"]) == ("shop/mongodb", "3")

    def test_a_parameter_that_the_template_has_not_is_refused_before_anything_is_made(self, home, aws_clients):
        with pytest.raises(DeployFailed, match="Nope"):
            deployed.deploy_to(Wish(SITE, built.TEMPLATE, {"Nope": "1"}), "mongodb://x", home)
        assert aws_clients("secretsmanager").list_secrets()["SecretList"] == []

    def test_leaving_deletes_what_no_stack_knows_and_nothing_of_others(self, monkeypatch, aws_clients):
        """Nor does a log stay that a call's last lines bring back, nor a container of a function that was starting."""
        monkeypatch.setattr(leaving, "localstack_answers", lambda _: True)
        monkeypatch.setattr(leaving, "QUIET", 0.05)
        said, ids = [], iter([["1a", "2b"]])
        monkeypatch.setattr(leaving.shutil, "which", lambda _: "docker")
        monkeypatch.setattr(leaving, "_told", lambda words: said.append(words) or next(ids, []))
        late = iter(["/aws/lambda/shop-late"])
        write = aws_clients("logs").create_log_group
        monkeypatch.setattr(leaving.time, "sleep", lambda _: [write(logGroupName=name) for name in late])
        for name in ("shop", "other"):
            _furnish(aws_clients, Site(SITE.endpoint_url, name))
        leaving.leave(SITE)
        assert said[:2] == [
            ["docker", "ps", "-aq", "--filter", "name=-lambda-shop-[a-z]+function-"],
            ["docker", "rm", "--force", "1a", "2b"],
        ]
        leaving.leave(SITE)
        assert [one["Name"] for one in aws_clients("s3").list_buckets()["Buckets"]] == ["other-code"]
        assert [one["Name"] for one in aws_clients("secretsmanager").list_secrets()["SecretList"]] == ["other/mongodb"]
        assert [one["Name"] for one in aws_clients("ssm").describe_parameters()["Parameters"]] == ["/other/champion"]
        groups = [one["logGroupName"] for one in aws_clients("logs").describe_log_groups()["logGroups"]]
        assert groups == ["/aws/lambda/other-Predict", "/aws/lambda/other/predict"]


EMPTY = '{"Resources": {"Queue": {"Type": "AWS::SQS::Queue"}}, "Outputs": {"A": {"Value": "1"}}}'


@pytest.fixture
def aws_clients(monkeypatch):
    """Clients of moto in the place of LocalStack's."""
    with mock_aws():
        monkeypatch.setattr(aws, "client", lambda _, service: boto3.client(service, region_name=aws.REGION))
        yield lambda service: boto3.client(service, region_name=aws.REGION)


def _furnish(client, site):
    """Put there what `up` and its stack put."""
    s3 = client("s3")
    s3.create_bucket(Bucket=site.code_bucket)
    s3.put_bucket_versioning(Bucket=site.code_bucket, VersioningConfiguration={"Status": "Enabled"})
    for body in (b"1", b"2"):
        s3.put_object(Bucket=site.code_bucket, Key="code", Body=body)
    s3.delete_object(Bucket=site.code_bucket, Key="code")
    client("secretsmanager").create_secret(Name=site.secret, SecretString="x")
    client("ssm").put_parameter(Name=site.champion, Value="x", Type="String")
    for group in (f"/aws/lambda/{site.name}/predict", f"/aws/lambda/{site.name}-Predict"):
        client("logs").create_log_group(logGroupName=group)


class TestCommands:
    """What a person is told."""

    @pytest.fixture(autouse=True)
    def _no_localstack(self, monkeypatch):
        for module in (endpoint, leaving):
            monkeypatch.setattr(module, "localstack_answers", lambda _: False)

    def test_no_stack_comes_beside_one_of_another_cloud(self, home):
        state.write(stack(), home)
        done = CliRunner().invoke(app, ["up", "--detach"])
        assert done.exit_code == 1
        assert "another cloud (localstack)" in done.output

    def test_down_forgets_a_stack_whose_localstack_has_ended(self, home):
        state.write(stack(), home)
        done = CliRunner().invoke(app, ["down"])
        assert (done.exit_code, done.output) == (0, "down\n")
        assert state.read(home) is None

    @pytest.mark.usefixtures("home")
    def test_a_localstack_that_does_not_answer_is_one_line(self):
        done = CliRunner().invoke(app, ["up", "--cloud", "localstack", "--endpoint", "http://127.0.0.1:1"])
        assert done.exit_code == 1
        assert done.output.startswith("ridewatch: no LocalStack answers at http://127.0.0.1:1")
        assert done.output.count("\n") == 1
