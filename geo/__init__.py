"""Text to places: reads articles, finds the place names in them and decides which place each one means."""
