"""The self-contained page: everything in one HTML file, and no request allowed.

The page is made of files under `reader/`, of Leaflet's own two files from the
`XStatic-Leaflet` wheel, and of data in script elements that are never run. Its
Content-Security-Policy names each script and style by its hash.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from branca.element import CssLink, Element, Figure, JavascriptLink
from folium.raster_layers import TileLayer
from xstatic.pkg import leaflet

from maps.carrying import carry

if TYPE_CHECKING:
    from collections.abc import Iterator

READER = Path(__file__).with_name("reader")
LEAFLET = Path(leaflet.BASE_DIR)
STYLES = (
    "tokens.css",
    "page.css",
    "panel.css",
    "filters.css",
    "timeline.css",
    "place.css",
    "about.css",
    "text.css",
    "map.css",
    "layers.css",
    "narrow.css",
    "print.css",
)
"""The page's own style sheets, in the order of the cascade."""

_SLOT = re.compile(r"<!-- slot: (\w+) -->")
# What explains the files to those who work on them: comments that have lines of their own, and indents.
_SCRIPT_COMMENT = re.compile(r"^[ \t]*(?:/\*\*.*?\*/[ \t]*|//[^\n]*)\n", re.MULTILINE | re.DOTALL)
_STYLE_COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_IMPORT = re.compile(r'^import (\{[^}]*\}) from "\./(\w+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:const|let|function|class) (\w+))", re.MULTILINE)
_INLINE_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_RANDOM_ID = re.compile(r"[0-9a-f]{32}")
_URL_RULE = re.compile(r"^[^\n]*url\([^)]*\)[^\n]*\n", re.MULTILINE)


class Page(Figure):
    """The document around the map, in place of branca's own.

    Parameters
    ----------
    title : str
        The document's title.
    atlas, world : str
        What the page carries: the payload as JSON that is safe in a script
        element, and the packed basemap in base64. Large JSON travels packed;
        not where layers of folium's are added, whose scripts cannot wait for
        the map.
    map_id : str
        The id of the map's element, which is also the name of the global
        variable under which the scripts of added folium layers find the map.
    images : tuple of str
        The origins that images may come from, and no others.
    """

    def __init__(self, *, title: str, atlas: str, world: str, map_id: str, images: tuple[str, ...] = ()) -> None:
        super().__init__(title=title)
        self._id = "page"
        self.header._children.clear()  # noqa: SLF001 - branca's own charset element; the page states it itself
        self._atlas = atlas
        self._images = images
        self._slots = {"title": html.escape(title), "map_id": map_id, "world": world}

    def render(self, **kwargs: Any) -> str:  # noqa: ANN401 - as branca's own
        """Return the whole document; the same atlas and layers give the same text."""
        for child in self._children.values():
            child.render(**kwargs)
        added = _Added.of(self, **kwargs)
        style, leaflet_style = reader_style(), leaflet_file("leaflet.css")
        script, leaflet_script = reader_script(), leaflet_file("leaflet.js")
        slots = self._slots | {
            "policy": _attribute(
                added.policy(scripts=(leaflet_script, script), styles=(leaflet_style, style), images=self._images)
            ),
            # A provider of tiles may ask from which site, and is told that and no more.
            "referrer": "strict-origin-when-cross-origin" if self._images else "no-referrer",
            "leaflet_style": leaflet_style,
            "style": style,
            "atlas": carry(self._atlas, packed=not added.script),
            "leaflet_script": leaflet_script,
            "script": script,
            "added_header": added.header,
            "added_html": added.html,
            "added_script": f"<script>{added.script}</script>" if added.script else "",
        }
        template = (READER / "page.html").read_text(encoding="utf-8")
        return _SLOT.sub(lambda slot: slots[slot[1]], template)

    def _repr_html_(self, **kwargs: Any) -> str:  # noqa: ANN401 - as branca's own
        """Return the page in a sandboxed frame, as a notebook shows it."""
        return (
            '<iframe sandbox="allow-scripts allow-popups allow-downloads" title="Reading map" '
            'style="width:100%;height:44rem;border:0" '
            f'srcdoc="{html.escape(self.render(**kwargs), quote=True)}"></iframe>'
        )


class _Added(NamedTuple):
    """What folium layers that were added to the map bring with them."""

    header: str
    html: str
    script: str
    script_links: tuple[str, ...]
    style_links: tuple[str, ...]
    tiles: tuple[str, ...]

    @classmethod
    def of(cls, page: Page, **kwargs: Any) -> _Added:  # noqa: ANN401 - as branca's own
        elements = tuple(_descendants(page))

        def part(element: Element) -> str:
            return _with_fixed_ids(element.render(**kwargs).strip(), elements)

        return cls(
            header=part(page.header),
            html=part(page.html),
            script=part(page.script),
            script_links=tuple(one.url for one in elements if isinstance(one, JavascriptLink)),
            style_links=tuple(one.url for one in elements if isinstance(one, CssLink)),
            tiles=tuple(one.tiles for one in elements if isinstance(one, TileLayer)),
        )

    def policy(self, *, scripts: tuple[str, ...], styles: tuple[str, ...], images: tuple[str, ...]) -> str:
        """Return the Content-Security-Policy (W3C CSP Level 3) of the page.

        Without added layers it lets nothing be requested but `images` of the
        tiles that were asked for. Added layers are let
        have the links, tiles and inline styles that they name, and no others.
        """
        inline = (*scripts, *_INLINE_SCRIPT.findall(self.header + self.html), self.script)
        allowed = {
            "default-src": ["'none'"],
            "base-uri": ["'none'"],
            "form-action": ["'none'"],
            "script-src": [_hash(one) for one in inline if one] + list(self.script_links),
            "style-src": [_hash(one) for one in styles],
        }
        if images:
            # Leaflet puts an empty picture, which is data, in the place of a tile that it takes away.
            allowed["img-src"] = ["data:", *images]
        if self.header or self.html or self.script:
            # Layers of folium's style their own elements; a hash would switch this word off.
            allowed["style-src"] = ["'unsafe-inline'", *self.style_links]
            allowed["img-src"] = ["data:", *sorted({*images, *(_origin(tiles) for tiles in self.tiles)})]
            allowed["font-src"] = sorted({_origin(link) for link in self.style_links}) or ["'none'"]
        return "; ".join(f"{directive} {' '.join(sources)}" for directive, sources in allowed.items())


@cache
def reader_script() -> str:
    """Return the page's own modules as one script, what is imported before what imports it.

    The modules are plain ECMAScript modules, so that they can be tested and
    linted as such. Here each becomes a function of its own scope that hands
    out what it exports: ``import {a} from "./b.js"`` turns into a constant.
    Comments and indents stay behind; they would be an eighth of the page.
    """
    ordered: dict[str, str] = {}

    def add(name: str) -> None:
        source = _INDENT.sub("", _SCRIPT_COMMENT.sub("", (READER / f"{name}.js").read_text(encoding="utf-8")))
        for _, needed in _IMPORT.findall(source):
            if needed not in ordered:
                add(needed)
        handed_out = ", ".join(_EXPORT.findall(source))
        body = _EXPORT.sub("", _IMPORT.sub(r"const \1 = module_\2;", source))
        # What waits at its top level is the last, and nothing waits for it.
        kind = "async " if name == "main" else ""
        ordered[name] = f"const module_{name} = ({kind}() => {{\n{body}return {{ {handed_out} }};\n}})();\n"

    add("main")
    return "(() => {\n" + '"use strict";\n' + "\n".join(ordered.values()) + "})();\n"


@cache
def reader_style() -> str:
    """Return the page's own style sheets as one."""
    sheets = ((READER / name).read_text(encoding="utf-8") for name in STYLES)
    return "\n".join(_INDENT.sub("", _STYLE_COMMENT.sub("", sheet)) for sheet in sheets)


@cache
def leaflet_file(name: str) -> str:
    """Return one of Leaflet's files, without its references to other files.

    Its style sheet names three images, of a marker and a layer switch, that
    the page does not use; the script names its source map.
    """
    text = (LEAFLET / name).read_text(encoding="utf-8")
    if name.endswith(".css"):
        return _URL_RULE.sub("", text)
    return re.sub(r"\n//# sourceMappingURL=.*", "", text)


def _descendants(element: Element) -> Iterator[Element]:
    children = list(element._children.values())  # noqa: SLF001 - branca has no public way to walk its tree
    if isinstance(element, Figure):
        children += [element.header, element.html, element.script]
    for child in children:
        yield child
        yield from _descendants(child)


def _with_fixed_ids(text: str, elements: tuple[Element, ...]) -> str:
    """Replace the ids of elements, which branca draws at random, by their numbers in the tree."""
    drawn_at_random = [element for element in elements if _RANDOM_ID.fullmatch(element._id)]  # noqa: SLF001 - the id has no public name
    for number, element in enumerate(drawn_at_random):
        text = text.replace(f"_{element._id}", f"_{number}")  # noqa: SLF001 - the id has no public name
    return text


def _attribute(value: str) -> str:
    """Escape `value` for an attribute in double quotes, leaving the policy's single ones to be read."""
    return html.escape(value, quote=False).replace('"', "&quot;")


def _hash(content: str) -> str:
    # The browser hashes what its parser hands on, which has "\n" for every line end.
    normal = content.replace("\r\n", "\n").replace("\r", "\n")
    return f"'sha256-{base64.b64encode(hashlib.sha256(normal.encode()).digest()).decode('ascii')}'"


def _origin(url: str) -> str:
    """Return the origin of `url`, with a star for Leaflet's {s} (one of several hosts)."""
    parts = urlsplit(url.replace("{s}", "*"))
    return f"{parts.scheme}://{parts.netloc}"
