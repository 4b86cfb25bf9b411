"""Passwords: argon2 hashes only."""

from pwdlib import PasswordHash

_HASHER = PasswordHash.recommended()
# Verified against when the person does not exist, so that an answer's time tells nothing.
_NOBODY = _HASHER.hash("nobody has this password")


def hash_password(password: str) -> str:
    return _HASHER.hash(password)


def password_matches(password: str, password_hash: str | None) -> bool:
    """Whether the password is right; takes as long for somebody who does not exist."""
    return _HASHER.verify(password, password_hash or _NOBODY) and password_hash is not None
