"""The embedded stack starts, survives whatever is done to it, and leaves nothing behind."""

import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from ridewatch.embedded import control, processes, state
from ridewatch.embedded.errors import DeployFailed
from ridewatch.embedded.home import Home
from ridewatch.embedded.ports import LOOPBACK

CLI = pathlib.Path(sys.executable).with_name("ridewatch")


@pytest.fixture
def home(tmp_path):
    """Give a home of its own, which is empty of processes afterwards."""
    place = Home(tmp_path / "home")
    place.folder.mkdir()
    yield place
    processes.end_all(place)


def _cli(home, *words):
    return subprocess.run(  # noqa: S603 - our own command
        [CLI, *words],
        env=os.environ | {"RIDEWATCH_HOME": str(home.folder)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def _get(url, method="GET"):
    request = urllib.request.Request(url, method=method)  # noqa: S310 - our own address
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - the same
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def _await(condition, seconds=15):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _parts_alone(home, stack):
    """Tell whether every process is a part of this stack, or a Lambda worker of its AWS."""
    parts = {part.pid for part in stack.processes.values()}
    return all(one.pid in parts or one.ppid() == stack.processes["aws"].pid for one in processes.ours(home))


def _kill(pid):
    os.kill(pid, signal.SIGKILL)
    _await(lambda: not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)


def test_up_status_down_as_a_person_calls_them(home):
    """Everything answers where status says, and nothing is left when it is down."""
    assert _cli(home, "up", "--detach").returncode == 0
    told = json.loads(_cli(home, "status", "--json").stdout)
    addresses = ("api_url", "api_key", "mongodb_uri", "bucket", "queue_url", "dlq_url")
    assert all(told[name] for name in (*addresses, "reports_url", "metrics_url", "endpoint_url"))
    assert (told["parts"]["aws"], told["parts"]["mongodb"], told["parts"]["metrics"]) == (True, True, True)
    assert _get(told["metrics_url"])[0] == 200
    _assert_prometheus_watches(told)
    assert _cli(home, "up", "--detach").stdout.startswith("already up")
    assert _cli(home, "down").stdout == "down\n"
    assert processes.ours(home) == []
    assert not home.temporary.exists()
    assert not home.database.exists()


def _assert_prometheus_watches(told):
    """It is there where the machine has one, scrapes this stack's exporter, and knows the rules."""
    if not shutil.which("prometheus"):
        assert told["prometheus_url"] is None
        return
    api = f"{told['prometheus_url']}/api/v1"
    _await(lambda: b'"value"' in _get(f"{api}/query?query=ridewatch_exporter_up")[1])
    rules = json.loads(_get(f"{api}/rules")[1])["data"]["groups"]
    assert {rule["name"] for group in rules for rule in group["rules"]} >= {"ridewatch:psi:1h"}
    assert told["parts"]["prometheus"] is True


def test_without_a_stack_a_script_learns_it_by_the_exit_code(home):
    """3 means not running; the remedy is one line; down is content."""
    told = _cli(home, "status")
    assert (told.returncode, told.stderr.count("\n")) == (3, 1)
    assert "ridewatch up" in told.stderr
    assert _cli(home, "redrive").returncode == 3
    assert _cli(home, "down").returncode == 0


def test_the_gateway_answers_in_our_shape(home):
    """A missing key and a missing route are told as every other error."""
    stack, _ = control.up(where=home)
    for route, method, status, code in (("/predict", "POST", 403, "forbidden"), ("/nope", "GET", 404, "not_found")):
        answered, body = _get(stack.api_url + route, method)
        assert (answered, json.loads(body)["error"]["code"]) == (status, code)


def test_a_lambda_worker_ends_with_its_stack(home):
    """A function was called, so MiniStack has a child; down ends it too."""
    stack, _ = control.up(where=home)
    assert _get(stack.reports_url)[0] == 401
    workers = [one for one in processes.ours(home) if "_worker.py" in " ".join(one.cmdline())]
    assert workers
    control.down(home)
    assert not any(worker.is_running() for worker in workers)


def test_it_takes_other_ports_when_the_usual_ones_are_taken(home):
    """Whoever listens on 4566 is not disturbed."""
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            other.bind((LOOPBACK, 4566))
            other.listen()
        except OSError:
            pytest.skip("port 4566 is taken already, so every test here shows it")
        stack, _ = control.up(where=home)
    assert ":4566" not in stack.endpoint_url


@pytest.mark.parametrize("part", ["aws", "mongodb", "exporter"])
def test_up_starts_anew_when_a_part_was_killed(home, part):
    """A stack with a dead part is ended and replaced; nothing of the old one lives on."""
    old, _ = control.up(where=home)
    _kill(old.processes[part].pid)
    new, is_new = control.up(where=home)
    assert is_new
    assert new.processes[part].is_alive
    assert not [name for name, one in old.processes.items() if one.is_alive]
    assert _parts_alone(home, new)


def test_up_heals_what_a_killed_up_left(home):
    """`up` killed half-way has processes and no state: the next one ends them and starts."""
    with subprocess.Popen(  # noqa: S603 - our own command
        [CLI, "up", "--detach"], env=os.environ | {"RIDEWATCH_HOME": str(home.folder)}, stdout=subprocess.DEVNULL
    ) as half:
        _await(lambda: processes.ours(home))
        half.kill()
    orphans = processes.ours(home)
    assert orphans
    assert state.read(home) is None
    _, is_new = control.up(where=home)
    assert is_new
    assert not any(orphan.is_running() for orphan in orphans)


def test_ctrl_c_ends_what_a_foreground_up_started(home):
    """The stack goes with its command."""
    with subprocess.Popen(  # noqa: S603 - our own command
        [CLI, "up"], env=os.environ | {"RIDEWATCH_HOME": str(home.folder)}, stdout=subprocess.DEVNULL
    ) as command:
        _await(lambda: state.running(home))
        command.send_signal(signal.SIGINT)
        assert command.wait(20) == 130
    assert processes.ours(home) == []


def test_two_ups_at_once_start_one_stack(home):
    """The second waits for the first and finds it running."""
    environment = os.environ | {"RIDEWATCH_HOME": str(home.folder)}
    both = [
        subprocess.Popen([CLI, "up", "--detach"], env=environment, stdout=subprocess.PIPE, text=True)  # noqa: S603
        for _ in range(2)
    ]
    told = sorted(one.communicate(timeout=60)[0].splitlines()[0] for one in both)
    assert told[0] == "already up"
    assert _parts_alone(home, state.running(home))


def test_a_state_whose_pid_is_another_process_by_now_is_not_believed(home):
    """A reused pid is neither taken for the stack nor ended."""
    with subprocess.Popen(["/bin/sleep", "60"]) as stranger:
        born = psutil.Process(stranger.pid).create_time()
        _await(lambda: _born_now() > born)  # the kernel tells a start to a hundredth of a second, by a clock of its own
        stack, _ = control.up(where=home)
        parts = {name: state.Part(stranger.pid, part.started) for name, part in stack.processes.items()}
        assert not any(part.is_alive for part in parts.values())
        control.down(home)
        assert stranger.poll() is None
        stranger.kill()


def _born_now():
    with subprocess.Popen(["/bin/sleep", "0.02"]) as probe:
        return psutil.Process(probe.pid).create_time()


def test_a_parameter_that_the_template_has_not_is_refused_and_nothing_stays(home):
    """What fails says why and cleans up after itself."""
    with pytest.raises(DeployFailed, match="Nope"):
        control.up({"Nope": "1"}, where=home)
    assert processes.ours(home) == []
    assert state.read(home) is None


def test_stacks_that_start_at_once_are_stacks_of_their_own(tmp_path):
    """No port is given to two of them, and none is deployed into another."""
    places = [Home(tmp_path / name) for name in ("one", "other")]
    for place in places:
        place.folder.mkdir()
    try:
        with ThreadPoolExecutor() as pool:
            stacks = [stack for stack, _ in pool.map(lambda place: control.up(where=place), places)]
        for address in ("endpoint_url", "mongodb_uri", "metrics_url"):
            assert len({getattr(stack, address) for stack in stacks}) == 2
    finally:
        for place in places:
            processes.end_all(place)


def test_a_stack_keeps_the_port_of_its_database_while_that_is_down(home, tmp_path):
    """Whoever starts meanwhile takes another, so nothing that is meant for one stack reaches the other."""
    mine, _ = control.up(where=home)
    _kill(mine.processes["mongodb"].pid)
    place = Home(tmp_path / "other")
    place.folder.mkdir()
    try:
        other, _ = control.up(where=place)
        assert other.mongodb_uri != mine.mongodb_uri
    finally:
        processes.end_all(place)
