"""How large and how fast the page is, beside a map of folium's own with the same data.

``python -m maps.benchmark`` writes pages of invented articles, opens them in
Chromium and prints the figures.
"""
