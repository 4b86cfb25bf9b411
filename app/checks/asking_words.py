"""How one asks for private data, in English, German and French, and how one sends people elsewhere with it.

Each is an expression on folded text (see folding.py), so there are no capitals, accents or umlauts in it.
"""

import re


def _words(*parts: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + r")(?!\w)")


# "We send you your number" gives and does not ask.
ASKS = _words(
    r"(?<!we )(?<!we'll )(?<!we can )(?<!we've )(?<!will )(?:send|give|tell|share|provide|post|submit"
    r"|supply|drop|leave(?= (?:us )?(?:your|ur))"
    r"|forward|confirm|reply|respond|comment|message|dm|sending|sharing|providing|posting|giving)(?! you\b)",
    r"let (?:us|me) (?:know|have)|what(?:'s|s| is| was| are)|which|remind us|is your|are your|do you have",
    r"(?:may|can|could|might) (?:i|we) (?:please )?(?:have|get|ask|take|know)",
    r"(?:we|i)(?:'ll| will|'d| would|'re| are)? (?:also |just |still |only |first )?(?:need|require|want"
    r"|like)",
    r"(?:schick|sende|nenn|teil|gib|geb|schreib|poste|antwort|ubermitt|verrat|hinterlass|kommentier)\w{0,7}"
    r"(?! ihnen\b| dir\b)|mitteilen|durchgeben|angeben|bestatig\w{0,3}",
    r"(?:wir|ich) (?:brauch|benotig)\w{0,2}|(?:brauch|benotig)\w{0,2} (?:wir|ich)|wie (?:lautet|lauten"
    r"|ist)|was ist"
    r"|welche\w?",
    r"(?<!vous )(?:envo(?:yer|yez|ie)|donne[rz]|indique[rz]|communique[rz]|transmett(?:re|ez)|partage[rz]"
    r"|precise[rz]"
    r"|ecri(?:re|vez)|poste[rz]|repond(?:re|ez)|fourni(?:r|ssez)|laisse[rz]|confirme[rz]|rappele[rz])(?:-(?:nous|moi))?",
    r"quel(?:le)?s? (?:est|sont)|avons besoin|j'ai besoin|il nous faut(?:drait)?|merci de|dites-nous",
)
_THINGS = (
    r"(?:(?:booking|order|ticket|reservation|customer|account|membership|case|invoice|confirmation"
    r"|credit card"
    r"|debit card|card|passport|licence|insurance|phone|mobile|telephone|contact|tracking|personal|bank) )?"
    r"(?:references?|numbers?|no\.?|codes?|details|data)",
    r"e?-?mails?(?: address(?:es)?)?|(?:tele)?phone|mobile|(?:home |postal |billing |delivery "
    r"|street )?address"
    r"|post ?codes?|zip codes?|date of birth|birth ?day|dob|iban|cards?|pin|passwords?|full name|surname"
    r"|last name|pnr",
    r"(?:(?:buchungs|bestell|auftrags|kunden|ticket|rechnungs|vorgangs|referenz|reservierungs|vertrags|konto|karten"
    r"|kreditkarten|telefon|handy|mobil|ausweis|sendungs)-?)(?:nummern?|nr|codes?|daten)",
    r"e-?mail-?adressen?|mailadresse|adresse|anschrift|postleitzahl|plz|geburtsdatum|geburtstag|bankverbindung"
    r"|kreditkarte|(?:vollstandigen? )?namen?|nachnamen?|kontaktdaten|bankdaten|personlichen daten"
    r"|passwort|nummer",
    r"(?:numeros?|references?|codes?)(?: (?:de |d')(?:reservation|commande|dossier|client|billet|facture"
    r"|telephone"
    r"|portable|carte(?: bancaire)?|compte|contrat|passeport|suivi))?",
    r"adresse(?: e?-?mail| postale)?|courriel|date de naissance|rib|coordonnees(?: bancaires)?"
    r"|carte bancaire|code postal|nom complet|nom de famille|mot de passe|portable",
)
_OF_YOURS = r"(?:your|ur|yr|ihre?[nmrs]?|deine?[nmrs]?|eure?[nmrs]?|votre|vos|ton|ta|tes)"
# "Your booking reference", or the thing right after the verb: "send us the order number".
_ANY = "|".join(_THINGS)
_RIGHT_AFTER = r"(?:us|me|with|with the|know the|have the|the|a|an|uns|mir|die|den|das|nous|moi|le|la|l')"
THINGS = _words(rf"{_OF_YOURS} (?:[\w'-]+ ){{0,4}}?(?:{_ANY})", rf"{_RIGHT_AFTER}[ ']?(?:{_ANY})")
NOT_ASKED = _words(
    r"(?:do not|don't|never|please no|without|no need to|need not|please not)",
    r"(?:nicht|keine?[nmrs]?|niemals|nie|ohne)",
    r"ne (?:\w+ ){1,2}(?:pas|jamais|plus)|n'\w+ (?:pas|jamais)|jamais|sans|pas besoin",
)
IN_PRIVATE = _words(
    r"private(?:ly)?|pms?|dms?|direct messages?|inbox|messenger|whatsapp",
    r"privat|privatnachricht|direktnachricht|(?:private|personliche|direkte)[nr]? nachricht|pn",
    r"prive(?:e|s|es)?|messages? direct(?:e|s)?|mp|en prive",
)
# Other ways that nobody reads along with.
ELSEWHERE = re.compile(
    r"https?://|www\.|[\w.+-]@[\w-]|\+?\d[\d ()/-]{6,}\d"
    r"|(?<!\w)(?:by (?:e-?mail|phone|post)|per (?:e-?mail|telefon|post)|par (?:e-?mail|courriel|telephone)"
    r"|(?:e-?mail|call|ring|phone) us|rufen sie|appelez|form|formular|formulaire|website|webseite|online"
    r"|app|desk"
    r"|schalter|kundenkonto)(?!\w)"
)
IN_THE_OPEN = _words(
    r"in (?:a|the|your) (?:comments?|reply)|in the comments|(?:here|below|publicly)",
    r"hier|unten|offentlich|(?:als|im) kommentar|in den kommentaren",
    r"ici|ci-dessous|publiquement|en commentaires?",
)
