"""Coordinates in running text: every usual form is found and converted, and other numbers are left alone."""

import doctest
import itertools
import math
import subprocess
import sys
import time
import urllib.parse

import mgrs
import pyproj
import pytest
from geopy.distance import geodesic
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openlocationcode import openlocationcode

import geo.coordinates
from geo.coordinates import FORMS, Coordinates, find, read

KYIV = (30.5234, 50.4501)
KYIV_DMS = (30 + 31 / 60 + 24 / 3600, 50 + 27 / 60)
KYIV_DM = (30 + 31 / 60, 50 + 27 / 60)
KYIV_GRID = (30.52848, 50.45684)
FORM_TABLE = [
    # decimal degrees
    ("50.4501, 30.5234", KYIV, "decimal"),
    ("50.4501,30.5234", KYIV, "decimal"),
    ("50.4501°, 30.5234°", KYIV, "decimal"),
    ("50.4501° N, 30.5234° E", KYIV, "decimal"),
    ("50.4501N, 30.5234E", KYIV, "decimal"),
    ("50.4501N30.5234E", KYIV, "decimal"),
    ("N50.4501 E30.5234", KYIV, "decimal"),
    ("N 50.4501°, E 30.5234°", KYIV, "decimal"),
    ("50.4501°n 30.5234°e", KYIV, "decimal"),
    ("48.8566°N 2.3522°E", (2.3522, 48.8566), "decimal"),
    ("30.5234° E, 50.4501° N", KYIV, "decimal"),
    ("lat 50.45, lon 30.52", (30.52, 50.45), "decimal"),
    ("Lat: 50.45; Long: 30.52", (30.52, 50.45), "decimal"),
    ("LAT 50.45 LNG 30.52", (30.52, 50.45), "decimal"),
    ("lat=50.45&lon=30.52", (30.52, 50.45), "decimal"),
    ("lon -58.38, lat -34.60", (-58.38, -34.6), "decimal"),
    ("latitude 50.45 longitude 30.52", (30.52, 50.45), "decimal"),
    ("latitude 50 and longitude 30", (30, 50), "decimal"),
    ("latitude of 50.45 degrees and a longitude of 30.52 degrees", (30.52, 50.45), "decimal"),
    ("latitude 15.5 north, longitude 60.2 west", (-60.2, 15.5), "decimal"),
    ("15.5N 60.2W", (-60.2, 15.5), "decimal"),
    ("50.45 degrees north and 30.52 degrees east", (30.52, 50.45), "decimal"),
    ("-33.8688, 151.2093", (151.2093, -33.8688), "decimal"),
    ("\u221233.8688, \u2212151.2093", (-151.2093, -33.8688), "decimal"),
    ("33.8688° S, 151.2093° E", (151.2093, -33.8688), "decimal"),
    ("50,4501° N, 30,5234° E", KYIV, "decimal"),
    ("50,4501°, 30,5234°", KYIV, "decimal"),
    ("lon/lat: 30.5234, 50.4501", KYIV, "decimal"),
    ("50°N 30°E", (30, 50), "decimal"),
    # degrees, minutes and seconds
    ("50°27′00″N 30°31′24″E", KYIV_DMS, "dms"),
    ("50°27'00\"N, 30°31'24\"E", KYIV_DMS, "dms"),
    ("50° 27' 0\" N 30° 31' 24\" E", KYIV_DMS, "dms"),
    ("50º27’00’’N 30º31’24’’E", KYIV_DMS, "dms"),
    ("50°27'00 N 30°31'24 E", KYIV_DMS, "dms"),
    ("50°\xa027′\xa000″\xa0N\xa030°\xa031′\xa024″\xa0E", KYIV_DMS, "dms"),
    ("50°27′00,0″N 30°31′24,0″E", KYIV_DMS, "dms"),
    ("50 27 00 N 030 31 24 E", KYIV_DMS, "dms"),
    ("N 50 27 00, E 030 31 24", KYIV_DMS, "dms"),
    ("502700N 0303124E", KYIV_DMS, "dms"),
    ("502700N0303124E", KYIV_DMS, "dms"),
    ("N502700 E0303124", KYIV_DMS, "dms"),
    ("50-27-00N 030-31-24E", KYIV_DMS, "dms"),
    ("50:27:00N 030:31:24E", KYIV_DMS, "dms"),
    ("50°27′00″, 30°31′24″", KYIV_DMS, "dms"),
    ("50°26′60″N 30°31′24″E", KYIV_DMS, "dms"),
    ("50 degrees, 27 minutes and 0 seconds north, 30 degrees, 31 minutes and 24 seconds east", KYIV_DMS, "dms"),
    # degrees and decimal minutes
    ("50 degrees 27 minutes north, 30 degrees 31 minutes east", KYIV_DM, "dm"),
    ("50° 27' N, 30° 31' E", KYIV_DM, "dm"),
    ("N 50° 27.000' E 30° 31.400'", KYIV_DMS, "dm"),
    ("N 50 27.000 E 030 31.400", KYIV_DMS, "dm"),
    ("50°27,000′N 30°31,400′E", KYIV_DMS, "dm"),
    ("5027N 03031E", KYIV_DM, "dm"),
    ("lat. 34° 12′ S., long. 77° 54′ W", (-77.9, -34.2), "dm"),
    ("north latitude 50° 27′, east longitude 30° 31′", KYIV_DM, "dm"),
    # grids
    ("36U 324567 5592345", KYIV_GRID, "utm"),
    ("36 U 0324567 5592345", KYIV_GRID, "utm"),
    ("36U 324567mE 5592345mN", KYIV_GRID, "utm"),
    ("UTM 36N 324567 5592345", KYIV_GRID, "utm"),
    ("UTM WGS 84, Zone 36U, 324567 m E, 5592345 m N", KYIV_GRID, "utm"),
    ("Zone 36U E324567 N5592345", KYIV_GRID, "utm"),
    ("Zone 36U N5592345 E324567", KYIV_GRID, "utm"),
    ("UTM 56S 334873 6252267", (151.21500, -33.85699), "utm"),  # S is the southern hemisphere
    ("11S 385000 3768000", (-118.24593, 34.04639), "utm"),  # S is a latitude band of the north
    ("36UUA2456792345", KYIV_GRID, "mgrs"),
    ("36U UA 24567 92345", KYIV_GRID, "mgrs"),
    ("36UUA 24567 92345", KYIV_GRID, "mgrs"),
    ("MGRS: 36UUA29", (30.53332, 50.48083), "mgrs"),
    # codes
    ("9G2GFG2F+29", (30.5234375, 50.4500625), "plus code"),
    ("CFXJXJXX+XX", (12.6499375, 89.9999375), "plus code"),
    ("9G2GFG00+", (30.525, 50.475), "plus code"),
    ("geo:50.4501,30.5234", KYIV, "geo uri"),
    ("GEO:50.4501,30.5234,179;crs=wgs84;u=35", KYIV, "geo uri"),
]


def spans(text):
    return [text[one.start : one.end] for one in find(text)]


@pytest.mark.parametrize(("written", "point", "form"), FORM_TABLE)
def test_each_form_is_found_in_a_sentence_and_converted(written, point, form):
    text = f"On Monday, 3 of them met at {written}. Then it rained."
    assert spans(text) == [written]
    (found,) = find(text)
    assert found.form == form
    assert (found.lon, found.lat) == pytest.approx(point, abs=2e-5)
    assert found.uncertainty_m > 0
    assert read(written) == Coordinates(0, len(written), found.lon, found.lat, form, found.uncertainty_m)


def test_the_table_has_every_form():
    assert {form for _, _, form in FORM_TABLE} == set(FORMS)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Between 48°N 20°E and 52°N 30°E it froze.", ["48°N 20°E", "52°N 30°E"]),
        ("From 50.4501, 30.5234 to 51.1234, 31.4567.", ["50.4501, 30.5234", "51.1234, 31.4567"]),
        ("At 50.4501, 30.5234; 51.1234, 31.4567.", ["50.4501, 30.5234", "51.1234, 31.4567"]),
        ("The depot (50.4501, 30.5234) burned.", ["50.4501, 30.5234"]),
        ("See maps.example/@50.4501,30.5234,15z for it.", ["50.4501,30.5234"]),
        ("See geo:0,0?q=50.4501,30.5234(Depot).", ["50.4501,30.5234"]),
        ("At 50°27′00″ N,\n30°31′24″ E it ended.", ["50°27′00″ N,\n30°31′24″ E"]),
        ("A latitude and longitude of 50°27′N 30°31′E.", ["50°27′N 30°31′E"]),
        ("At 50°27′00″N 30°31′24″E (50.4500, 30.5233).", ["50°27′00″N 30°31′24″E", "50.4500, 30.5233"]),
        ("Grid MGRS 36UUA2592 is theirs.", ["MGRS 36UUA2592"]),
        ("The grid reference 36U UA 2 9 is theirs.", ["36U UA 2 9"]),
        ("At 36UUA29 (MGRS) they met.", ["36UUA29"]),
        ("E502 and S7 join at 50.4501° N, 30.5234° E.", ["50.4501° N, 30.5234° E"]),
    ],
)
def test_spans_hold_the_coordinate_and_no_more(text, found):
    assert spans(text) == found


@pytest.mark.parametrize(
    "text",
    [
        # telephones, scores, formations
        "Call +380 44 123 45 67 or 555-1234.",
        "Call (212) 555-1234 or +49 30 12345678.",
        "They won 3-2, and then 21-14, 7-3.",
        "A 4-4-2 or a 4-2-3-1 against them.",
        "She scored 14.933, 15.100 on the beam.",
        # prices, percentages, votes, lists
        "It costs $50.45, $30.52 now.",
        "It costs $50.4501, $30.5234 now.",
        "At €50.4501, 30.5234 it sold.",
        "Shares fell 50.45, 30.52 percent.",
        "Shares fell 50.4501, 30.5234 percent.",
        "Shares fell 50.4501, 30.5234%.",
        "The vote was 51.2345, 48.7655 per cent; it was 52-48 before.",
        "It rose 1.25, 2.36 and 4.5.",
        "It rose 1.2500, 2.3600 and 4.5000.",
        "It rose 1.2500, 2.3600, 4.5000 and 5.5000.",
        "It rose by 3, 1.2500, 2.3600.",
        "It rose by 3.1415 and 1.2500, 2.3600.",
        "Odds of 1.2500, 2.3600/1 were given.",
        "The p-values are 0.0345, 0.0512.",
        "They are 12.3456, 45.6789 km away.",
        "The euro was at 1.0845, 1.0912 later.",
        "It closed at 83.1234, 82.9876 to the dollar.",
        "The risk rose (95% CI: 12.345, 15.678).",
        "Exchange rates of 41.1234, 42.9876 were seen.",
        "They scored 64.2857, 61.9048 in the test.",
        "The numbers are\n0.125, 0.250\n1.125, 1.250\nand no more.",
        "Winds of 12.34567, 45.6789 mph blew.",
        "It measures 50.45, 30.52.",
        "It measures 50.450, 30.520 in all.",
        "It measures 50.4501, 30.52 in all.",
        # versions, dates and times, pages, addresses of machines, numbers of books
        "Versions 2.3.1 and 10.15.7 came out.",
        "Versions 1.2345, 2.3456.1 came out.",
        "On 24.11.2026 at 10:30:15, and on 11/25/2026.",
        "See pp. 45-47, 50-52.",
        "The hosts 192.168.10.12, 10.0.0.1 fell.",
        "ISBN 978-3-16-148410-0, ISBN 9783161484100.",
        # out of range
        "At 95.4501, 30.5234 nothing is.",
        "At 50.4501, 190.5234 nothing is.",
        "At 95.4501° N, 30.5234° E nothing is.",
        "At 50.4501° N, 190.5234° E nothing is.",
        "At 50°61′00″N 30°31′24″E nothing is.",
        "At 50°27′61″N 30°31′24″E nothing is.",
        "At geo:95.45,30.52 nothing is.",
        "At 90°00′01″N 30°31′24″E nothing is.",
        # temperatures, angles, bearings
        "It was 30.5° C, 12.3° C by night.",
        "It was 30.5123°C, 12.3123°F by night.",
        "It fell to minus 5.5°.",
        "It fell to -5.5°, -10.3°.",
        "Angles of 30.5°, 12.3° and 45°, 60°.",
        "Angles of 30.5123°, 12.3451°, 55.1234°.",
        "Angles of 30°10′10″, 12°20′20″, 55°30′30″.",
        "Thence N 45° 30' E 100.5 feet to a stone.",
        # halves, stretches, contradictions
        "It lies at 50.4501° N.",
        "It lies at latitude 50.45.",
        "It lies at 50.4501° N, 30.5234.",
        "Between 10° N and 20° N it is hot.",
        "From 20° E to 30° E, 50° N it is cold.",
        "Between 48–52° N, 20–30° E it is cold.",
        "At -50.4501° N, 30.5234° E nothing is.",
        "At 50.4501° north longitude, 30.5234° E nothing is.",
        "At 50°27′ N\n\n30°31′ E is another paragraph.",
        # streets, flights, products, words
        "He lives at 50 N 100 W in Provo, at 12 E. 5th Street.",
        "Flights MH17, PS752 and BA 2490 were late.",
        "The 36USA 1234 is a drill, the 4XAB1234-56 another.",
        "The 36USA12 is a drill, the ZAH1234 another.",
        "The AB12CD3456 is a plate.",
        "At 36U 324567 1592345 no such band is.",
        "At 36U 24567 5592345 no such easting is.",
        "At 36UZZ2456792345 no such square is.",
        "A 10S 324567 12 model.",
        "C++ and A+ and 9G2GFG2F+2 are no codes.",
        "In 9G2GF0XF+2P there is a digit that Plus codes do not have.",
        "A short code, FG2F+29 Kyiv, needs a reference point.",
        "At geo:50.45,30.52;crs=nad27 another datum is used.",
        "At geo:0,0?q=Kyiv nothing is said.",
    ],
)
def test_other_numbers_are_no_coordinates(text):
    assert find(text) == ()


@pytest.mark.parametrize(
    "text", ["", " ", "Kyiv", "50.45", "50.4501° N", "at 50.45, 30.52", "50.45, 30.52, 10.1", "95.0, 30.0"]
)
def test_read_takes_one_coordinate_and_nothing_else(text):
    assert read(text) is None


@pytest.mark.parametrize(
    "text", ["50.4501, 30.5234", " 50.4501, 30.5234\n", "50.4501 30.5234", "50.4501; 30.5234", "50.4501/30.5234"]
)
def test_read_allows_a_bare_pair_white_space_around_and_other_signs_between(text):
    found = read(text)
    assert (found.lon, found.lat) == KYIV
    assert text[found.start : found.end] == text.strip()


def test_read_needs_no_three_decimals_as_it_is_told_that_the_string_is_a_coordinate():
    assert find("50.45, 30.5") == ()
    assert (read("50.45, 30.5").lon, read("50.45, 30.5").lat) == (30.5, 50.45)


def test_three_decimals_count_in_brackets_on_a_line_alone_or_after_a_word_that_speaks_of_coordinates():
    assert find("The sum is 48.857, 2.352 so far.") == ()
    assert spans("The tower (48.857, 2.352) stands.") == ["48.857, 2.352"]
    assert spans("The tower:\n48.857, 2.352\nIt stands.") == ["48.857, 2.352"]
    assert spans("Coordinates of the tower: 48.857, 2.352 so far.") == ["48.857, 2.352"]


def test_a_short_plus_code_is_read_near_a_reference_point():
    text = "Meet at FG2F+29 Kyiv."
    assert find(text) == ()
    (found,) = find(text, near=(30.6, 50.4))
    assert text[found.start : found.end] == "FG2F+29"
    assert (found.lon, found.lat) == pytest.approx((30.5234375, 50.4500625))
    assert read("FG2F+29", near=(30.6, 50.4)).form == "plus code"


@pytest.mark.parametrize(
    ("written", "metres"),
    [
        ("0.4501, 30.5234", math.hypot(1e-4, 1e-4) / 2 * 111_320),
        ("60.0000, 30.0000", math.hypot(1e-4, 0.5e-4) / 2 * 111_320),
        ("50°27′N 30°31′E", math.hypot(1 / 60, math.cos(math.radians(50.45)) / 60) / 2 * 111_320),
        ("36UUA2592", 500 * math.sqrt(2)),
        ("36UUA2456792345", 0.5 * math.sqrt(2)),
        ("36U 324567 5592345", 0.5 * math.sqrt(2)),
        ("36U 324567.12 5592345.12", 0.005 * math.sqrt(2)),
        ("geo:50.4501,30.5234;u=35", 35),
        ("geo:50.4501,30.5234;u=0", 0),
    ],
)
def test_the_uncertainty_is_half_the_diagonal_of_the_cell_of_the_last_digit_or_what_the_text_states(written, metres):
    assert read(written).uncertainty_m == pytest.approx(metres, rel=0.01)


@pytest.mark.parametrize(
    ("zone", "easting", "northing"), [(36, 324567, 5592345), (11, 385000, 3768000), (1, 166021, 9)]
)
def test_utm_agrees_with_another_implementation(zone, easting, northing):
    found = read(f"UTM {zone}N {easting} {northing:07}")
    square = mgrs.MGRS().toLatLon(mgrs.MGRS().UTMToMGRS(zone, "N", easting, northing))
    assert geodesic((found.lat, found.lon), square).meters < 1


def test_longitude_is_zero_at_the_poles_of_a_geo_uri_as_the_standard_says():
    assert (read("geo:90,-22.43;crs=WGS84").lon, read("geo:90,-22.43;crs=WGS84").lat) == (0, 90)


# Properties: what is written is read.


def letters(lon, lat):
    return ("N" if lat >= 0 else "S"), ("E" if lon >= 0 else "W")


def parts(degrees, units):
    """Return degrees as whole degrees, minutes and `units` parts of a degree beyond, rounded once."""
    whole, rest = divmod(round(abs(degrees) * units), units)
    return whole, rest


def decimal(lon, lat):
    return f"{lat:.4f}, {lon:.4f}"


def lettered(lon, lat):
    north, east = letters(lon, lat)
    return f"{abs(lat):.3f}° {north}, {abs(lon):.3f}° {east}"


def labelled(lon, lat):
    return f"latitude {lat:.2f}, longitude {lon:.2f}"


def comma(lon, lat):
    return lettered(lon, lat).replace(".", ",")


def dms(lon, lat):
    north, east = letters(lon, lat)
    (d, s), (e, t) = parts(lat, 3600), parts(lon, 3600)
    return f"{d}°{s // 60:02}′{s % 60:02}″{north} {e}°{t // 60:02}′{t % 60:02}″{east}"


def spaced(lon, lat):
    north, east = letters(lon, lat)
    (d, s), (e, t) = parts(lat, 3600), parts(lon, 3600)
    return f"{d:02} {s // 60:02} {s % 60:02} {north} {e:03} {t // 60:02} {t % 60:02} {east}"


def compact(lon, lat):
    north, east = letters(lon, lat)
    (d, s), (e, t) = parts(lat, 3600), parts(lon, 3600)
    return f"{d:02}{s // 60:02}{s % 60:02}{north} {e:03}{t // 60:02}{t % 60:02}{east}"


def minutes(lon, lat):
    north, east = letters(lon, lat)
    (d, m), (e, n) = parts(lat, 60_000), parts(lon, 60_000)
    return f"{north} {d}° {m / 1000:06.3f}' {east} {e}° {n / 1000:06.3f}'"


def worded(lon, lat):
    north, east = ({"N": "north", "S": "south", "E": "east", "W": "west"}[letter] for letter in letters(lon, lat))
    (d, m), (e, n) = parts(lat, 60), parts(lon, 60)
    return f"{d} degrees {m} minutes {north}, {e} degrees {n} minutes {east}"


def plus_code(lon, lat):
    return openlocationcode.encode(lat, lon)


def geo_uri(lon, lat):
    return f"geo:{lat:.5f},{lon:.5f}"


def utm(lon, lat):
    zone = min(int((lon + 180) // 6) + 1, 60)
    to_zone = pyproj.Transformer.from_crs("EPSG:4326", (32600 if lat >= 0 else 32700) + zone, always_xy=True)
    easting, northing = to_zone.transform(lon, lat)
    return f"UTM {zone}{'N' if lat >= 0 else 'S'} {easting:.0f} {northing:07.0f}"


def grid(lon, lat):
    return "MGRS " + mgrs.MGRS().toMGRS(lat, lon)


longitudes = st.floats(-180, 180) | st.sampled_from([-180.0, 180.0, 0.0, 179.99999, -179.99999])
latitudes = st.floats(-90, 90) | st.sampled_from([-90.0, 90.0, 0.0, 89.99999, -89.99999])
WRITERS = [decimal, lettered, labelled, comma, dms, spaced, compact, minutes, worded, plus_code, geo_uri, grid]


def check_that_it_is_read_back(write, lon, lat):
    written = write(lon, lat)
    text = f"It was seen at {written}. Nobody came."
    (found,) = find(text)
    assert text[found.start : found.end] == written
    again = read(written)
    assert (again.lon, again.lat, again.form, again.uncertainty_m) == (
        found.lon,
        found.lat,
        found.form,
        found.uncertainty_m,
    )
    assert geodesic((lat, lon), (found.lat, found.lon)).meters <= found.uncertainty_m * 1.001 + 0.01


@pytest.mark.parametrize("write", WRITERS)
@settings(max_examples=60, deadline=None)
@given(longitudes, latitudes)
def test_a_point_written_in_any_form_is_read_back_within_the_precision_of_the_form(write, lon, lat):
    if write is decimal and abs(lon) < 4.1 and abs(lat) < 4.1:
        lat += 9.0  # a bare pair around 0, 0 is more likely something else
    check_that_it_is_read_back(write, lon, lat)


@settings(max_examples=60, deadline=None)
@given(longitudes, st.floats(-79.9, 83.9))
# In these, S is not a latitude band but says the hemisphere.
@example(lon=30.0, lat=-55.0)
@example(lon=-180.0, lat=0.0)
def test_a_point_written_in_utm_is_read_back(lon, lat):
    if 3_520_000 <= float(utm(lon, lat).split()[-1]) <= 4_460_000 and lat < 0:
        lat = -lat  # south of 50° S the letter S is also that of a band of the north, which wins
    check_that_it_is_read_back(utm, lon, lat)


PIECES = [*" °′″'\"NESW-\u2212\n$%.+\u017f\u3000", "50", "50.4501", ", ", "lat ", "longitude ", "36U", "UA", "324567"]
PIECES += ["geo:", ";u=", "FG2F", "9G2G", "and ", "to ", "UTM ", "MGRS "]


@settings(max_examples=300, deadline=None)
@given(st.text() | st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_text_is_read_without_error_and_each_span_reads_back_to_the_same(text):
    found = find(text)
    read(text)
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    for one in found:
        assert -180 <= one.lon <= 180
        assert -90 <= one.lat <= 90
        again = read(text[one.start : one.end])
        assert (again.lon, again.lat, again.form) == (one.lon, one.lat, one.form)


def test_what_stands_far_away_changes_nothing():
    filler = "The committee met for 3 hours and agreed on 12 points. " * 40
    text = filler + "It was at 50.4501° N, 30.5234° E. " + filler + "And at 36UUA2456792345. " + filler
    assert spans(text) == ["50.4501° N, 30.5234° E", "36UUA2456792345"]


def test_long_texts_of_numbers_take_time_in_proportion():
    def seconds(text):
        start = time.process_time()
        find(text)
        return time.process_time() - start

    for piece in ("1.2345, ", "50° ", "36UUA ", "50.4501, 30.5234 and ", "50°27′00″N 30°31′24″E ", "geo:1,1;a=b "):
        find(piece)
        short, long = (min(seconds(piece * times) for _ in range(3)) for times in (100, 1600))
        assert long < 16 * 4 * max(short, 0.001), piece


def test_importing_the_module_and_reading_plain_text_loads_no_library():
    program = (
        "import sys, geo.coordinates; geo.coordinates.find('It cost 3 dollars, 2 more than in 2024. ' * 50);"
        "print([name for name in ('mgrs', 'pyproj', 'openlocationcode', 'geo.coordinates.degrees') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_examples_of_the_documentation_run():
    assert doctest.testmod(geo.coordinates) == (0, 4)


def test_a_map_address_with_escaped_characters_is_no_reason_to_fail():
    assert find(urllib.parse.quote("50.4501° N, 30.5234° E")) == ()
