"""The only two grounds on which a customer may be asked to go on in another channel."""

from enum import StrEnum


class SwitchGround(StrEnum):
    TOO_MUCH_INFORMATION = "too_much_information"  # the answer does not fit here
    PERSONAL_DATA = "personal_data"  # details are needed that must not be public
