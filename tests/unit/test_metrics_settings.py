import pytest

from metrics_exporter.settings import SettingMissing, Settings

NEEDED = {"MONGODB_URI": "mongodb://x/y", "QUEUE_URL": "q", "DLQ_URL": "d", "BUCKET": "b"}


def test_listens_on_loopback_unless_told_otherwise():
    """Metrics are not for the network by default."""
    settings = Settings.of(NEEDED)
    assert (settings.listen_host, settings.listen_port, settings.refresh_seconds) == ("127.0.0.1", 9464, 5.0)


@pytest.mark.parametrize("name", NEEDED)
def test_a_missing_setting_is_named(name):
    """An error at the start says what to set."""
    with pytest.raises(SettingMissing, match=name):
        Settings.of({key: value for key, value in NEEDED.items() if key != name})


def test_a_secret_stands_for_the_uri():
    """On AWS the URI lies in Secrets Manager."""
    rest = {key: value for key, value in NEEDED.items() if key != "MONGODB_URI"}
    assert Settings.of(rest | {"MONGODB_SECRET": "s"}).mongodb_secret == "s"
