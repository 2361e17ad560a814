"""Articles to mentions: where a place is named, and in which role."""
