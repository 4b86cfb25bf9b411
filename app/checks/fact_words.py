"""The words in which facts are written, in English, German and, where it is cheap, French."""

MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "january jan januar jänner janvier",
            "february feb februar février",
            "march mar märz mars",
            "april apr avril",
            "may mai",
            "june jun juni juin",
            "july jul juli juillet",
            "august aug août",
            "september sept sep septembre",
            "october oct oktober okt octobre",
            "november nov novembre",
            "december dec dezember dez décembre",
        ),
        start=1,
    )
    for name in names.split()
}
# Without a day beside them these are months only when they begin with a capital; "may" and "mars" never are.
MONTHS_ALONE = frozenset(name for name in MONTHS if len(name) > 3) - {"mars", "sept"}
WEEKDAYS = {
    name: day
    for day, names in enumerate(
        (
            "monday mondays mon montag montags lundi lundis",
            "tuesday tuesdays tue tues dienstag dienstags mardi mardis",
            "wednesday wednesdays wed mittwoch mittwochs mercredi mercredis",
            "thursday thursdays thu thurs donnerstag donnerstags jeudi jeudis",
            "friday fridays fri freitag freitags vendredi vendredis",
            "saturday saturdays samstag samstags sonnabend sonnabends samedi samedis",
            "sunday sundays sonntag sonntags dimanche dimanches",
        )
    )
    for name in names.split()
}
# Parts of the week and days counted from now.
DAYS = {
    name: day
    for day, names in {
        "weekend": "weekend weekends wochenende wochenenden",
        "workdays": "weekday weekdays werktags wochentags",
        "today": "today heute aujourd'hui",
        "tomorrow": "tomorrow demain",
        "tonight": "tonight",
        "yesterday": "yesterday gestern",
        "overmorrow": "übermorgen",
        "daily": "daily täglich quotidien",
    }.items()
    for name in names.split()
}
_ONES = {
    word: value
    for value, words in enumerate(
        (
            "zero null",
            "one eins",
            "two zwei deux",
            "three drei trois",
            "four vier quatre",
            "five fünf cinq",
            "six sechs",
            "seven sieben sept",
            "eight acht huit",
            "nine neun neuf",
            "ten zehn dix",
            "eleven elf onze",
            "twelve zwölf douze",
            "thirteen dreizehn treize",
            "fourteen vierzehn quatorze",
            "fifteen fünfzehn quinze",
            "sixteen sechzehn seize",
            "seventeen siebzehn",
            "eighteen achtzehn",
            "nineteen neunzehn",
        )
    )
    for word in words.split()
}
_TENS = {
    word: value * 10
    for value, words in enumerate(
        (
            "twenty zwanzig vingt",
            "thirty dreißig dreissig trente",
            "forty fourty vierzig quarante",
            "fifty fünfzig cinquante",
            "sixty sechzig soixante",
            "seventy siebzig",
            "eighty achtzig",
            "ninety neunzig",
        ),
        start=2,
    )
    for word in words.split()
}
_GERMAN_ONES = ["ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"]
NUMBER_WORDS = (
    _ONES
    | _TENS
    | {
        f"{one}{joint}{ten}" if joint == "und" else f"{ten}{joint}{one}": value + number
        for ten, value in _TENS.items()
        for joint, ones in (("und", _GERMAN_ONES), ("-", list(_ONES)), (" ", list(_ONES)))
        for one in ones
        if 1 <= (number := _ONES.get(one, 1)) <= 9
    }
    | {
        "hundred": 100,
        "hundert": 100,
        "cent": 100,
        "thousand": 1000,
        "tausend": 1000,
        "dozen": 12,
        "dutzend": 12,
    }
)
# Mostly no number: no one, this one, a hundred thanks, per cent.
NO_NUMBER = frozenset(
    ["zero", "null", "one", "eins", "hundred", "hundert", "cent", "thousand", "tausend", "sept"]
)
CURRENCIES = {
    "£": "GBP", "gbp": "GBP", "pound": "GBP", "pounds": "GBP", "quid": "GBP", "pfund": "GBP", "livres": "GBP",
    "€": "EUR", "eur": "EUR", "euro": "EUR", "euros": "EUR",
    "$": "USD", "usd": "USD", "dollar": "USD", "dollars": "USD",
    "chf": "CHF", "francs": "CHF", "franken": "CHF", "¥": "JPY", "₹": "INR",
    "p": "GBP/100", "pence": "GBP/100", "penny": "GBP/100", "cent": "EUR/100", "cents": "EUR/100",
}  # fmt: skip
# Each unit with its base and how many of the base it is; working days are no days.
UNITS = {
    name: (base, factor)
    for names, base, factor in (
        ("second seconds sec secs sekunde sekunden seconde secondes", "minute", "1/60"),
        ("minute minutes min mins minuten", "minute", "1"),
        ("hour hours hr hrs h stunde stunden heure heures", "minute", "60"),
        ("day days tag tage tagen jour jours", "day", "1"),
        ("night nights nacht nächte nächten nuit nuits", "night", "1"),
        ("week weeks wk wks woche wochen semaine semaines", "day", "7"),
        ("fortnight fortnights", "day", "14"),
        ("month months monat monate monaten mois", "month", "1"),
        ("year years yr yrs jahr jahre jahren an ans année années", "month", "12"),
        ("kg kilo kilos kilogram kilograms kilogramm", "gram", "1000"),
        ("g gram grams gramm", "gram", "1"),
        ("mm", "metre", "1/1000"),
        ("cm centimetre centimetres zentimeter zentimetern", "metre", "1/100"),
        ("m metre metres meter meters metern mètre mètres", "metre", "1"),
        ("km kilometre kilometres kilometer kilometern", "metre", "1000"),
        ("mile miles", "mile", "1"),
        ("l litre litres liter litern", "litre", "1"),
        ("ml millilitre millilitres", "litre", "1/1000"),
        ("kb", "byte", "1000"),
        ("mb megabyte megabytes", "byte", "1000000"),
        ("gb gigabyte gigabytes", "byte", "1000000000"),
    )
    for name in names.split()
}
A_PART = {
    name: part
    for part, names in {
        "1/2": "half halb halbe halben halber halbes hälfte moitié",
        "1/3": "third drittel tiers",
        "1/4": "quarter viertel quart",
    }.items()
    for name in names.split()
}
