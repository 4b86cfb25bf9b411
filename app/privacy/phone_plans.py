"""Which digits can be a telephone number where, from the numbering plans that phonenumbers carries.

The plans are asked directly: parsing each candidate takes 100 microseconds, and a text may hold thousands.
"""

import re
from functools import lru_cache

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata, PhoneNumberDesc

# Where a national number begins with 0. Customers write from all of them, whatever an account's language.
TRUNK_REGIONS = ("GB", "IE", "DE", "AT", "CH", "FR", "BE", "NL", "SE")
SHORTEST = 7  # significant digits; shorter ones are hotlines, or nothing to do with telephones
LONGEST_WITH_TRUNK = 13
CODES = frozenset(str(code) for code in COUNTRY_CODE_TO_REGION_CODE)


def national_part(digits: str) -> str | None:
    """What follows the country code, without a trunk zero; None where no country has such a number."""
    code = next((digits[:size] for size in (1, 2, 3) if digits[:size] in CODES), None)
    if code is None:
        return None
    for rest in (digits[len(code) :], digits[len(code) :].removeprefix("0")):
        if len(rest) >= SHORTEST - 1 and _plan_of_code(code).fullmatch(rest):
            return rest
    return None


def is_national(digits: str) -> bool:
    """Whether these digits, beginning with the trunk zero, are a number in one of the regions."""
    return len(digits) > SHORTEST and _trunk_plan().fullmatch(digits[1:]) is not None


@lru_cache(maxsize=256)
def _plan_of_code(code: str) -> re.Pattern[str]:
    return _joined(COUNTRY_CODE_TO_REGION_CODE[int(code)], code=code)


@lru_cache(maxsize=1)
def _trunk_plan() -> re.Pattern[str]:
    return _joined(TRUNK_REGIONS)


def _joined(regions: tuple[str, ...], *, code: str = "") -> re.Pattern[str]:
    """One expression for the numbers of all the regions; 001 stands for networks without a country."""
    plans = [
        PhoneMetadata.metadata_for_nongeo_region(int(code))
        if region == "001"
        else PhoneMetadata.metadata_for_region(region)
        for region in regions
    ]
    numbers = [plan.general_desc for plan in plans if plan is not None]
    return re.compile("|".join(_pattern(one) for one in numbers if one is not None) or r"(?!)")


def _pattern(numbers: PhoneNumberDesc) -> str:
    lengths = [length for length in numbers.possible_length if length >= SHORTEST - 1]
    wanted = "|".join(rf"\d{{{length}}}" for length in lengths)
    return rf"(?=(?:{wanted})\Z)(?:{numbers.national_number_pattern})" if wanted else r"(?!)"
