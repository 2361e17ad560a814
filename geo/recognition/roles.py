"""What a name does in its sentence: a place, what stands for it, or a part of a name.

A linear classifier over the words around the name, trained on GeoWebNews. A
name that the tagger took for a demonym is one unless it is part of a longer
name; any other name is literal, a metonym or embedded.
"""

from __future__ import annotations

import json
from functools import lru_cache, reduce
from operator import add
from typing import TYPE_CHECKING

from geo.errors import ModelError
from geo.recognition.certain import is_dateline
from geo.recognition.cues import CONNECTORS, EVENT_HEADS, LOCATIVES, ORGANISATION_HEADS, PLACE_HEADS, SPEECH, words_of
from geo.recognition.labels import DEMONYM
from geo.recognition.matching import joined
from geo.recognition.rules import of_bank

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from geo.recognition.features import Sentence
    from geo.recognition.matching import Matcher
    from geo.recognition.rules import Name
    from geo.recognition.words import Word
    from geo.types import Role

_CHOICES: dict[bool, tuple[Role, ...]] = {
    True: ("demonym", "embedded"),
    False: ("literal", "metonym", "embedded"),
}
_POSSESSIVES = frozenset(("'s", "’s", "'", "’"))
_BE_AND_DO = words_of(
    """
    is was are were has had have will would could can may might should must did does do be been being
    """,
)
_PASSIVE_BY = frozenset(("by", "with", "against", "between", "from", "to", "of", "for"))
_POLITY_NOUNS = words_of(
    """
    government president minister ministry military army forces troops officials official authorities
    police parliament leader leaders administration envoy ambassador delegation side diplomats foreign
    defence defense decision policy position claim claims offer demand demands proposal plan plans
    response offensive counterattack counteroffensive invasion attack attacks war campaign intervention
    operation strategy economy intelligence spokesman spokeswoman allies ally rivals interests sanctions
    support backing aggression stance team coach captain squad side manager striker goalkeeper players
    win victory defeat
    """,
)
_CLAUSE = words_of("""that and as but while when after because if the which , – — ' " “ :""")
"""What stands before a clause, whose first name may be its subject."""
_ABOUT = (
    (
        "sport",
        words_of(
            """
            game games match season coach win wins won beat beats lost loss defeat defeated victory score scored scoring
            points goal goals team teams league tournament playoffs final semifinal quarterfinal half innings quarter
            championship champions title cup
            """,
        ),
    ),
    (
        "weather",
        words_of("storm rain snow flood floods earthquake quake hurricane cyclone wildfire fire drought temperatures"),
    ),
)
"""Words of a sentence in which a city is likely its team, or the ground itself."""
_ALWAYS_OF = words_of("bank times church university college institute")
"""What a place after "of" is always a part of: "Times of India"."""
_RAILWAYS = words_of("metro subway underground railway railways railroad")
_FORCES = words_of(
    """
    earthquake quake tremor aftershock storm hurricane cyclone typhoon tornado flood blizzard heatwave
    wildfire tsunami
    """,
)
"""What strikes the ground and no government, in the singular."""
_STRUCK = words_of(
    """
    shakes shook shake jolts jolted jolt rocks rocked rock hits hit strikes struck strike batters battered batter
    lashes lashed lash pounds pounded ravages ravaged devastates devastated floods flooded sweeps swept slams slammed
    rattles rattled
    """,
)
_LISTED = frozenset((",", "and", "the", "northern", "southern", "eastern", "western", "central"))
_REACH = 3
"""Tokens on each side that the classifier looks at."""


class Roles:
    """The classifier of roles."""

    def __init__(self, weights: Mapping[str, Mapping[Role, float]], matcher: Matcher) -> None:
        # By choice, and as tuples: a name has fifty features, and each is looked up and added once.
        self._weights = {
            demonym: {
                feature: tuple(row.get(role, 0.0) for role in choices)
                for feature, row in weights.items()
                if not row.keys().isdisjoint(choices)
            }
            for demonym, choices in _CHOICES.items()
        }
        self._matcher = matcher

    @classmethod
    def load(cls, path: Path, matcher: Matcher) -> Roles:
        """Read the weights, JSON: feature to role to weight.

        Raises
        ------
        ModelError
            If the file is missing or holds no weights.
        """
        try:
            weights = json.loads(path.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise ModelError(f"{path}: cannot be read as weights of roles ({error}); install dateline again") from error
        return cls(weights, matcher)

    def of(self, sentence: Sentence, name: Name, told: Callable[[int], Sequence[str]]) -> Role:
        """Return the role of a name; the first of the choices wins a tie.

        ``told`` gives what the document's entities say of a token (:meth:`geo.recognition.entities.Entities.around`).
        """
        if of_bank(sentence, name.start):
            return "embedded"
        role = self.choose(describe(sentence, name, told, self._matcher), name.kind)
        if role == "metonym" and (is_dateline(sentence, name.start, name.end) or _suffers(sentence.known, name)):
            return "literal"
        if name.kind != DEMONYM and _held_by_name(sentence, name, literal=role == "literal"):
            return "embedded"
        return role

    def choose(self, features: Sequence[str], kind: str) -> Role:
        """Return the likeliest role of a name of a class (LOC, DEM) that has the `features`."""
        weights = self._weights[kind == DEMONYM]
        choices = _CHOICES[kind == DEMONYM]
        rows = [weights[feature] for feature in features if feature in weights]
        scores = [reduce(add, column) for column in zip(*rows, strict=True)] or [0.0] * len(choices)
        return choices[scores.index(max(scores))]


def _held_by_name(sentence: Sentence, name: Name, *, literal: bool) -> bool:
    """Whether a name is a part of an organisation's or an event's name, whatever the classifier says.

    Of the 61 names in GeoWebNews that begin one whose last word is such a
    head, 54 are annotated as embedded and none as literal.
    """
    known = sentence.known
    run = sentence.runs[name.start]
    before = known[name.start - 1] if name.start else None
    if before is not None and before.text == "Air":  # Air France
        return True
    if before is not None and before.lower == "of" and name.start > 1:
        owner = known[name.start - 2]
        if owner.upper and owner.lower in _ALWAYS_OF:
            return True
    if run is None or run[1] <= name.end or known[name.end].hyphen:
        return False
    head = known[run[1] - 1].lower
    return head in _RAILWAYS or (literal and (head in ORGANISATION_HEADS or head in EVENT_HEADS))


def _suffers(known: Sequence[Word], name: Name) -> bool:
    """Whether something that nobody does is done to what a name means: "earthquake shakes Turkey"."""
    at = name.start - 1
    while at > 0 and known[at].lower not in _STRUCK and (known[at].upper or known[at].lower in _LISTED):
        at -= 1
    return (
        at > 0
        and known[at].lower in _STRUCK
        and any(word.lower.removesuffix("s") in _FORCES for word in known[max(0, at - _REACH) : at])
    )


def describe(sentence: Sentence, name: Name, told: Callable[[int], Sequence[str]], matcher: Matcher) -> list[str]:
    """Return the features of a name from which its role is told."""
    known = sentence.known
    count = len(known)
    found = ["bias", f"kind={name.kind}"]
    found += _profile(sentence, name, matcher)
    for distance in range(1, _REACH + 1):
        left, right = name.start - distance, name.end + distance - 1
        found.append(f"-{distance}={known[left].lower if left >= 0 else '|'}")
        found.append(f"+{distance}={known[right].lower if right < count else '|'}")
    before = known[name.start - 1] if name.start else None
    after = known[name.end] if name.end < count else None
    if before:
        found += [f"-K={kind}" for kind in before.kinds]
        found.append(f"-shape={before.shape}")
    if after:
        found += [f"+K={kind}" for kind in after.kinds]
        found.append(f"+shape={after.shape}")
        found += _ending("+", after)
    if sentence.shouted:
        found.append("shouted")
    found += told(name.start)
    if name.end < count:
        found += [f"+{feature}" for feature in told(name.end) if feature.startswith("S0=I")]
    lowers = [word.lower for word in known]
    found += [f"about={about}" for about, words in _ABOUT if not words.isdisjoint(lowers)]
    found += _locative(known, name)
    found += _run(sentence, name)
    found += _head(known, name)
    found += _subject(known, name)
    found += _place_beside(sentence, name)
    return found


def _profile(sentence: Sentence, name: Name, matcher: Matcher) -> list[str]:
    surface = joined(sentence.words[name.start : name.end])
    labels = matcher.profile(surface)
    found = [f"P={label}" for label in labels]
    if matcher.capital(surface):
        found.append("P=capital")
    if not labels:
        found.append("P=unknown")
    return found


@lru_cache(maxsize=1 << 14)
def _endings(word: str) -> tuple[str, ...]:
    return tuple(end for end in ("ed", "ing", "s", "er", "ion", "ian", "ers") if word.endswith(end))


def _ending(side: str, word: Word) -> list[str]:
    if word.upper or not word.lower[0].isalpha():
        return []
    return [f"{side}small", *(f"{side}ends={end}" for end in _endings(word.lower))]


def _locative(known: Sequence[Word], name: Name) -> list[str]:
    """Look for a preposition of place before the name, over "the", adjectives and other names of a list."""
    at = name.start - 1
    passed = 0
    while (
        at >= 0 and passed < _REACH and (known[at].lower in {"the", ","} or known[at].upper or "di" in known[at].kinds)
    ):
        if known[at].lower in LOCATIVES and "di" not in known[at].kinds:
            break
        at -= 1
        passed += 1
    if at < 0:
        return ["prep=start"]
    word = known[at].lower
    if word in LOCATIVES or word in _PASSIVE_BY:
        return [f"prep={word}", f"prep={word}/{passed > 0}"]
    return []


def _run(sentence: Sentence, name: Name) -> list[str]:
    """Describe the run of capitals that the name is only a part of."""
    run = sentence.runs[name.start]
    if run is None:
        return ["run=none"]
    start, end = run
    known = sentence.known
    if (start, end) == (name.start, name.end):
        return ["run=whole"]
    found = []
    if start < name.start:
        previous = known[name.start - 1].lower
        found += ["run=before", f"run-={previous}", f"runfirst={known[start].lower}"]
        found += [f"runfirstK={kind}" for kind in known[start].kinds]
        if previous in CONNECTORS:
            owner = known[name.start - 2]
            found += [f"owner={owner.lower}", *(f"ownerK={kind}" for kind in owner.kinds)]
    if end > name.end:
        last = known[end - 1].lower
        found += ["run=after", f"run+={known[name.end].lower}", f"runlast={last}"]
        found += [f"runlastK={kind}" for kind in known[end - 1].kinds]
        found += [f"run+K={kind}" for kind in known[name.end].kinds]
        if last in ORGANISATION_HEADS or known[name.end].lower in ORGANISATION_HEADS:
            found.append("organisation")
        if last in PLACE_HEADS:
            found.append("place")
    return found


def _head(known: Sequence[Word], name: Name) -> list[str]:
    """Describe what the name owns or modifies: "Moscow's counterattack", "Moscow government"."""
    at = name.end
    found = []
    if at < len(known) and known[at].lower in _POSSESSIVES:
        found.append("possessive")
        at += 1
    nouns = [word for word in known[at : at + _REACH] if word.lower[0].isalpha()]
    owns = "own" if found else "mod"
    if nouns and (found or known[at].lower[0].isalpha()):
        found.append(f"{owns}={nouns[0].lower}")
        found += [f"{owns}K={kind}" for kind in nouns[0].kinds]
        if any(word.lower in _POLITY_NOUNS for word in nouns[:2]):
            found.append(f"{owns}=polity")
    return found


def _subject(known: Sequence[Word], name: Name) -> list[str]:
    """Look for a verb after the name whose subject it may be."""
    at = name.end
    clause = name.start == 0 or known[name.start - 1].lower in _CLAUSE
    if at >= len(known) or known[at].upper or not known[at].lower[0].isalpha():
        return []
    word = known[at].lower
    found = []
    if word in SPEECH:
        found.append("verb=says")
    elif word in _BE_AND_DO:
        found.append("verb=be")
    elif word.endswith("ed"):
        found.append("verb=ed")
    if found and clause:
        found += [f"subject:{verb}" for verb in found]
    return found


def _place_beside(sentence: Sentence, name: Name) -> list[str]:
    """Look for "Kyiv, Ukraine" on either side."""
    found = []
    known = sentence.known
    for begin, stop, profile in sentence.spans:
        if begin == name.end + 1 and known[name.end].lower == ",":
            found += [f"beside+={label}" for label in profile]
        if stop == name.start - 1 and known[stop].lower == ",":
            found += [f"beside-={label}" for label in profile]
    return found
