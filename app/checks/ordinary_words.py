"""Words that are no names though they may begin with a capital.

English sentences begin with one, so a first word is taken for a name only when it is none of these and has
none of their endings.
"""

import re

# What English writes with a capital everywhere, and short forms that everybody knows.
_ALWAYS_CAPITAL = """
the a an and of at for in is are do does did can could will would have has what anything please let thank
i mr mrs ms dr mx sir madam i'm i'll i've i'd ok uk gb eu usa us tv pdf faq id sms gps wifi wi-fi wlan dm pm
am vat faqs url app ios android internet google apple facebook instagram twitter messenger whatsapp mastodon
bluesky english german french british german-speaking europe european christmas easter mon tue wed thu fri
sat sun team customer care service services support relations kind regards dear hello hi best all everyone
covid qr asap eta pin iban bic sepa cet gmt bst utc sie ihr ihre ihren ihrem ihrer ihres ihnen herr frau
familie uhr euro cent prozent kilo stück ende anfang mitte tag
"""
ALWAYS_CAPITAL = frozenset(_ALWAYS_CAPITAL.split())

# What begins sentences in replies.
_OPENERS = """
a able about above accept access accessible according account across act actually add adding additional
address adult adults advance after afterwards again against age ahead alas alert alerts all allow almost
along already also alternatively although always am amount an and animal animals announcement announcements
another answer any anybody anyone anything apart apologies apologise apology app appeal application apply
appreciate approved are area around arrange arrive as aside ask asking assistance at attach automatic
available avoid away baby back bag baggage bags bank bear because become before begin behind being below
best better between beyond bicycle big bike bikes bill bit board boarding boat boats book booking bookings
booked both bring brief briefly brought bus buses business but buy by cabin cafe call calling calls can
cancel cancellation cancelled cannot car card cards care carry cars cash cat cats change changes charge
charges charging check checked checking child children choose city claim claims class clear clearly click
close closed closest club coach coaches code codes collect collection come coming companion companies
company compensation complain complaint complaints complete concern concerned condition conditions confirm
confirmation conductor consider contact continue copy correct cost costs could country couple courtesy cover
crew crossing cup currently customer customers cyclists daily damage data date dates day days deadline dear
decide decision deck delay delayed delays delete deliver delivery depending departure departures desk
despite details did different difference digital direct directly disabled discount discounts do document
documents does dog dogs door double download draw driver drivers drop due during each earlier early easier
either electric electronic else elsewhere email emergency employees empty end english enjoy enough ensure
enter entire entry especially even evening events ever every everybody everyone everything everywhere exact
except exchange exchanges expect expired explain extra face fair fare fares feel fee feedback few fill final
finally find fine first fit five fold folded follow following food foot for forget form forms forward found
four free freight frequent friday friends from front full fully further generally get getting gift give
given giving glad go going good goods great group groups guard guests guide half hand handed happily happy
hard has have having he hear hearing hello help helpful helping hence her here hi high his hold holders home
hope hopefully hotel hour hours house how however i identification if ill immediately important in include
included including indeed individual inform information initially inside instead insurance international
invoice invoices is island islands issue issues it item items its job jobs journey journeys just keep
keeping key kids kind kindly know large last late later latest lead leave left legal less let letter letters
life lift light like line lines link list live local location locker lockers log long longer look looking
loss lost lots lounge love lovely low lower lucky luggage made mail main make making man manage manager many
map mark may maybe me meals mean meanwhile media medical meet member members message messages might mind
minor minute minutes miss missed missing mobile mobility moment money month monthly months more moreover
morning most motorbike motorbikes move moved much must my name names near nearest nearly need neither never
nevertheless new news newsletter next nice night nights no nobody none nor normal normally not note nothing
notice notices notwithstanding now number numbers obviously occasionally of off offer office offices
official often oh ok okay old older on once one ones online only onto open opening option optional or order
orders other others otherwise our out outside over overall own owner owners page pages paid paper parcel
parcels parents park parking part party pass passenger passengers passes passport passports password past
pay paying payment payments peak penalty people per perhaps period permit permits person personal pets phone
photo photos pick picture piece place places plan plane planning platform platforms please plus point points
police policy port ports possible possibly post potential praise present press previous price prices print
prior private problem problems product products progress prompt proof property provide provided public pull
purchase purchases push pushchairs put quality question questions queue quick quiet quite railcard ramp
rather reach read reading ready really reason receipt receipts receive received recent recently refer
reference refund refunded refunds regarding register registered regular reimbursement rejected remain
remember reminder rental repair repairs repeat replace replacement reply report request requests require
required reservation reservations reserve reset respond response rest restaurant result return returned
returns right road room rooms round route routes rule rules run safe safety sailing sailings same saturday
save say schedule school scooter scooters screen season seat seats second see seeing select send senior
seniors sent separate separately service services set several shall she ship shop short should show showing
side sign signs similar similarly simple simply since single sit site size ski skis small smoke smoking
snacks so social socket sockets some somebody someone something sometimes soon sorry sort sound sounds space
spaces special speed sport staff stairs stand standard standing start starting station stations stay step
still stop store strictly student students subject such suitcase summer support sure surely surfboards swap
take taking talk tap taxi team tell terms text than thank thanks that the their them then there therefore
these they thing things think third this those though three through throughout ticket tickets till time
times timetable timetables to today together toilet toilets tomorrow tonight too total touch tour tourists
track traffic trailer train trains transfer transport travel travellers travelling tried trip trips trolley
trouble true truly try trying turn two type types under understand understandably understood until unused up
update updates upgrade upon us usage use used useful user users using usually valid value van various
vehicle vehicles verify very via video view visit visitors vouchers wait waiting walk want warm was watch
water way we weather web website week weekdays weekend weekends weekly weeks welcome well were what whatever
wheel wheelchair wheelchairs when whenever where whereas wherever whether which while who whoever whole
whose why wide will window wish with within without women wonderful word words work working works world
worse worst would write writing wrong yearly years yes yet you young your yours zero regrettably thankfully
additionally anyway besides conversely equally furthermore likewise
"""
OPENERS = frozenset(_OPENERS.split())
ENDINGS = re.compile(
    r"(?:ly|ing|tion|sion|ment|ness|able|ible|ful|less|ous|ive|ity|ance|ence|ship|ward|wise|ised|ized)s?\Z"
    r"|(?<=\w{3})ed\Z"
)

# German: words that tell which language a text is in, and nouns' endings that no place has.
_GERMAN = (
    "der die das und nicht ist sie wir ein eine für mit auf von bei ihre ihr ihren zu zum im den dem wenn"
)
GERMAN = frozenset(_GERMAN.split())
GERMAN_NOUN = re.compile(
    r"(?:ung|heit|keit|schaft|tion|tät|nis|tum|ling|chen|lein|anz|enz|ismus)(?:en|s|e|n)?\Z"
)
