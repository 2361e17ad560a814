"""Makes the gazetteer's administrative tables, its areas and the map's base data.

Run once by a developer when a source changes; its products are committed, so
neither the build hook nor a user ever needs it::

    python -m geo.gazetteer.preparation --geonames DIRECTORY --natural-earth world_map.gpkg

Steps: GeoNames' and ISO's lists → ``tables/admin1.csv`` and
``tables/countries.csv``; Natural Earth's units, each given to its GeoNames
division → one coverage → ``tables/areas.gz``; the same coverage, simplified
harder → ``maps/world.json.gz``.
"""
