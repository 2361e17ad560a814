"""The build hook: makes the gazetteer's index before the wheel is packed.

Also for editable installs. The index is made again only when something that it
is made from has changed, which a digest beside it tells.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

INDEX = "geo/gazetteer/gazetteer.sqlite"


class GazetteerBuildHook(BuildHookInterface[Any]):
    """Builds ``geo/gazetteer/gazetteer.sqlite`` and puts it into the wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the index unless it is there and as new as what it is made from."""
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        index = root / INDEX
        stamp = index.with_name(index.name + ".sha256")
        digest = self._digest(root)
        if not index.exists() or not stamp.exists() or stamp.read_text() != digest:
            sys.path.insert(0, str(root))
            try:
                from geo.gazetteer.build import build_index  # noqa: PLC0415 - importable from here on only
            finally:
                sys.path.remove(str(root))
            build_index(index, progress=lambda doing: self.app.display_info(f"gazetteer: {doing}"))
            stamp.write_text(digest)
        if version != "editable":
            build_data["force_include"][str(index)] = INDEX

    def _digest(self, root: Path) -> str:
        requirements = "\n".join(self.build_config.builder.metadata.build.requires)
        digest = hashlib.sha256(requirements.encode())
        folder = root / "geo" / "gazetteer"
        made_from = [
            *(module.name for module in folder.glob("*.py")),
            *(f"tables/{p.name}" for p in (folder / "tables").iterdir() if p.is_file()),
        ]
        for name in sorted(made_from):
            digest.update(name.encode() + b"\0" + (folder / name).read_bytes())
        return digest.hexdigest()
