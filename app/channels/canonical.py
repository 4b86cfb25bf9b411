"""Comparing our words with what a network shows of them: links rewritten, HTML added, spaces changed."""

import html
import re
import unicodedata

_TAG = re.compile(r"<[^<>]{0,2000}>")
_BREAK = re.compile(r"</p>|<br\s*/?>", re.IGNORECASE)
_LINK = re.compile(r"https?://\S+", re.IGNORECASE)


def canonical_text(text: str, *, is_html: bool = False) -> str:
    """The text with every link reduced to a mark, in NFC, with single spaces."""
    if is_html:
        text = html.unescape(_TAG.sub("", _BREAK.sub(" ", text)))
    return " ".join(unicodedata.normalize("NFC", _LINK.sub("⟨link⟩", text)).split())
