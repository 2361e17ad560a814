// The interface's words, all in one table, and how numbers become words.

export const WORDS = {
  places: "Places",
  articles: "Articles",
  about: "About this map",
  back: "Back",
  searchPlaces: "Find a place",
  searchArticles: "Find in the articles",
  noPlace: "No place was found in these articles.",
  noPlaceMore: "They can be read all the same, under Articles.",
  nothingFound: "Nothing matches.",
  noneOfRole: "No name here is of the kinds that are switched on.",
  elsewhere: "Seas, regions and beyond",
  unresolved: "Names that could not be placed",
  noReason: "no reason was recorded",
  readArticle: "Read the article",
  whyHere: "Why here?",
  showOnMap: "Show on the map",
  hideOnMap: "Take off the map",
  runnersUp: "It could also have been",
  noRunnersUp: "No other place came into question.",
  source: "Source",
  inferred: "date inferred from the text",
  undated: "no date",
  untitled: "Untitled article",
  original: "Original",
  surest: "Its mentions do not all agree. The surest of them:",
  next: "Next passage",
  previous: "Previous passage",
  taller: "Make the panel taller",
  smaller: "Make the panel smaller",
  fitAll: "Show all places",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  together: "too close together to be marked one by one",
  apart: "Zoom in on them",
  unknownPlace: "That place is not on this map.",
};

export const ROLE_NAMES = ["literal", "metonym", "demonym", "embedded"];

export const ROLES = [
  { name: "Literal", more: "the place itself, where something is or happens" },
  { name: "Metonym", more: "a place named for what it stands for: Moscow for its government" },
  { name: "Demonym", more: "people or things called after a place: French, Kenyans" },
  { name: "Embedded", more: "part of another name: Bank of England" },
];

const NUMBER = new Intl.NumberFormat("en");

export const number = (amount) => NUMBER.format(amount);

export const count = (amount, one, many = `${one}s`) =>
  `${number(amount)} ${amount === 1 ? one : many}`;

export const passagesInArticles = (passages, articles) =>
  `${count(passages, "passage")} in ${count(articles, "article")}`;

// The words that the Intergovernmental Panel on Climate Change reads out for a
// probability: Mastrandrea et al., "Guidance note on consistent treatment of
// uncertainties" (2010), table 1.
const LIKELIHOOD = [
  [0.99, "virtually certain"],
  [0.9, "very likely"],
  [0.66, "likely"],
  [0.33, "about as likely as not"],
  [0.1, "unlikely"],
  [0, "very unlikely"],
];

// Below this a place is not called likely, and its mark is hollow.
export const LIKELY = 0.66;

export const likelihood = (score) => LIKELIHOOD.find(([least]) => score >= least)[1];

export const scored = (score) => `${likelihood(score)} (${score.toFixed(2)})`;

/** The scores of several mentions, from the least to the best. */
export const scoredFrom = (least, best) => {
  if (least.toFixed(2) === best.toFixed(2)) return scored(best);
  const words = [...new Set([likelihood(least), likelihood(best)])].join(" to ");
  return `${words} (${least.toFixed(2)}–${best.toFixed(2)})`;
};

const LONG_DATE = new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "UTC" });

export const longDate = (day) => LONG_DATE.format(new Date(`${day}T00:00:00Z`));

// GeoNames feature codes that news speaks of; the class stands in for the rest.
const KINDS = {
  PCLI: "country",
  PCLD: "territory",
  PCLF: "country",
  PCLS: "territory",
  PCLX: "part of a country",
  PCLH: "former country",
  PCL: "country",
  TERR: "territory",
  ADM1: "region",
  ADM2: "district",
  ADM3: "municipality",
  ADM4: "local division",
  ADMD: "division",
  PPLC: "capital",
  PPLG: "seat of government",
  PPLA: "regional seat",
  PPLA2: "district seat",
  PPLX: "part of a city",
  PPLL: "small place",
  PPLQ: "abandoned place",
  SEA: "sea",
  OCN: "ocean",
  GULF: "gulf",
  BAY: "bay",
  STRT: "strait",
  CHN: "channel",
  STM: "river",
  LK: "lake",
  RSV: "reservoir",
  CNL: "canal",
  MTS: "mountains",
  MT: "mountain",
  PK: "peak",
  VLC: "volcano",
  DSRT: "desert",
  ISL: "island",
  ISLS: "islands",
  PEN: "peninsula",
  CAPE: "cape",
  VAL: "valley",
  RGN: "area",
  RGNH: "historical area",
  RGNE: "economic area",
  CONT: "continent",
  PRK: "park",
  BLDG: "building",
  GOVL: "seat of government",
  MIL: "military site",
  INSM: "military site",
  AIRP: "airport",
  PRT: "port",
  BDG: "bridge",
  DAM: "dam",
  PS: "power station",
  PSN: "nuclear power station",
  LCTY: "position",
  LKS: "lakes",
  LGN: "lagoon",
  FJD: "fjord",
  SD: "sound",
  RF: "reef",
  FLLS: "waterfall",
  GLCR: "glacier",
  PASS: "pass",
  PLN: "plain",
  PLAT: "plateau",
  HLL: "hill",
  ATOL: "atoll",
  CNYN: "canyon",
  GRGE: "gorge",
  BCH: "beach",
  CST: "coast",
  FRST: "forest",
  UNIV: "university",
  SCH: "school",
  HSP: "hospital",
  STDM: "stadium",
  PRN: "prison",
  PAL: "palace",
  SQR: "square",
  CH: "church",
  MSQE: "mosque",
  MUS: "museum",
  MNMT: "monument",
  AIRB: "air base",
  CMPRF: "refugee camp",
  RSTN: "railway station",
  PSTB: "border crossing",
  MN: "mine",
  ZOO: "zoo",
};

const CLASSES = {
  A: "division",
  P: "settlement",
  H: "water",
  T: "terrain",
  L: "area",
  S: "site",
  R: "road or railway",
  U: "undersea",
  V: "vegetation",
};

export const kindOf = (place) =>
  place.code === "ADM2" && place.country === "US" ? "county" : KINDS[place.code] ?? CLASSES[place.class] ?? "place";
