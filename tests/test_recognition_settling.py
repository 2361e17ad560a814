"""What becomes of the tagger's spans, whatever tagger it is: the rules one by one.

A text marks what a tagger has found, ``[a place]`` and ``{a demonym}``; beside
it stands what remains, in the same signs.
"""

from __future__ import annotations

import re

import pytest

from geo.gazetteer import Gazetteer
from geo.recognition.casing import unshouted
from geo.recognition.consistency import completed
from geo.recognition.features import Reader
from geo.recognition.lists import listed
from geo.recognition.matching import Matcher
from geo.recognition.memory import Memory
from geo.recognition.name import Name
from geo.recognition.rules import settled
from geo.recognition.tokens import tokenise

SIGNS = {"[": "LOC", "{": "DEM"}
OPEN, CLOSE = {"LOC": "[", "DEM": "{"}, {"LOC": "]", "DEM": "}"}

SETTLED = {
    "a treaty": (
        ("The [Paris] Agreement of 2015", "The Paris Agreement of 2015"),
        ("The Treaty of [Rome] and the [Warsaw] Pact", "The Treaty of Rome and the Warsaw Pact"),
        ("The [Minsk] agreements failed", "The Minsk agreements failed"),
        ("The [Paris] climate deal held", "The Paris climate deal held"),
        # A country is a party to its deal, and a summit takes place.
        ("The [Iran] nuclear deal held", "The [Iran] nuclear deal held"),
        ("An agreement in [Minsk] failed", "An agreement in [Minsk] failed"),
    ),
    "a ship or an operation": (
        ("USS [Ohio] and [HMS London] left", "USS Ohio and HMS London left"),
        ("Operation [Odesa] began", "Operation Odesa began"),
        ("An operation in [Odesa] began", "An operation in [Odesa] began"),
    ),
    "a storm": (
        ("They fled from Hurricane [Florence] in [Cuba]", "They fled from Hurricane Florence in [Cuba]"),
        ("A hurricane, [Florence] said, hit [Cuba]", "A hurricane, [Florence] said, hit [Cuba]"),
        ("After Storm [Manila] Cleans Up", "After Storm [Manila] Cleans Up"),
    ),
    "a thing": (
        ("[Brussels] sprouts and [Panama] hats", "Brussels sprouts and Panama hats"),
        ("[West Nile] virus in [Texas]", "West Nile virus in [Texas]"),
        ("Baked [Alaska] is sweet", "Baked Alaska is sweet"),
        ("A [Hyundai Santa] or a Hyundai [Santa Fe]", "A [Hyundai Santa] or a Hyundai Santa Fe"),
        ("[Panama] ships and [Brussels] offices", "[Panama] ships and [Brussels] offices"),
    ),
    "a person": (
        ("Mr. [Ireland] met Mrs [Kent] in [Cork]", "Mr. Ireland met Mrs Kent in [Cork]"),
        ("[Georgia] O’Keeffe and [Florence] D'Amico", "Georgia O’Keeffe and Florence D'Amico"),
        ("Walter B. [Lincoln] of [Lincoln]", "Walter B. Lincoln of [Lincoln]"),
        ("Ocean Dr. [Miami] is long", "Ocean Dr. [Miami] is long"),
    ),
    "a credit": (
        ("Ivan [Sydney]/Getty Images", "Ivan Sydney/Getty Images"),
        ("(AP Photo/[Florence] Okafor)", "(AP Photo/Florence Okafor)"),
        ("[Pictures Chile] via Getty Images", "[Pictures Chile] via Getty Images"),
        ("Sever Pictures [Chile] via Getty Images", "Sever Pictures Chile via Getty Images"),
        ("[Lagos]/Reuters", "[Lagos]/Reuters"),
    ),
    "a language": (
        ("Translated from {Greek} into {Turkish}", "Translated from Greek into Turkish"),
        ("His first language was {Georgian}.", "His first language was Georgian."),
        ("A {French}-speaking {Swiss} town", "A French-speaking {Swiss} town"),
        ("From {Greek} islands into {Turkish} ports", "From {Greek} islands into {Turkish} ports"),
    ),
    "two names that a sign joins": (
        ("The [Kyiv-Lviv] train", "The [Kyiv]-[Lviv] train"),
        ("[LVIV/KYIV] (Reuters) - Rain fell", "[LVIV]/[KYIV] (Reuters) - Rain fell"),
        ("[LVIV]/KYIV (Reuters) - Rain fell", "[LVIV]/[KYIV] (Reuters) - Rain fell"),
        ("A [Turkish Russian] pact", "A {Turkish} {Russian} pact"),
        ("The [Guinea-Bissau] coast", "The [Guinea-Bissau] coast"),
    ),
    "a demonym that was taken for a place": (("A [New Zealander] of [Boston]", "A {New Zealander} of [Boston]"),),
    "what was missed and is certain": (
        ("The Sino-Indian border and the Holt-Indian border", "The Sino-{Indian} border and the Holt-Indian border"),
        ("The City of Kyiv bought trams", "The City of [Kyiv] bought trams"),
        (
            "The Vienna Philharmonic, the Kyiv Brigade and the Manning Brigade",
            "The [Vienna] Philharmonic, the [Kyiv] Brigade and the Manning Brigade",
        ),
        ("It rained in Northern Ireland", "It rained in [Northern Ireland]"),
        ("HYDERABAD: Two men were held", "[HYDERABAD]: Two men were held"),
        ("UPDATE: Two men were held", "UPDATE: Two men were held"),
        ("The British Army and the French Open", "The {British} Army and the French Open"),
        ("The Kenya Navy sailed", "The [Kenya] Navy sailed"),
        (
            "The Denver City Council and the Kansas City Council",
            "The [Denver] City Council and the [Kansas City] Council",
        ),
        ("It shook Turkey and [Syria]", "It shook [Turkey] and [Syria]"),
        ("It shook Turkey", "It shook Turkey"),
        ("[Rue Oran], Rue Tunis and Hotel Tunis", "[Rue Oran], [Rue Tunis] and Hotel Tunis"),
        ("Another Hyderabad, in [Pakistan], is dry", "Another [Hyderabad], in [Pakistan], is dry"),
    ),
}

LISTS = (
    ("In [Lyon], Nice and [Lille]", "In [Lyon], [Nice] and [Lille]"),
    ("- Nice\n- [Lyon]\n- [Lille]", "- [Nice]\n- [Lyon]\n- [Lille]"),
    # Too few items were found, or there are too few; the gazetteer does not know what was missed.
    ("In [Lyon], Nice and Jackson", "In [Lyon], Nice and Jackson"),
    ("In [Lyon] and Nice", "In [Lyon] and Nice"),
    ("In [Lyon], Xyzzy and [Lille]", "In [Lyon], Xyzzy and [Lille]"),
    # A possessive owns the item; capitals among names are an abbreviation.
    ("In [Lyon], [Lille], Nice's suburbs", "In [Lyon], [Lille], Nice's suburbs"),
    ("In [Lyon], NICE and [Lille]", "In [Lyon], NICE and [Lille]"),
)


SMALL = frozenset(("police", "arrest", "two", "in", "four", "held", "a", "new", "bridge", "for", "and", "votes"))


@pytest.fixture(scope="module")
def reader():
    with Gazetteer.open() as gazetteer:
        yield Reader(gazetteer, frozenset())


def read(reader, text):
    """Return the sentences of a marked text, a line each, and the marked spans of each."""
    tokens, spans = [], []
    for line in text.split("\n"):
        plain = re.sub(r"[\[\]{}]", "", line)
        words = tokenise(plain)
        starts, ends = words.starts, words.ends
        found = []
        for mark in re.finditer(r"[\[{]([^\]}]+)[\]}]", line):
            start = len(re.sub(r"[\[\]{}]", "", line[: mark.start()]))
            found.append((starts.index(start), ends.index(start + len(mark[1])) + 1, SIGNS[mark[0][0]]))
        tokens.append(words)
        spans.append(found)
    return tokens, reader.read([one.words for one in tokens]), spans


def written(text, tokens, names):
    """Return a text with its names marked."""
    lines = [re.sub(r"[\[\]{}]", "", line) for line in text.split("\n")]
    for at, (words, row) in enumerate(zip(tokens, names, strict=True)):
        for name in reversed(row):
            start, end = words.starts[name.start], words.ends[name.end - 1]
            line = lines[at]
            lines[at] = line[:start] + OPEN[name.kind] + line[start:end] + CLOSE[name.kind] + line[end:]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [pytest.param(*row, id=f"{rule}: {row[0]}") for rule, rows in SETTLED.items() for row in rows],
)
def test_the_rules_settle_what_a_tagger_found(reader, text, expected):
    tokens, sentences, spans = read(reader, text)
    names = [settled(sentence, row) for sentence, row in zip(sentences, spans, strict=True)]
    assert written(text, tokens, names) == expected


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_a_list_of_places_is_one_to_its_last_item(reader, text, expected):
    tokens, sentences, spans = read(reader, text)
    names = [[Name(*span) for span in row] for row in spans]
    assert written(text, tokens, listed(sentences, names)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Found once in three, but there before its region.
        (
            "Arfon slept.\nit rained in [Arfon], [Wales].\nArfon woke.",
            "[Arfon] slept.\nit rained in [Arfon], [Wales].\n[Arfon] woke.",
        ),
        ("Arfon slept.\nit rained in [Arfon].\nArfon woke.", "Arfon slept.\nit rained in [Arfon].\nArfon woke."),
        (
            "Mr. Arfon slept.\nit rained in [Arfon], [Wales].\nArfon woke.",
            "Mr. Arfon slept.\nit rained in [Arfon], [Wales].\nArfon woke.",
        ),
    ],
)
def test_a_town_before_its_region_is_certain_for_the_article(reader, text, expected):
    tokens, sentences, spans = read(reader, text)
    names = [[Name(*span) for span in row] for row in spans]
    assert written(text, tokens, completed(sentences, names, Memory(sentences))) == expected


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("POLICE ARREST TWO IN NEW DELHI", "police arrest two in New Delhi"),
        ("FOUR HELD IN NEW JERSEY", "four held in New Jersey"),
        ("A NEW BRIDGE FOR OHIO", "a new bridge for Ohio"),
        ("BOSNIA AND HERZEGOVINA VOTES", "Bosnia and Herzegovina votes"),
    ],
)
def test_a_name_of_several_words_keeps_its_capitals_in_a_headline(headline, expected):
    with Gazetteer.open() as gazetteer:
        words = unshouted(headline.split(), SMALL, frozenset(), Matcher(gazetteer).well_known)
    assert " ".join(words) == expected
