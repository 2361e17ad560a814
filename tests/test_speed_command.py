"""What is made quick says what the slow way says, and the benchmark runs and prints every figure.

No figure is asserted: it would be the machine's, not the program's.
"""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from geo.evaluation.speed import Rate, main
from geo.gazetteer import Gazetteer
from geo.gazetteer.given import GivenPlace
from geo.gazetteer.layered import LayeredGazetteer
from geo.recognition.matching import Matcher
from geo.recognition.tokens import tokenise
from geo.recognition.words import Words

OWN = Path(__file__).with_name("places_in_the_news.jsonl")
NUMBER = r"[\d,.]+"


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    corpus = tmp_path_factory.mktemp("speed") / "corpus.jsonl"
    corpus.write_text("".join(OWN.read_text("utf-8").splitlines(keepends=True)[:3]), "utf-8")
    result = CliRunner().invoke(main, [str(corpus), str(corpus)])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize(
    "line",
    [
        rf"load of recognition and gazetteer, imports included: {NUMBER} ms",
        rf"first answer of the gazetteer, its opening included: {NUMBER} ms",
        rf"lookup +{NUMBER} µs a name +\({NUMBER} names\)",
        rf"lookup_many +{NUMBER} µs a name +\({NUMBER} names\)",
        rf"profile_many answers {NUMBER} times as fast as profile",
        rf"recognition +{NUMBER} articles/s +{NUMBER} characters/s +{NUMBER} MB at most",
        rf"  once more +{NUMBER} articles/s +{NUMBER} characters/s +{NUMBER} MB at most",
        rf"resolution +{NUMBER} toponyms/s +{NUMBER} characters/s",
        rf"geoparse +{NUMBER} articles/s +{NUMBER} characters/s +{NUMBER} MB at most",
        r"recognition takes \d+% of the time of geoparse",
    ],
)
def test_the_benchmark_prints(printed, line):
    assert re.search(f"^{line}$", printed, re.MULTILINE), printed


def test_a_rate_is_what_was_done_in_a_second():
    rate = Rate(count=6, characters=900, seconds=3.0, megabytes=50.0)
    assert (rate.per_second, rate.characters_per_second) == (2.0, 300.0)


def test_the_benchmark_says_what_it_measures():
    said = CliRunner().invoke(main, ["--help"])
    assert said.exit_code == 0
    assert "CORPORA" in said.output
    assert "one core" in said.output


def test_a_corpus_that_is_not_there_is_wrong_usage(tmp_path):
    said = CliRunner().invoke(main, [str(tmp_path / "none.jsonl")])
    assert said.exit_code == 2
    assert "none.jsonl" in said.output


ASKED = [
    "Paris",
    "Kyiv",
    "St. Paul",
    "the U.S.",
    "Ukrainian",
    "LON",
    "Qwxyzzy",
    "",
    "Nile",
    "Georgia",
    "Kyïv",
    "Camp Alpha",
]


@pytest.fixture(scope="module")
def gazetteer():
    with Gazetteer.open() as opened:
        yield opened


@pytest.fixture(scope="module")
def layered(gazetteer):
    camp = GivenPlace("own:camp-alpha", "Camp Alpha", 36.3, 50.1, source="camps.csv")
    seat = GivenPlace("own:seat", "Nile", 36.3, 50.1, feature_class="P", feature_code="PPLC", source="camps.csv")
    return LayeredGazetteer(gazetteer, [camp, seat])


@pytest.fixture(params=["gazetteer", "layered"])
def names(request):
    return request.getfixturevalue(request.param)


class OnlyAsked:
    """A gazetteer that offers nothing but what every one must."""

    def __init__(self, names):
        self.normalise, self.profile, self.lookup = names.normalise, names.profile, names.lookup


def test_profiles_of_many_names_are_those_of_each(names):
    assert names.profile_many(ASKED) == {name: names.profile(name) for name in ASKED}
    assert names.profile_many([]) == {}


@pytest.mark.parametrize(
    ("name", "feature_code", "trust", "told"),
    [
        ("Kyiv", "PPLC", 0.5, True),
        ("the Kyiv", "PPLC", 1.0, True),
        ("Marseille", "PPLC", 0.0, False),
        ("Qwxyzzy", "PPLC", 0.0, False),
        ("Nile", "PPLC", 0.5, False),
    ],
)
def test_a_name_is_borne_by_a_place_of_a_kind(gazetteer, name, feature_code, trust, told):
    assert gazetteer.bears(name, feature_code, trust=trust) is told


def test_a_given_place_bears_its_name_too(layered):
    assert layered.bears("Nile", "PPLC", trust=1.0)
    assert layered.bears("Kyiv", "PPLC", trust=0.5)
    assert not layered.bears("Camp Alpha", "PPLC")


def test_recognition_reads_alike_whether_names_are_asked_together_or_one_by_one(names):
    words = Words(frozenset())
    sentences = [
        [words[word] for word in tokenise(text).words]
        for text in (
            "From Kyiv and Paris they flew to New York City, not to the Isle of Wight.",
            "Camp Alpha is on the Nile; Port-au-Prince and al-Qaim are not.",
        )
    ]
    read = [(row, [at for at, word in enumerate(row) if word.upper or word.article]) for row in sentences]
    together, alone = Matcher(names), Matcher(OnlyAsked(names))
    assert together.spans(read) == alone.spans(read) != [[], []]
    assert [together.capital(name) for name in ASKED] == [alone.capital(name) for name in ASKED]
    assert together.capital("Kyiv")


def test_a_matcher_forgets_no_name_that_it_was_just_asked(gazetteer):
    matcher = Matcher(gazetteer, remember=2)
    for name in (*ASKED, *ASKED):
        assert matcher.profile(name) == tuple(sorted(gazetteer.profile(name)))
    matcher.learn(ASKED)
    assert [matcher.profile(name) for name in ASKED] == [tuple(sorted(gazetteer.profile(name))) for name in ASKED]
