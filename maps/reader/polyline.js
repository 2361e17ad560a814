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
