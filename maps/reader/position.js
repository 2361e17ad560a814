// Where the map was moved to by its reader, in the address and on the way back.

// As much as a screen shows: a ten-thousandth of a degree is some ten metres.
const DECIMALS = 4;

const read = (written) => {
  const [zoom, lat, lon] = (written ?? "").split("/").map(Number.parseFloat);
  return zoom >= 0 && zoom <= 20 && Math.abs(lat) <= 90 && Math.abs(lon) <= 360 ? { zoom, center: [lat, lon] } : null;
};

/**
 * Follow where `map` is moved to by hand; `moved()` is called then. What the page itself moves
 * it to, to show a place, is no position of the reader's and stands in no address.
 */
export const createPosition = (map, moved) => {
  let position = null;
  let isByHand = false;
  const byHand = () => {
    isByHand = true;
  };
  const now = () => ({ zoom: map.getZoom(), center: [map.getCenter().lat, map.getCenter().lng] });
  const container = map.getContainer();
  map.on("dragstart boxzoomstart", byHand);
  for (const kind of ["wheel", "dblclick"]) container.addEventListener(kind, byHand, { passive: true });
  container.addEventListener("touchstart", (event) => event.touches.length > 1 && byHand(), { passive: true });
  container.addEventListener(
    "keydown",
    (event) => /^(Arrow|[+=-]$)/.test(event.key) && event.target === container && byHand(),
  );
  container.querySelector(".leaflet-control-zoom")?.addEventListener("click", byHand);
  map.on("moveend", () => {
    if (!isByHand) return;
    isByHand = false;
    position = now();
    moved();
  });
  const go = ({ zoom, center }, animate) => {
    isByHand = false;
    map.setView(center, zoom, { animate });
  };
  return {
    now,
    /** Go where the map was when a view was left. */
    back: (before, animate) => {
      map.stop();
      const { zoom, center } = now();
      const isThere = zoom === before.zoom && center.every((one, at) => Math.abs(one - before.center[at]) < 1e-9);
      if (!isThere) go(before, animate);
    },
    /** Take over the position of an address; tells whether it has one. */
    adopt: (given) => {
      position = read(given.get("map"));
      if (position) go(position, false);
      return position !== null;
    },
    write: (written) => {
      if (!position) return;
      const { zoom, center } = position;
      written.set("map", [zoom.toFixed(1), ...center.map((one) => one.toFixed(DECIMALS))].join("/"));
    },
  };
};
