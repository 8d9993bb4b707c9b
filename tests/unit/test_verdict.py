"""How `make localstack-check` judges: each check by itself, but not without what it needs."""

import pytest

from tests.localstack.verdict import Checks, judge


def told(checks):
    """Run checks; give the counts and the lines that were printed."""
    lines = []
    return judge(checks.all, None, lines.append), lines


@pytest.fixture
def checks():
    """One that passes, one that fails, one that needs the second, one that needs the first."""
    checks = Checks()

    @checks.add()
    def stands(_):
        """It stands."""

    @checks.add()
    def falls(_):
        """It falls."""
        assert False, "down it goes"  # noqa: B011, PT015 - what a check does that fails

    @checks.add(falls)
    def leans(_):
        """It leans on what falls."""

    @checks.add(stands)
    def rests(_):
        """It rests on what stands."""

    return checks


def test_a_failed_check_stops_only_those_that_need_it(checks):
    (passed, failed), lines = told(checks)
    assert (passed, failed) == (2, 2)
    assert [line[:4] for line in lines] == ["PASS", "FAIL", "FAIL", "PASS"]


def test_a_failure_says_why_and_an_untried_check_says_what_it_needs(checks):
    _, lines = told(checks)
    assert lines[1].startswith("FAIL It falls. (")
    assert "down it goes" in lines[1]
    assert "not tried: it needs falls" in lines[2]


def test_what_no_stack_can_cause_is_not_taken_for_a_verdict():
    checks = Checks()

    @checks.add()
    def is_wrong(_):
        """It is wrong in itself."""
        raise NotImplementedError

    with pytest.raises(NotImplementedError):
        told(checks)
