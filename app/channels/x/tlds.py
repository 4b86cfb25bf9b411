"""Which words end a domain name, from IANA's list in tlds.txt."""

from pathlib import Path


def _load() -> frozenset[str]:
    lines = Path(__file__).with_name("tlds.txt").read_text(encoding="utf-8").splitlines()
    names = [line for line in lines if not line.startswith("#")]
    decoded = [name[4:].encode().decode("punycode") for name in names if name.startswith("xn--")]
    return frozenset(names + decoded)


TLDS = _load()
UNICODE_TLDS = frozenset(name for name in TLDS if not name.isascii())
LONGEST_UNICODE_TLD = max(len(name) for name in UNICODE_TLDS)
UNICODE_TLD_STARTS = frozenset(name[:2] for name in UNICODE_TLDS)
TLD_STARTS = frozenset(name[:2] for name in TLDS)
