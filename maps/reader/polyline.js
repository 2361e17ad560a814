// The Encoded Polyline Algorithm Format, longitude first, as maps/payload.py writes it.

/** Decode one ring to [[lat, lon], …], the order that Leaflet asks for. */
export const decodeRing = (encoded, decimals) => {
  const factor = 10 ** decimals;
  const points = [];
  let at = 0;
  const step = () => {
    let value = 0;
    for (let shift = 0; ; shift += 5) {
      const group = encoded.charCodeAt(at) - 63;
      at += 1;
      value |= (group & 0x1f) << shift;
      if (group < 0x20) return value & 1 ? ~(value >> 1) : value >> 1;
    }
  };
  for (let lon = 0, lat = 0; at < encoded.length; ) {
    lon += step();
    lat += step();
    points.push([lat / factor, lon / factor]);
  }
  return points;
};

/** The bounds of the parts that matter: [[south, west], [north, east]]. */
export const mainBounds = (rings) => {
  const boxes = rings.map((ring) => {
    let [south, west, north, east] = [90, 180, -90, -180];
    for (const [lat, lon] of ring) {
      south = Math.min(south, lat);
      north = Math.max(north, lat);
      west = Math.min(west, lon);
      east = Math.max(east, lon);
    }
    return { south, west, north, east, size: (north - south) * (east - west) };
  });
  // Far islands and what lies beyond the 180th meridian do not decide what is looked at.
  const largest = Math.max(...boxes.map((box) => box.size));
  const main = boxes.filter((box) => box.size >= largest * 0.15);
  return [
    [Math.min(...main.map((box) => box.south)), Math.min(...main.map((box) => box.west))],
    [Math.max(...main.map((box) => box.north)), Math.max(...main.map((box) => box.east))],
  ];
};
