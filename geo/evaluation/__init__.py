"""Annotated corpora and measures."""
