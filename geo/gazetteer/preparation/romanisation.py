"""Ukrainian and Russian names in the Latin script, by the systems that GeoNames and the press follow."""

# ruff: noqa: RUF001 - Cyrillic letters that look like Latin ones are what this module is about

from __future__ import annotations

import re

# Cabinet of Ministers of Ukraine, resolution 55 of 27 January 2010 (BGN/PCGN 2019 agreement).
_UKRAINIAN = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh", "з": "z", "и": "y",
    "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ь": "", "ю": "iu",
    "я": "ia", "'": "", "’": "", "ʼ": "",
}  # fmt: skip
_UKRAINIAN_INITIAL = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}

# BGN/PCGN 1947, without the signs for ь and ъ, which newspapers leave out.
_RUSSIAN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip
_RUSSIAN_INITIAL = {"е": "ye"}
_RUSSIAN_E = re.compile("(?<=[аеёиоуыэюяйъь])е")

_WORD = re.compile(r"[\w'’ʼ]+")


def _spell(word: str, letters: dict[str, str], initial: dict[str, str]) -> str:
    lower = word.lower()
    first = initial.get(lower[:1], letters.get(lower[:1], lower[:1]))
    rest = "".join(letters.get(letter, letter) for letter in lower[1:])
    return (first + rest).capitalize() if word[:1].isupper() else first + rest


def ukrainian(name: str) -> str:
    """Return a Ukrainian name in the Latin script.

    Examples
    --------
    >>> ukrainian("Згурівка"), ukrainian("Знам'янка"), ukrainian("Юріївка")
    ('Zghurivka', 'Znamianka', 'Yuriivka')
    """
    spelled = re.sub("зг", "zgh", re.sub("Зг", "Zgh", name))
    return _WORD.sub(lambda found: _spell(found.group(), _UKRAINIAN, _UKRAINIAN_INITIAL), spelled)


def russian(name: str) -> str:
    """Return a Russian name in the Latin script.

    Examples
    --------
    >>> russian("Малая Локня"), russian("Алексеевка"), russian("Ельня")
    ('Malaya Loknya', 'Alekseyevka', 'Yelnya')
    """
    return _WORD.sub(
        lambda found: _spell(_RUSSIAN_E.sub("ye", found.group()), _RUSSIAN, _RUSSIAN_INITIAL),
        name,
    )
