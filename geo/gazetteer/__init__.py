"""Names to places: the embedded gazetteer."""
