import re
import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ridewatch.simulator.order import Order
from ridewatch.simulator.simulate import simulate
from ridewatch.sources.archive import Archive
from ridewatch.sources.errors import UnavailableSourceError, UnsoundSourceError
from ridewatch.sources.load import load

NAME = "green_tripdata_2021-01.parquet"
SOURCE = "tlc:green/2021-01"


class Shelf:
    """What a server has, how much of it a connection gets, and what was asked of it."""

    def __init__(self, content, *, breaks_after=None, announces=None, ranges=True):
        self.content = content
        self.breaks_after = breaks_after
        self.announces = announces or len(content)
        self.ranges = ranges
        self.version = "one"
        self.asked = []


class Handler(BaseHTTPRequestHandler):
    """Answers HEAD and GET with ranges, and breaks off when the shelf says so."""

    def __init__(self, shelf, *arguments):
        self.shelf = shelf
        super().__init__(*arguments)

    def log_message(self, *_):
        """Say nothing."""

    def do_HEAD(self):
        """Announce the file."""
        self._begin(self.shelf.announces, 0)

    def do_GET(self):
        """Send the file, or the rest of it, or as much as the connection lasts."""
        asked = self.headers.get("Range")
        self.shelf.asked.append(asked)
        start = int(re.fullmatch(r"bytes=(\d+)-", asked)[1]) if asked and self.shelf.ranges else 0
        body = self.shelf.content[start:]
        if self._begin(len(body), start):
            self.wfile.write(body[: self.shelf.breaks_after])

    def _begin(self, length, start):
        there = self.path == f"/trip-data/{NAME}"
        self.send_response((206 if start else 200) if there else 403)
        self.send_header("Content-Length", str(length if there else 0))
        self.send_header("ETag", f'"{self.shelf.version}"')
        self.end_headers()
        return there


@pytest.fixture(scope="module")
def content(tmp_path_factory):
    """Make a green file of some hundred kilobytes."""
    path = tmp_path_factory.mktemp("tlc") / NAME
    rides = simulate(Order(rows=20_000), seed=0)
    columns = {
        "lpep_pickup_datetime": rides.pickup_time,
        "lpep_dropoff_datetime": rides.dropoff_time,
        "PULocationID": rides.pickup_zone,
        "DOLocationID": rides.dropoff_zone,
        "trip_distance": rides.distance,
    }
    pq.write_table(pa.table(columns), path)
    return path.read_bytes()


@pytest.fixture
def serve(tmp_path):
    """Start servers of a shelf; give an archive over each, with one cache for all."""
    servers = []

    def start(shelf, **more):
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, shelf))
        servers.append(server)
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        return Archive(url=f"http://127.0.0.1:{server.server_port}/trip-data", cache=tmp_path, **more)

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


class TestDownload:
    """The TLC's file arrives whole, once."""

    def test_is_downloaded_once_and_then_read_from_the_cache(self, content, serve):
        """The second load asks nothing of the server."""
        shelf = Shelf(content)
        archive = serve(shelf)
        assert len(load(SOURCE, archive=archive)) == 20_000
        assert len(load(SOURCE, archive=archive)) == 20_000
        assert shelf.asked == [None]

    def test_nothing_but_the_file_is_left(self, content, serve, tmp_path):
        """No part stays behind."""
        serve(Shelf(content)).fetch(SOURCE)
        assert [path.name for path in tmp_path.iterdir()] == [NAME]

    def test_progress_is_told(self, content, serve):
        """Bytes here, bytes in all; the last call has everything."""
        told = []
        serve(Shelf(content), progress=lambda *numbers: told.append(numbers)).fetch(SOURCE)
        assert len(told) > 2
        assert told[-1] == (len(content), len(content))

    def test_a_broken_connection_is_resumed_within_the_call(self, content, serve):
        """Each attempt asks for what is missing, and the bytes are right."""
        shelf = Shelf(content, breaks_after=len(content) // 2)
        path = serve(shelf).fetch(SOURCE)
        assert path.read_bytes() == content
        first, second = shelf.asked[:2]
        assert first is None
        assert int(second.removeprefix("bytes=").removesuffix("-")) > 0

    def test_what_came_before_giving_up_is_kept_for_the_next_run(self, content, serve):
        """A later run continues the part, and the error said so."""
        with pytest.raises(UnavailableSourceError, match="Run again to resume"):
            serve(Shelf(content, breaks_after=len(content) // 5)).fetch(SOURCE)
        shelf = Shelf(content)
        assert serve(shelf).fetch(SOURCE).read_bytes() == content
        assert shelf.asked[0].startswith("bytes=")

    def test_a_part_is_not_continued_with_another_version(self, content, serve):
        """The server's file changed in between: begin anew."""
        with pytest.raises(UnavailableSourceError):
            serve(Shelf(content, breaks_after=len(content) // 5)).fetch(SOURCE)
        shelf = Shelf(content)
        shelf.version = "two"
        assert serve(shelf).fetch(SOURCE).read_bytes() == content
        assert shelf.asked == [None]

    def test_a_server_without_ranges_sends_all_again(self, content, serve):
        """A 200 where a 206 was hoped for is the whole file."""
        with pytest.raises(UnavailableSourceError):
            serve(Shelf(content, breaks_after=len(content) // 5, ranges=False)).fetch(SOURCE)
        assert serve(Shelf(content, ranges=False)).fetch(SOURCE).read_bytes() == content


class TestRefusals:
    """What is not a whole file of rides does not enter the cache."""

    def test_a_size_that_was_not_announced(self, content, serve, tmp_path):
        """The part is removed, for it would never become whole."""
        with pytest.raises(UnsoundSourceError, match="were announced"):
            serve(Shelf(content, announces=len(content) + 1)).fetch(SOURCE)
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("body", [b"<html>Please log in</html>", b"PAR1...PAR1"])
    def test_something_else_than_parquet(self, serve, tmp_path, body):
        """A proxy's page is not a file of rides."""
        with pytest.raises(UnsoundSourceError, match="cannot be read"):
            serve(Shelf(body)).fetch(SOURCE)
        assert list(tmp_path.iterdir()) == []

    def test_parquet_without_rides(self, serve, tmp_path):
        """The schema is checked before the file is kept."""
        pq.write_table(pa.table({"a": [1]}), tmp_path / "other")
        body = (tmp_path / "other").read_bytes()
        with pytest.raises(UnsoundSourceError, match="lacks pulocationid"):
            serve(Shelf(body)).fetch(SOURCE)
        assert [path.name for path in tmp_path.iterdir()] == ["other"]

    def test_a_month_that_is_not_published(self, content, serve):
        """The TLC's host says 403 for what it has not."""
        with pytest.raises(UnavailableSourceError, match="not published"):
            serve(Shelf(content)).fetch("tlc:green/2031-01")

    def test_offline(self, tmp_path, unused_port):
        """The error says what else would do."""
        archive = Archive(url=f"http://127.0.0.1:{unused_port}", cache=tmp_path)
        with pytest.raises(UnavailableSourceError, match=r"(?s)offline.*by hand.*simulated"):
            archive.fetch(SOURCE)


@pytest.fixture
def unused_port():
    """Find a port that nobody listens on."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.server_close()
    return server.server_port


def test_the_cache_is_the_users(monkeypatch, tmp_path):
    """XDG_CACHE_HOME when it is set, else ~/.cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert Archive().cache == tmp_path / "ridewatch"
    monkeypatch.delenv("XDG_CACHE_HOME")
    assert Archive().cache == Path.home() / ".cache" / "ridewatch"
