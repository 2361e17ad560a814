"""How far a name alone speaks for its place, in hundredths.

The values order the names for the ranker, which is trained on top of them
(``geo/training``) and carries the real weights.
"""

from __future__ import annotations

TRUST_OFFICIAL = 100
TRUST_BARE_DIVISION = 90  # "Kursk" for Kursk Oblast: what people say
TRUST_BARE_COUNTY = 50  # "Gwinnett" for Gwinnett County: local newspapers do, but most such names are towns
TRUST_OWN_TABLE = 95  # written down by us because the press uses it
TRUST_ALTERNATE = 70
TRUST_UNLIKE = 50  # an alternate name that begins with another letter than the official one
TRUST_FOREIGN = 50  # a country's name in another language
TRUST_COMMON_WORD = 10  # an alternate name that is a common word of English ("Delay", "Grass")
TRUST_CODE = 5  # airport codes and other very short names
SHORT_NAME = 3
