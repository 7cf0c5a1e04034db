"""How many examples a property is tried with: few for everyday work, more in `make test`, all in `make soak`."""

from __future__ import annotations

from hypothesis import settings

QUICK, TEST, SOAK = "quick", "test", "soak"

settings.register_profile(QUICK, deadline=None, max_examples=5, derandomize=True)
settings.register_profile(TEST, deadline=None, max_examples=25, derandomize=True)
settings.register_profile(SOAK, deadline=None, max_examples=100)
# What is measured stands in the benchmarks: a slow machine makes no promise untrue. Only the soak draws anew each time:
# whoever changes something else must not be the one who meets a fault that was there before.


def examples(count: int) -> int:
    """As many of `count` examples as this run has time for; all of them in the soak."""
    if settings.get_current_profile_name() == SOAK:
        return count
    return min(count, settings().max_examples)
