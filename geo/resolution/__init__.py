"""Mentions and candidates to toponyms: which place is meant, how sure, and why."""

from geo.resolution.home import Home, homes
from geo.resolution.resolve import THRESHOLD, Asked, Resolver

__all__ = ["THRESHOLD", "Asked", "Home", "Resolver", "homes"]
