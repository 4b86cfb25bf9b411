"""Two hundred posts that the network takes without a word."""

from collections.abc import Callable

import pytest

from tests.journeys.running import RunningSayso
from tests.journeys.timeouts import post_through_silence

pytestmark = pytest.mark.soak
REPLIES = 200


@pytest.mark.parametrize("read_back_is_slow", [False, True], ids=["seen at once", "seen late"])
@pytest.mark.parametrize("keys", [True, False], ids=["keys", "no keys"])
def test_two_hundred_posts_accepted_in_silence_are_not_repeated(
    sayso: RunningSayso, keys: bool, read_back_is_slow: bool, prove: Callable[[str, str], None]
) -> None:
    silences = post_through_silence(sayso, replies=REPLIES, keys=keys, read_back_is_slow=read_back_is_slow)

    network = "with idempotency keys" if keys else "without idempotency keys"
    shown = "shown late" if read_back_is_slow else "shown at once"
    proof = f"Network accepts and falls silent, {network}, posts {shown}"
    prove(proof, f"{silences} silences: {REPLIES} of {REPLIES} sent, 0 double")
