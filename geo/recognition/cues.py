"""Lists of words that tell names of places, people and organisations apart.

All words are in lower case. The lists were written for this project; they are
short on purpose, for they only have to show the tagger what kinds of words
there are: it learns the rest from its training data.
"""

from __future__ import annotations


def words_of(text: str) -> frozenset[str]:
    """Return the words that `text` lists."""
    return frozenset(text.split())


TITLES = words_of(
    """
    mr mr. mrs mrs. ms ms. miss dr dr. sir lord lady dame gov gov. governor sen sen. senator rep rep.
    congressman congresswoman president vice-president premier minister chancellor ambassador secretary
    king queen prince princess emperor sultan emir sheikh shah pope cardinal archbishop bishop rev rev.
    reverend father pastor imam ayatollah rabbi gen gen. general lt lt. lieutenant col col. colonel maj
    maj. major capt capt. captain sgt sgt. sergeant cpl cpl. corporal pvt private admiral commander
    marshal officer detective det det. inspector insp constable sheriff deputy trooper chief
    commissioner superintendent supt supt. judge justice attorney prosecutor mayor councilman
    councilwoman councillor alderman spokesman spokeswoman spokesperson chairman chairwoman chairperson
    director manager coach captain principal professor prof prof. doctor nurse coroner analyst author
    writer journalist reporter editor photographer correspondent actor actress singer striker midfielder
    defender goalkeeper quarterback pitcher guard forward activist defendant widow wife husband son
    daughter brother sister mother uncle aunt named hon hon. jr jr. sr sr.
    """,
)

FIRST_NAMES = words_of(
    """
    aaron abdul abdullah abigail abraham adam adrian ahmad ahmed aisha alan albert alberto alejandro
    aleksandr alex alexander alexandra alexei alfred ali alice alicia allen allison amanda amir amit amy
    ana anatoly andre andrea andreas andrei andres andrew andriy angela angelo anita ann anna anne annie
    anthony anton antonio arash arthur arturo ashley asif audrey austin ayesha barbara barry bashar
    beatrice ben benjamin bernard beth bill billy bob bobby boris brad bradley brandon brenda brent
    brett brian bruce bruno bryan caleb cameron carl carla carlo carlos carmen carol caroline catherine
    cecil cesar chad charles charlie charlotte chen cheryl chloe chris christian christina christine
    christopher cindy claire clara claude claudia clifford clinton colin connor craig crystal curtis
    cynthia daisy dale dan daniel daniela danielle danny darren darryl dave david dean deborah debra
    denis dennis derek derrick diana diane diego dimitri dmitri dmitry dmytro dominic don donald donna
    doris dorothy doug douglas duncan dustin dylan earl eddie edgar eduardo edward edwin eileen elaine
    eleanor elena eli elijah elizabeth ella ellen emily emma emmanuel enrique eric erica erik erin
    ernest esther ethan eugene eva evan evelyn fatima felipe felix fernando fiona florence frances
    francesco francis francisco franco frank frankie fred frederick gabriel gary gavin gene geoff
    geoffrey george gerald gerard gilbert gina giovanni giuseppe glen glenn gloria gordon grace graham
    grant greg gregory guillermo gustavo guy habib hamid hannah hans harold harry harvey hassan heather
    hector heidi helen henri henry herbert herman hillary hiroshi holly hossein howard hugh hugo hussein
    ian ibrahim igor imran ingrid irene isaac isabel ismail ivan jack jackie jackson jacob jacqueline
    jacques jaime jake jamal james jamie jan jane janet janice jared jason javier jay jean jeff jeffrey
    jennifer jenny jeremy jerome jerry jesse jessica jesus jill jim jimmy jo joan joanna joe joel johan
    johanna john johnny jon jonathan jordan jorge jose josef joseph josh joshua joy joyce juan juanita
    judith judy julia julian julie julio justin karen karim karl kate katherine kathleen kathryn kathy
    katie keith kelly ken kenneth kenji kerry kevin khalid kim kirk kofi konstantin kristen kristin kurt
    kwame kyle larry laura lauren laurence lawrence leah lee leila leo leon leonard leonardo leonid
    leroy leslie lewis li liam lila lily linda lindsay lisa liubov lloyd logan lois lopez lori louis
    louise luca lucas lucia lucy luigi luis luke lydia lynn mahmoud manuel marc marcel marcia marco
    marcos marcus margaret maria marian marie mariana marilyn mario marion mark marshall martha martin
    marvin mary matt matteo matthew maurice max maxim megan melanie melissa michael michel michele
    michelle miguel mike mikhail milan mildred minh miriam mitchell mohamed mohammad mohammed moises
    molly monica morgan moses muhammad murray mustafa nadia nancy naomi natalia natalie natasha nathan
    neil nelson nicholas nick nicola nicolas nicole nigel nikita nikolai nina noah noor nora norman oleg
    oleksandr olena olga oliver olivia omar oscar owen pablo pamela pat patricia patrick paul paula
    pavel pedro peggy penelope perry peter petr petro phil philip philippe phillip phyllis pierre priya
    rachel rafael raj rajesh ralph ramon randy raul ravi ray raymond rebecca reginald renee ricardo
    richard rick ricky rita rob robert roberto robin rodney rodrigo roger roland roman ron ronald rosa
    rose ross roy ruben russell ruth ryan sabrina sally sam samantha samuel sandra sanjay sara sarah
    scott sean sebastian serge sergei sergey sergio serhii seth shane shannon sharon shaun shawn sheila
    shinzo shirley sidney silvia simon sofia sonia sophia sophie spencer stan stanley stefan stella
    stephanie stephen steve steven stewart stuart sue sunil susan suzanne svetlana sylvia tamara tanya
    tara tariq tatiana taylor ted teresa terrence terry theodore theresa thomas tiffany tim timothy tina
    todd tom tomas tommy toni tony tracy travis trevor troy tyler umar usman valentina valerie vanessa
    vera vernon veronica vicky victor victoria vikram vincent viktor virginia vitaly vivian vladimir
    volodymyr walter wanda warren wayne wei wendy wesley will william willie winston xi yan yang yasmin
    yuri yusuf yves zachary zainab zoe
    """,
)

ORGANISATION_HEADS = words_of(
    """
    university college school academy institute seminary hospital clinic department ministry agency
    council committee commission parliament congress senate assembly court tribunal party bank company
    corp corp. corporation inc inc. co co. ltd ltd. llc plc group holdings industries association
    society federation union league confederation foundation fund trust institution club team police
    sheriff army navy force forces guard corps brigade battalion regiment authority bureau office board
    service services center centre church temple mosque synagogue cathedral museum library gallery
    orchestra times post news herald tribune journal gazette press chronicle observer star sun globe
    mail telegraph broadcasting television radio media airlines airways railway railways motors energy
    oil gas petroleum insurance partners capital securities exchange conference cup championship
    championships open olympics games festival series united city fc f.c. rovers rangers wanderers
    athletic albion rovers tigers lions bears eagles hawks bulls giants kings royals cowboys indians
    reds sox cubs jets rams panthers dolphins broncos raiders lakers celtics knicks suns rockets
    warriors yankees mets dodgers braves marlins observatory laboratory consulate embassy tourism
    chamber network initiative
    """,
)

EVENT_HEADS = words_of(
    """
    cup games olympics olympiad championship championships tournament league marathon festival prix
    summit conference
    """,
)

PLACE_HEADS = words_of(
    """
    county parish city town township village borough district region province state territory republic
    kingdom oblast raion rayon krai okrug prefecture governorate department canton municipality commune
    ward suburb neighborhood neighbourhood area river creek brook stream lake pond reservoir bay gulf
    sea ocean strait straits channel sound fjord canal lagoon falls spring springs mountain mountains
    mount hill hills peak ridge range pass valley canyon plateau plain plains desert forest woods island
    islands isle peninsula cape point coast beach shore harbor harbour port park reserve street avenue
    road highway lane drive boulevard route square bridge tunnel airport station terminal stadium arena
    dam mine camp base fort castle heights junction crossing capital border
    """,
)

DIRECTIONS = words_of(
    """
    north south east west northern southern eastern western central northeast northwest southeast
    southwest northeastern northwestern southeastern southwestern north-eastern upper lower greater new
    mid inner outer downtown metropolitan
    """,
)

LOCATIVES = words_of(
    """
    in at from near to across outside around into toward towards through throughout within inside via
    north south east west off along beyond above below visiting leaving reach reached entering left
    downtown northern southern eastern western central nearby
    """,
)

SPEECH = words_of(
    """
    said says say told tells added adds asked asks explained noted replied wrote testified announced
    announces warned warns accused accuses denied denies claimed claims insisted insists confirmed
    confirms reported declared stated argued urged called calls demanded demands vowed pledged agreed
    agrees refused refuses rejected rejects condemned criticised criticized blamed believes wants hopes
    fears
    """,
)

LANGUAGE_CUES = words_of(
    """
    speak speaks speaking spoke spoken speaker speakers language languages tongue fluent fluently
    dialect translated translate translation translations translator translators interpreter
    interpreters translating subtitled subtitles subtitle dubbed grammar vocabulary bilingual pronounced
    pronunciation word words phrase literate alphabet script
    """,
)

MONTHS_AND_DAYS = words_of(
    """
    january february march april may june july august september october november december jan feb mar
    apr jun jul aug sept sep oct nov dec monday tuesday wednesday thursday friday saturday sunday
    """,
)

CONNECTORS = words_of(
    """
    of the and de del della di da do dos das du des la las le les los el al an upon on sur am der den
    van von y e
    """,
)
"""Small words that stand inside names and do not begin or end them."""

ARTICLES_OF_NAMES = words_of("al el ad ar as ash at az an ed es")
"""What begins a name before a hyphen although it is written small: al-Qaim."""

_KINDS = (
    ("ti", TITLES),
    ("fn", FIRST_NAMES),
    ("og", ORGANISATION_HEADS),
    ("pl", PLACE_HEADS),
    ("di", DIRECTIONS),
    ("lp", LOCATIVES),
    ("sp", SPEECH),
    ("la", LANGUAGE_CUES),
    ("mo", MONTHS_AND_DAYS),
)


_LISTS_OF: dict[str, tuple[str, ...]] = {
    word: tuple(name for name, words in _KINDS if word in words) for word in frozenset().union(*dict(_KINDS).values())
}
"""The lists that hold each word: one question instead of one for each list."""


def kinds(word: str) -> tuple[str, ...]:
    """Return the names of the lists that hold `word`, which is in lower case."""
    return _LISTS_OF.get(word, ())
