"""What a handle and a DID look like in the AT Protocol (https://atproto.com/specs/handle, .../did)."""

import re

LONGEST_HANDLE = 253
LONGEST_DID = 2048

_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
HANDLE = re.compile(rf"(?:{_LABEL}\.)+[a-zA-Z](?:[a-zA-Z0-9-]{{0,61}}[a-zA-Z0-9])?")
DID = re.compile(r"did:[a-z]+:[a-zA-Z0-9._:%-]*[a-zA-Z0-9._-]")


def is_handle(text: str) -> bool:
    return len(text) <= LONGEST_HANDLE and HANDLE.fullmatch(text) is not None


def is_did(text: str) -> bool:
    return len(text) <= LONGEST_DID and DID.fullmatch(text) is not None
