"""What X counts as one emoji: two, however many code points it takes.

By the shape Unicode describes (UTS 51), not by a list, so that new emoji need no change here. Joined
sequences that no font draws as one are therefore counted as one as well.
"""

import regex

_PICTURE = (
    r"(?:\p{Emoji_Modifier_Base}\p{Emoji_Modifier}"
    r"|[\p{Emoji_Presentation}\p{Extended_Pictographic}--\p{Regional_Indicator}]"
    r"(?!\ufe0e)(?:\ufe0f|[\U000e0020-\U000e007e]++\U000e007f)?)"
)
EMOJI = regex.compile(
    r"[0-9#*]\ufe0f?\u20e3"  # keycaps
    r"|\p{Regional_Indicator}{2}"  # flags
    r"|(?![\u00a9\u00ae](?!\ufe0f))"  # the signs © and ® are letters unless asked to be pictures
    rf"{_PICTURE}(?:\u200d{_PICTURE})*+",
    regex.V1,
)
