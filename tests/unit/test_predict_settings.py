import pytest

from predict.settings import SettingMissing, Settings, read_settings

NAMES = ("BUCKET", "QUEUE_URL", "CHAMPION_PARAMETER")


@pytest.fixture(autouse=True)
def _environment(monkeypatch):
    for name in NAMES:
        monkeypatch.setenv(name, name.lower())


def test_settings_come_from_the_environment():
    """Each by its name."""
    assert read_settings() == Settings(bucket="bucket", queue_url="queue_url", champion_parameter="champion_parameter")


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_setting_is_named(monkeypatch, name):
    """The name is in the error, for whoever reads the log."""
    monkeypatch.delenv(name)
    with pytest.raises(SettingMissing, match=name):
        read_settings()
