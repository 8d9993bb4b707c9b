"""localstack/compose.yaml: valid by compose's own schema, and as the house wants its containers."""

import importlib.util
import json
import pathlib
import re

import jsonschema
import pytest
import yaml

from metrics_exporter.settings import Settings

ROOT = pathlib.Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "localstack" / "compose.yaml").read_text())
SERVICES = COMPOSE["services"]
PORTS = [str(port) for service in SERVICES.values() for port in service.get("ports", ())]
DOCKERFILE = (ROOT / "functions" / "metrics_exporter" / "Dockerfile").read_text()


@pytest.fixture(scope="module")
def schema():
    """The Compose Specification's schema, as the locked check-jsonschema carries it."""
    (package,) = importlib.util.find_spec("check_jsonschema").submodule_search_locations
    path = pathlib.Path(package) / "builtin_schemas" / "vendor" / "compose-spec.json"
    return json.loads(path.read_text())


def faults(document, schema):
    """Say what the schema finds wrong."""
    validator = jsonschema.validators.validator_for(schema)
    validator.check_schema(schema)
    return [fault.message for fault in validator(schema).iter_errors(document)]


def test_compose_reads_it(schema):
    assert faults(COMPOSE, schema) == []


def test_the_schema_tells_a_wrong_file(schema):
    """A schema that takes everything would prove nothing."""
    wrong = {**COMPOSE, "services": {"mongo": {**SERVICES["mongo"], "imagge": "mongo:8"}}}
    assert faults(wrong, schema)


def test_ports_are_this_machines_alone():
    """Neither LocalStack nor this MongoDB asks who is there."""
    assert len(PORTS) == len(SERVICES)
    assert all(port.startswith("127.0.0.1:") for port in PORTS)


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_says_whether_it_is_well(name):
    """Others wait for it by its health check."""
    check = SERVICES[name]["healthcheck"]
    assert check["test"][0] == "CMD"
    assert {"interval", "timeout", "retries", "start_period"} <= set(check)


@pytest.mark.parametrize("name", SERVICES)
def test_every_image_has_a_version(name):
    """What `latest` is changes behind one's back: LocalStack's began to want an account."""
    assert re.fullmatch(r"[a-z/-]+:(\$\{[A-Z_]+:-)?(?!latest)[\w.]+\}?", SERVICES[name]["image"])


def test_the_last_free_localstack_is_the_default_and_a_token_is_passed_on():
    """A newer one takes the user's own token; none is written down."""
    localstack = SERVICES["localstack"]
    assert localstack["image"] == "localstack/localstack:${LOCALSTACK_VERSION:-4.14.0}"
    assert localstack["environment"]["LOCALSTACK_AUTH_TOKEN"] is None


def test_functions_reach_mongodb():
    """LocalStack starts them on the network where MongoDB is."""
    network = SERVICES["localstack"]["environment"]["LAMBDA_DOCKER_NETWORK"]
    assert COMPOSE["networks"] == {network: {"name": network}}
    assert all(service["networks"] == [network] for service in SERVICES.values())


@pytest.mark.parametrize("name", SERVICES)
def test_every_volume_is_declared(name):
    """Data outlives a container; nothing of this checkout is written to."""
    volumes = [volume.split(":") for volume in SERVICES[name].get("volumes", ())]
    ours = [volume for volume in volumes if volume[0].startswith("./")]
    assert all(volume[2:] == ["ro"] and (ROOT / "localstack" / volume[0]).is_dir() for volume in ours)
    sources = {volume[0] for volume in volumes if volume not in ours}
    assert sources <= set(COMPOSE["volumes"]) | {"/var/run/docker.sock"}
    assert name == "localstack" or "/var/run/docker.sock" not in sources


@pytest.mark.parametrize("name", ["prometheus", "alertmanager", "grafana"])
def test_what_watches_is_asked_for_and_reads_what_is_generated(name):
    """`up` alone starts none of them; their files are those of the checkout."""
    service = SERVICES[name]
    assert service["profiles"] == ["watch"]
    assert service["cap_drop"] == ["ALL"]
    told = " ".join(service.get("command", ())) + json.dumps(service.get("environment", {}))
    files = re.findall(r"/(?:etc|var/lib)/\w+/[\w/]+\.\w+", told)
    mounted = {volume.split(":")[1]: volume.split(":")[0] for volume in service["volumes"] if volume.endswith(":ro")}
    assert files
    for file in files:
        (folder,) = [inside for inside in mounted if file.startswith(inside)]
        assert (ROOT / "localstack" / mounted[folder] / file.removeprefix(f"{folder}/")).is_file()


def test_grafana_finds_its_source_and_its_dashboards():
    """The datasource is compose's Prometheus, the dashboards lie where Grafana is told to look."""
    provisioned = ROOT / "localstack" / "grafana" / "provisioning"
    (source,) = yaml.safe_load((provisioned / "datasources" / "prometheus.yaml").read_text())["datasources"]
    (provider,) = yaml.safe_load((provisioned / "dashboards" / "ridewatch.yaml").read_text())["providers"]
    assert source["url"] == "http://prometheus:9090"
    assert f"./grafana/dashboards:{provider['options']['path']}:ro" in SERVICES["grafana"]["volumes"]


def test_the_exporter_can_do_nothing_but_its_work():
    """Whoever breaks into it finds nothing to write to and no right to use."""
    exporter = SERVICES["exporter"]
    assert exporter["read_only"] is True
    assert exporter["cap_drop"] == ["ALL"]
    assert exporter["security_opt"] == ["no-new-privileges:true"]
    assert not {"privileged", "cap_add", "user", "tmpfs"} & set(exporter)
    assert re.search(r"^USER 10001:10001$", DOCKERFILE, re.MULTILINE)


def test_the_exporter_knows_what_it_must():
    """What compose does not say, localstack/environment.py does: the settings are complete."""
    written = {"QUEUE_URL": "q", "DLQ_URL": "d", "BUCKET": "b"}
    settings = Settings.of(SERVICES["exporter"]["environment"] | written)
    assert settings.mongodb_uri == "mongodb://mongo:27017/ridewatch"


def test_the_images_health_check_is_composes():
    """One check, said in both places."""
    check = re.search(r"HEALTHCHECK (.*)\\\n\s+CMD (\[.*\])", DOCKERFILE)
    said = SERVICES["exporter"]["healthcheck"]
    assert json.loads(check[2]) == said["test"][1:]
    options = dict(re.findall(r"--([\w-]+)=(\w+)", check[1]))
    assert options == {name.replace("_", "-"): str(value) for name, value in said.items() if name != "test"}
