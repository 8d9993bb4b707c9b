"""URIs of MongoDB Atlas, of DocumentDB and of a plain server give the connection that they ask for."""

import pathlib
import ssl
from dataclasses import dataclass
from types import SimpleNamespace

import certifi
import pymongo.synchronous.srv_resolver
import pytest
from pymongo.read_preferences import Primary

from adapters.errors import AdapterError
from adapters.mongodb.connection import connect

FUNCTIONS = pathlib.Path(__file__).parents[2] / "functions"
ROOMS = ["record", "reports", "drift_report", "metrics_exporter"]
DOCUMENTDB = (
    "mongodb://u:p@docdb.example:27017/?tls=true&replicaSet=rs0&readPreference=secondaryPreferred&retryWrites=false"
)
ATLAS = "mongodb+srv://u:p@cluster0.abcde.mongodb.example/rides?retryWrites=true&w=majority"


@dataclass
class Name:
    """A name as DNS answers it."""

    text: str

    def to_text(self, *, omit_final_dot=False):
        return self.text if omit_final_dot else f"{self.text}."


@dataclass
class Srv:
    """An SRV record."""

    target: Name
    port: int = 27017


@dataclass
class Txt:
    """A TXT record."""

    strings: tuple[bytes, ...]


class Records(list):
    """An answer of DNS."""

    rrset = SimpleNamespace(ttl=60)


@pytest.fixture
def atlas(monkeypatch):
    """Answer DNS as Atlas does: three servers, the replica set and the database of users."""
    shards = [Srv(Name(f"shard-{number}.abcde.mongodb.example")) for number in range(3)]
    text = [Txt((b"authSource=admin&replicaSet=atlas-abc-shard-0",))]
    answers = {"SRV": Records(shards), "TXT": Records(text)}
    monkeypatch.setattr(pymongo.synchronous.srv_resolver, "_resolve", lambda _name, kind, **_: answers[kind])


@pytest.fixture
def options():
    """Give a function from a URI to what the driver makes of it; nothing is sent."""
    clients = []

    def of(uri):
        clients.append(connect(uri).client)
        return clients[-1].options

    yield of
    for client in clients:
        client.close()


@pytest.mark.usefixtures("atlas")
def test_an_atlas_uri_finds_its_servers_by_dns_and_speaks_tls(options):
    made = options(ATLAS)
    assert made.replica_set_name == "atlas-abc-shard-0"
    assert made.pool_options._ssl_context.verify_mode == ssl.CERT_REQUIRED
    assert made.pool_options._ssl_context.check_hostname
    assert made.retry_writes
    assert made.write_concern.document == {"w": "majority", "j": True}


@pytest.mark.usefixtures("atlas")
def test_the_database_of_the_uri_is_taken():
    assert connect(ATLAS).name == "rides"
    assert connect(DOCUMENTDB).name == "ridewatch"


def test_a_documentdb_uri_speaks_tls_to_its_replica_set_without_retryable_writes(options):
    made = options(DOCUMENTDB)
    assert made.replica_set_name == "rs0"
    assert not made.retry_writes
    assert made.pool_options._ssl_context.verify_mode == ssl.CERT_REQUIRED


def test_joins_read_what_was_just_written_whatever_the_uri_prefers(options):
    """AWS's own DocumentDB example reads from replicas: an actual and its prediction could miss each other there."""
    assert options(DOCUMENTDB).read_preference == Primary()


def test_a_certificate_authority_of_ones_own_is_read_from_the_file_that_the_uri_names(options):
    made = options(f"{DOCUMENTDB}&tlsCAFile={certifi.where()}")
    assert made.pool_options._ssl_context.cert_store_stats()["x509_ca"] > 0


def test_a_missing_certificate_file_is_a_store_that_cannot_be_reached_not_a_broken_process():
    with pytest.raises(AdapterError):
        connect(f"{DOCUMENTDB}&tlsCAFile=/not/there.pem")


def test_a_plain_uri_speaks_no_tls(options):
    assert options("mongodb://127.0.0.1:27017/ridewatch").pool_options._ssl_context is None


@pytest.mark.parametrize("room", ROOMS)
def test_whoever_ships_the_driver_ships_what_resolves_srv_names(room):
    """`mongodb+srv` is dnspython's work; the driver imports it only then, so no other test would miss it."""
    assert "\ndnspython==" in (FUNCTIONS / room / "requirements.txt").read_text()
