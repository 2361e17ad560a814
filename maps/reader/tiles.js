// Online tiles under the atlas, where whoever made the page asked for them.
import { h } from "./dom.js";

/**
 * Lay `tiles` (see maps/tiles.py) under the map. `failed()` is called once if none of the first
 * can be had, as without a network: then the page's own basemap stands in.
 */
export const layTiles = (map, tiles, failed) => {
  const layer = L.tileLayer(tiles.url, {
    subdomains: tiles.subdomains,
    minZoom: 0,
    minNativeZoom: tiles.minZoom,
    maxNativeZoom: tiles.maxZoom,
    maxZoom: map.getMaxZoom(),
    tms: tiles.tms,
    // Providers ask from which site their tiles are looked at; a page from disk has none to tell.
    referrerPolicy: "strict-origin-when-cross-origin",
  });
  let loaded = false;
  let told = false;
  layer.on("tileload", () => {
    loaded = true;
  });
  layer.on("tileerror", () => {
    if (loaded || told) return;
    told = true;
    layer.remove();
    failed();
  });
  const credits = h(
    "div",
    { class: "leaflet-control-attribution tile-credits" },
    tiles.credits.map(([text, address]) =>
      address ? h("a", { href: address, target: "_blank", rel: "noopener" }, text) : text,
    ),
  );
  new (L.Control.extend({ options: { position: "bottomright" }, onAdd: () => credits }))().addTo(map);
  layer.addTo(map);
};
