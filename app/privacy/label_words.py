"""The words that say what a number is, in English, German and French."""

from enum import StrEnum
from itertools import product


class Topic(StrEnum):
    PHONE = "phone"
    CARD = "card"
    IBAN = "iban"
    ORDER = "order"  # what a brand gives: orders, bookings, customers, cases
    OTHER = "other"  # numbers of things: parcels, books, devices, versions, companies
    BIRTH = "birth"
    HEALTH = "health"
    TAX = "tax"
    SOCIAL = "social"
    DOCUMENT = "document"


WORDS = {
    Topic.PHONE: """
        phone phones telephone telephones tel mobile cell cellphone landline call calling ring text
        reach reached whatsapp sms fax telefon handy mobil rufnummer ruf rufen rufst ruft anrufen
        anruf erreichen erreichbar erreicht telefonnummer telefonnr handynummer handynr mobilnummer
        festnetz festnetznummer téléphone telephone tél portable fixe appeler appelez appelle
        rappeler rappelez joindre joignable
    """,
    Topic.CARD: """
        card cards karte karten kreditkarte kreditkartennummer kartennummer kreditkartennr carte cb
        cc visa mastercard maestro amex diners debit girocard cvv cvc
    """,
    Topic.IBAN: "iban account konto kontonummer bankverbindung bankkonto compte rib",
    Topic.ORDER: """
        order orders booking bookings reservation reference ref invoice ticket case customer
        membership confirmation pnr bestellung buchung auftrag reservierung rechnung vorgang
        commande réservation reservation référence reference facture dossier billet contrat
        abonnement
    """,
    Topic.OTHER: """
        isbn ean gtin imei siret siren sku upc issn doi serial seriennummer article artikel
        artikelnummer item model modell modèle part version v build firmware release update tracking
        parcel shipment sendung sendungsnummer sendungsverfolgung sendungsnr paket paketnummer suivi
        colis série vat ustid ust tva train zug flight flug vol bus linie line hash commit id
        voucher coupon gutschein gutscheincode gutscheinnummer bon
    """,
    Topic.BIRTH: """
        born birth birthday birthdate dob geboren geb geburtsdatum geburtstag né née naissance
    """,
    Topic.HEALTH: "nhs health medical krankenversicherung versichertennummer patient patientennummer",
    Topic.TAX: """
        tax utr tin steuer steuerid steuernummer steueridentifikationsnummer idnr
        identifikationsnummer fiscal fiscale spi
    """,
    Topic.SOCIAL: """
        ssn social insurance ni nino sécurité securite sécu nir ahv avs svnr insee
        sozialversicherungsnummer rentenversicherungsnummer sozialversicherungsnr
    """,
    Topic.DOCUMENT: """
        passport passeport reisepass reisepassnummer pass personalausweis personalausweisnummer
        ausweis ausweisnummer identity identité licence license führerschein permis
    """,
}
_GERMAN = product(
    [
        "bestell",
        "buchungs",
        "auftrags",
        "kunden",
        "rechnungs",
        "vorgangs",
        "ticket",
        "reservierungs",
        "referenz",
        "vertrags",
    ],
    ("nummer", "nr", "code"),
)
TOPIC_OF = {word: topic for topic, words in WORDS.items() for word in words.split()} | {
    "".join(parts): Topic.ORDER for parts in _GERMAN
}
# What may stand between the word and its number: "my number is", "lautet", "au".
LINKING = frozenset(
    [
        "is",
        "was",
        "no",
        "nr",
        "num",
        "number",
        "numbers",
        "nummer",
        "lautet",
        "ist",
        "numéro",
        "numero",
        "n",
        "est",
        "le",
        "la",
        "the",
        "my",
        "meine",
        "mein",
        "mon",
        "ma",
        "auf",
        "unter",
        "au",
        "on",
        "at",
        "me",
        "us",
        "you",
        "him",
        "her",
        "under",
        "dem",
        "der",
        "die",
        "das",
        "mich",
        "moi",
        "sie",
        "bitte",
        "please",
        "back",
        "du",
        "code",
        "id",
        "to",
        "for",
        "in",
        "am",
        "den",
        "via",
        "per",
        "par",
        "mit",
        "with",
        "using",
        "de",
        "d",
        "a",
        "à",
        "aux",
        "nous",
        "vous",
        "s",
        "it",
        "this",
        "that",
        "these",
        "ending",
        "and",
        "und",
        "et",
        "date",
        "numbered",
        "security",
        "sociale",
        "of",
        "again",
        "directly",
        "direkt",
        "zurück",
        "anytime",
    ]
)
