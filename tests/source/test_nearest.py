"""A suggestion is made only when it is near."""

import pytest

from greenpaper.source.nearest import did_you_mean, nearest

FACTS = ("leaders", "help_and_protection", "in_care", "care_leavers", "overall")


@pytest.mark.parametrize(
    "written, meant",
    [("leader", "leaders"), ("Leaders", "leaders"), ("help_and_protecton", "help_and_protection"),
     ("careleavers", "care_leavers"), ("incare", "in_care"), ("overal", "overall"), ("voerall", "overall")],
)  # fmt: skip
def test_a_slip_of_the_pen_is_understood(written, meant):
    assert nearest(written, FACTS) == meant
    assert did_you_mean(written, FACTS) == f"did you mean `{meant}`?"


@pytest.mark.parametrize("written", ["", "xyz", "budget", "l" * 61, "q"])
def test_another_word_is_not(written):
    assert nearest(written, FACTS) == ""
    assert did_you_mean(written, FACTS) == ""


def test_with_nothing_known_nothing_is_suggested():
    assert did_you_mean("leaders", ()) == ""


def test_of_equally_near_names_the_first_is_suggested():
    assert nearest("rule_3", ("rule_1", "rule_2")) == "rule_1"
