"""Mentions and candidates to toponyms: which place is meant, how sure, and why."""
