"""What GeoNames' feature classes and codes are called in words, and where a place lies in one phrase.

The classes and codes are those of https://www.geonames.org/export/codes.html;
the words are ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.types import Place

CLASSES = {
    "A": "countries and divisions",
    "H": "waters",
    "L": "regions, parks and other areas",
    "P": "populated places",
    "R": "roads and railways",
    "S": "sites and buildings",
    "T": "mountains, islands and other land forms",
    "U": "undersea forms",
    "V": "forests and other vegetation",
}

_ONE_OF = {
    "A": "division",
    "H": "water",
    "L": "area",
    "P": "populated place",
    "R": "road or railway",
    "S": "site",
    "T": "land form",
    "U": "undersea form",
    "V": "vegetation",
}

_CODES = {
    "A": {
        "ADM1": "first-order division", "ADM1H": "former first-order division", "ADM2": "second-order division",
        "ADM2H": "former second-order division", "ADM3": "third-order division", "ADM3H": "former third-order division",
        "ADM4": "fourth-order division", "ADM4H": "former fourth-order division", "ADM5": "fifth-order division",
        "ADMD": "division of no order", "LTER": "leased area", "PCL": "country", "PCLD": "dependent territory",
        "PCLF": "associated country", "PCLH": "former country", "PCLI": "country", "PCLIX": "part of a country",
        "PCLS": "half-independent territory", "PRSH": "parish", "TERR": "territory", "ZN": "zone", "ZNB": "buffer zone",
    },
    "H": {
        "BAY": "bay", "BNK": "bank", "CHN": "channel", "CHNM": "sea channel", "CHNN": "shipping channel",
        "CNL": "canal", "CNLI": "irrigation canal", "CNLX": "stretch of a canal", "COVE": "cove", "CRKT": "tidal creek",
        "DCK": "dock", "DCKB": "dock basin", "ESTY": "estuary", "FJD": "fjord", "FLLS": "waterfall",
        "FLTT": "tidal flat", "GLCR": "glacier", "GULF": "gulf", "HBR": "harbour", "INLT": "inlet", "LGN": "lagoon",
        "LK": "lake", "LKI": "intermittent lake", "LKS": "lakes", "MRSH": "marsh", "OCN": "ocean", "PND": "pond",
        "RF": "reef", "RPDS": "rapids", "RSV": "reservoir", "RSVT": "water tank", "RVN": "ravine", "SD": "sound",
        "SEA": "sea", "SHOL": "shoal", "SPNG": "spring", "STM": "river", "STMC": "canalised river",
        "STMD": "arm of a river", "STMI": "intermittent river", "STMM": "river mouth", "STMSB": "lost river",
        "STMX": "stretch of a river", "STRT": "strait", "SWMP": "swamp", "WAD": "wadi", "WLL": "well",
        "WTLD": "wetland",
    },
    "L": {
        "AMUS": "amusement park", "AREA": "area", "BTL": "battlefield", "CLG": "clearing", "CONT": "continent",
        "CST": "coast", "FLD": "field", "GASF": "gas field", "GRAZ": "pasture", "INDS": "industrial area",
        "LCTY": "locality", "MILB": "military base", "MNA": "mining area", "NVB": "naval base", "OILF": "oil field",
        "PRK": "park", "PRT": "port", "RES": "reserve", "RESF": "forest reserve", "RESN": "nature reserve",
        "RESV": "reservation", "RESW": "wildlife reserve", "RGN": "region", "RGNE": "economic region",
        "RGNH": "historical region", "SALT": "salt area", "SNOW": "snowfield",
    },
    "P": {
        "PPL": "populated place", "PPLA": "seat of a first-order division", "PPLA2": "seat of a second-order division",
        "PPLA3": "seat of a third-order division", "PPLA4": "seat of a fourth-order division",
        "PPLA5": "seat of a fifth-order division", "PPLC": "capital", "PPLCH": "former capital", "PPLF": "farm village",
        "PPLG": "seat of government", "PPLH": "former populated place", "PPLL": "hamlet", "PPLQ": "abandoned place",
        "PPLR": "religious place", "PPLS": "populated places", "PPLW": "destroyed place",
        "PPLX": "part of a populated place", "STLMT": "Israeli settlement",
    },
    "R": {
        "CSWY": "causeway", "OILP": "pipeline", "PRMN": "promenade", "RD": "road", "RDJCT": "road junction",
        "RJCT": "railway junction", "RR": "railway", "RYD": "railway yard", "ST": "street", "TNL": "tunnel",
        "TRL": "trail",
    },
    "S": {
        "ADMF": "administration", "AIRB": "air base", "AIRF": "airfield", "AIRH": "heliport", "AIRP": "airport",
        "AIRQ": "abandoned airfield", "AIRT": "air terminal", "AMTH": "amphitheatre", "ANS": "ancient site",
        "ARCH": "arch", "ATHF": "sports ground", "BANK": "bank", "BCN": "beacon", "BDG": "bridge",
        "BDGQ": "ruined bridge", "BLDG": "building", "BLDO": "office building", "BRKS": "barracks",
        "BUSTN": "bus station", "BUSTP": "bus stop", "CAVE": "cave", "CH": "church", "CMP": "camp",
        "CMPQ": "former camp", "CMPRF": "refugee camp", "CMTY": "cemetery", "COMC": "communications centre",
        "CRRL": "corral", "CSTL": "castle", "CSTM": "customs house", "CTHSE": "courthouse", "CTRA": "nuclear centre",
        "CTRCM": "community centre", "CTRM": "medical centre", "CTRR": "religious centre", "CTRS": "space centre",
        "CVNT": "convent", "DAM": "dam", "DIKE": "dyke", "DIP": "diplomatic mission", "EST": "estate",
        "FCL": "facility", "FRM": "farm", "FRMT": "farmstead", "FT": "fort", "FY": "ferry", "GATE": "gate",
        "GHSE": "guest house", "GOVL": "government building", "HSE": "house", "HSP": "hospital", "HSPC": "clinic",
        "HSPD": "dispensary", "HSTS": "historical site", "HTL": "hotel", "HUT": "hut", "INSM": "military site",
        "ITTR": "research site", "LDNG": "landing", "LIBR": "library", "LOCK": "lock", "LTHSE": "lighthouse",
        "MALL": "shopping centre", "MAR": "marina", "MFG": "factory", "MFGM": "munitions plant", "MKT": "market",
        "ML": "mill", "MLWND": "windmill", "MLWTR": "water mill", "MN": "mine", "MNAU": "gold mine", "MNC": "coal mine",
        "MNCU": "copper mine", "MNFE": "iron mine", "MNMT": "monument", "MNQ": "abandoned mine", "MSQE": "mosque",
        "MSTY": "monastery", "MTRO": "metro station", "MUS": "museum", "NOV": "novitiate", "OBS": "observatory",
        "OBSR": "radio observatory", "OILR": "refinery", "OPRA": "opera house", "PAL": "palace", "PGDA": "pagoda",
        "PKLT": "car park", "PMPO": "oil pumping station", "PMPW": "waterworks", "PO": "post office",
        "PP": "police post", "PRN": "prison", "PRNQ": "former prison", "PS": "power station",
        "PSH": "hydroelectric power station", "PSN": "nuclear power station", "PSTB": "border post", "PYR": "pyramid",
        "PYRS": "pyramids", "QUAY": "quay", "RECG": "golf course", "RECR": "racecourse", "REST": "restaurant",
        "RLG": "religious site", "RLGR": "retreat", "RNCH": "ranch", "RSTN": "railway station", "RUIN": "ruin",
        "SCH": "school", "SCHC": "college", "SCHM": "military school", "SHPF": "sheepfold", "SHRN": "shrine",
        "SLCE": "sluice", "SPA": "spa", "SQR": "square", "STDM": "stadium", "STNB": "research base",
        "STNE": "experimental station", "STNM": "weather station", "SWT": "sewage works", "THTR": "theatre",
        "TMB": "tomb", "TMPL": "temple", "TOWR": "tower", "TRIG": "survey point", "UNIV": "university", "WALL": "wall",
        "WHRF": "wharf", "WRCK": "wreck", "WTRW": "waterworks", "ZOO": "zoo",
    },
    "T": {
        "ATOL": "atoll", "BCH": "beach", "CAPE": "cape", "CLF": "cliff", "CNYN": "canyon", "CRQ": "cirque",
        "CRTR": "crater", "DLTA": "delta", "DPR": "depression", "DSRT": "desert", "DUNE": "dunes", "GAP": "gap",
        "GRGE": "gorge", "HLL": "hill", "HLLS": "hills", "ISL": "island", "ISLET": "islet", "ISLS": "islands",
        "ISTH": "isthmus", "MESA": "mesa", "MT": "mountain", "MTS": "mountains", "PASS": "pass", "PEN": "peninsula",
        "PK": "peak", "PKS": "peaks", "PLAT": "plateau", "PLDR": "polder", "PLN": "plain", "PT": "point",
        "PTS": "points", "RDGB": "beach ridge", "RDGE": "ridge", "RK": "rock", "RKS": "rocks", "SAND": "sands",
        "SDL": "saddle", "SLP": "slope", "SPUR": "spur", "TAL": "scree", "UPLD": "upland", "VAL": "valley",
        "VALS": "valleys", "VLC": "volcano",
    },
    "U": {
        "BNKU": "undersea bank", "BSNU": "undersea basin", "CNYU": "undersea canyon", "RDGU": "undersea ridge",
        "SMU": "seamount", "TRNU": "ocean trench",
    },
    "V": {
        "CULT": "cultivated area", "FRST": "forest", "FRSTF": "fossil forest", "GRSLD": "grassland", "HTH": "heath",
        "SCRB": "scrub", "TUND": "tundra",
    },
}  # fmt: skip


def what(place: Place) -> str:
    """Return what kind of place it is: "capital", and by the class alone where the code is a rare one."""
    codes = _CODES.get(place.feature_class, {})
    return codes.get(place.feature_code, _ONE_OF.get(place.feature_class, "place"))


def lies_in(place: Place) -> str:
    """Return what a place lies in: "Bucha Raion, Kyiv Oblast, UA"."""
    parts = (place.admin2, place.admin1, place.country_code)
    return ", ".join(dict.fromkeys(part for part in parts if part and part != place.name))
