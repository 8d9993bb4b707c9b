import pytest

from tests.lab.checks import Checks, NotWithin, until


def test_what_fails_is_told_and_the_rest_has_its_turn(capsys):
    """A check that goes on after a failure shows more than the first one."""
    checks = Checks()
    with checks.step("first"):
        assert checks.passed, "one is not two"
    with checks.step("second"):
        pass
    assert checks.end() == 1
    said = capsys.readouterr().out
    assert "FAIL first: AssertionError: one is not two" in said
    assert "PASS second" in said
    assert said.endswith("1 passed, 1 failed\n")


def test_all_passed_is_a_success_and_nothing_is_none():
    """An empty run proves nothing."""
    assert Checks().end() == 1
    checks = Checks()
    with checks.step("it"):
        pass
    assert checks.end() == 0


def test_waiting_ends():
    """What never comes is said to be missing."""
    with pytest.raises(NotWithin, match="the moon"):
        until(lambda: False, "the moon", seconds=0.01, every=0.001)
