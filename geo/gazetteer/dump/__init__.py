"""GeoNames' dump: the files, their lines, and the index that is made from them on top of the embedded one."""

from geo.gazetteer.dump.build import Report, build_from_dump
from geo.gazetteer.dump.files import Step

__all__ = ["Report", "Step", "build_from_dump"]
