import threading

import pytest

from metrics_exporter.healthy import is_healthy
from metrics_exporter.server import listening
from tests.exporter_process import free_port
from tests.views import watching


@pytest.fixture
def port():
    """A port where an exporter answers."""
    server = listening(watching().page, "127.0.0.1", 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def test_healthy_while_it_answers(port):
    """The engine asks inside the container, on the container's port."""
    assert is_healthy({"LISTEN_PORT": str(port)})


def test_unhealthy_where_nobody_answers():
    """An exporter that hangs or has gone is started again."""
    assert not is_healthy({"LISTEN_PORT": str(free_port())})
