"""Moving a customer to another channel: only on a recorded ground, and never without a word for the trouble.

And never back to a channel that the customer says has failed.
"""

from app.checks.channel_moves import Channel, moves_in
from app.checks.checked_text import CheckedText, Finding, agreeing, blocked, distinct, passed, quoted
from app.checks.failed_channels import failures_in, pointers_in

MOVE = "channel_move"
BOUNCE = "bounce_back"
GROUNDS = "“too much information” or “personal data”"


def check_channel_move(checked: CheckedText) -> Finding:
    """Blocks a move without a ground, and one that does not say sorry for the trouble."""
    moves = moves_in(checked.text, network=checked.network, public=checked.public, sources=checked.sources)
    if not moves:
        return passed(MOVE, "The text sends nobody to another channel.")
    words = distinct(move.words for move in moves)
    if checked.switch_ground is None:
        sends = agreeing(words, "sends", "send")
        return blocked(
            MOVE,
            f"{quoted(words)} {sends} the customer to {moves[0].channel}. Answer here, or record the ground: "
            f"{GROUNDS}.",
            words,
        )
    if not all(move.excused for move in moves):
        return blocked(
            MOVE,
            f"{quoted(words)} asks for one more step. Say beside it that you are sorry for the extra step.",
            words,
        )
    ground = checked.switch_ground.replace("_", " ")
    return passed(
        MOVE, f"It moves to {moves[0].channel} because of {ground}, and says sorry for the extra step."
    )


def check_bounce_back(checked: CheckedText) -> Finding:
    """Blocks a pointer to a channel on which, as the customer says, nobody answered."""
    failed = failures_in(checked.customer_text)
    if not failed:
        return passed(BOUNCE, "The customer names no channel that failed.")
    back = {channel: words for channel, words in pointers_in(checked).items() if channel in failed}
    if not back:
        return passed(BOUNCE, f"It does not send the customer back to {_named(tuple(failed))}.")
    channel, words = next(iter(back.items()))
    return blocked(
        BOUNCE,
        f"The customer wrote {quoted((failed[channel],))}, and {quoted(words)} sends them back to {channel}. "
        "Answer here, or offer another way.",
        tuple(word for found in back.values() for word in found),
    )


def _named(channels: tuple[Channel, ...]) -> str:
    return " or ".join(channels)
