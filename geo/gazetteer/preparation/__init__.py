"""Makes the gazetteer's administrative tables, its areas and the map's base data.

Run once by a developer when a source changes; its products are committed, so
neither the build hook nor a user ever needs it. In this order, as each step
reads what the ones before it made::

    python -m geo.gazetteer.preparation --geonames DIRECTORY --natural-earth world_map.gpkg
    python -m geo.gazetteer.preparation.counties counties-10m.json --geonames DIRECTORY
    python -m geo.gazetteer.preparation.admin2 DIRECTORY/admin2Codes.txt

The first: GeoNames' and ISO's lists → ``tables/admin1.csv`` and
``tables/countries.csv``; Natural Earth's units, each given to its GeoNames
division → one coverage → ``tables/areas.gz``; the same coverage, simplified
harder → ``maps/world.json.gz``. The second: the Census Bureau's counties and
their FIPS codes → ``tables/counties.gz``. The third: GeoNames' list of
second-order divisions, their towns and the areas of counties →
``tables/admin2.csv``.
"""
