"""Made-up telephone numbers in the national and international forms of the countries we write for.

# stands for any digit, N for any but 0 and 1; everything else is as people write it.
"""

from random import Random

FORMS = {
    "GB": (
        "07N## ######",
        "07N## ### ###",
        "07N########",
        "077 #### ####",
        "+44 7N## ######",
        "+447N########",
        "+44 (0)7N## ### ###",
        "0044 7N## ######",
        "020 7N## ####",
        "(020) 7N## ####",
        "0161 N## ####",
        "0131 N## ####",
        "(01865) N#####",
        "01865 N## ###",
        "+44 20 7N## ####",
        "0800 N## ####",
        "07N##-###-###",
    ),
    "DE": (
        "0171 N######",
        "0171/N######",
        "0171-N######",
        "0171N######",
        "0171 N# ## ###",
        "(0171) N# ## ###",
        "0151 2N######",
        "0176 - 2N ## ## ##",
        "+49 171 N######",
        "+49171N######",
        "+49 (0)171 N######",
        "0049 171 N######",
        "030 2N######",
        "089/2N#####",
        "0221-N######",
        "+49 30 2N######",
        "+49 (0) 89 2N#####",
        "040 / 2N ## ## ##",
        "06221 N# ## ##",
    ),
    "FR": (
        "06 N# ## ## ##",
        "06N#######",
        "06.N#.##.##.##",
        "06-N#-##-##-##",
        "07 N# ## ## ##",
        "01 48 ## ## ##",
        "04 78 ## ## ##",
        "+33 6 N# ## ## ##",
        "+336N#######",
        "+33 (0)6 N# ## ## ##",
        "0033 6 N# ## ## ##",
        "01.48.##.##.##",
        "0 6N# ### ###",
    ),
    "US": (
        "(212) N##-####",
        "212-N##-####",
        "212.N##.####",
        "+1 212 N## ####",
        "+1212N######",
        "1-212-N##-####",
        "(415)N##-####",
        "+1 (415) N##-####",
        "646 N## ####",
        "001 212 N## ####",
    ),
    "CH": (
        "079 N## ## ##",
        "079N######",
        "044 N## ## ##",
        "+41 79 N## ## ##",
        "+4179N######",
        "0041 79 N## ## ##",
        "+41 (0)44 N## ## ##",
        "076/N## ## ##",
    ),
    "AT": (
        "0664 N######",
        "0664/N## ## ##",
        "0664N######",
        "+43 664 N######",
        "+43 (0)664 N## ## ##",
        "01 N######",
        "0043 664 N######",
        "0316 N#####",
        "0512/N#####",
        "+43 1 N######",
    ),
    "elsewhere": (
        "+31 6 2N######",
        "+34 612 N## ###",
        "+39 333 N## ####",
        "+45 2N ## ## ##",
        "+32 470 N# ## ##",
        "+353 85 N## ####",
        "+351 912 N## ###",
        "+46 70 N## ## ##",
        "+48 512 N## ###",
        "+90 532 N## ## ##",
        "+61 412 N## ###",
        "0031 6 2N######",
    ),
}
GAPS = ("\u00a0", "\u2009", "\u202f")


def phone(random: Random) -> str:
    country = random.choice(tuple(FORMS))
    form = random.choice(FORMS[country])
    written = "".join(_sign(random, sign) for sign in form)
    chance = random.random()
    if chance < 0.06:
        return written.replace(" ", random.choice(GAPS)).replace("-", "\u2011")
    if chance < 0.08:
        return "".join(chr(ord(sign) + 0xFEE0) if sign.isdigit() else sign for sign in written)
    return f"{written[:5]}\u200b{written[5:]}" if chance < 0.1 else written


def _sign(random: Random, sign: str) -> str:
    if sign == "#":
        return random.choice("0123456789")
    return random.choice("23456789") if sign == "N" else sign
