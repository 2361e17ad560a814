// Whole numbers and rings in the Encoded Polyline Algorithm Format, as maps/polyline.py writes them.

/** Read whole numbers one by one: {next, done}. */
export const numbersOf = (encoded) => {
  let at = 0;
  return {
    done: () => at >= encoded.length,
    next: () => {
      let value = 0;
      for (let shift = 0; ; shift += 5) {
        const group = encoded.charCodeAt(at) - 63;
        at += 1;
        value |= (group & 0x1f) << shift;
        if (group < 0x20) return value & 1 ? ~(value >> 1) : value >> 1;
      }
    },
  };
};

/** Decode one ring to [[lat, lon], …], the order that Leaflet asks for. */
export const decodeRing = (encoded, decimals) => {
  const factor = 10 ** decimals;
  const points = [];
  const numbers = numbersOf(encoded);
  for (let lon = 0, lat = 0; !numbers.done(); ) {
    lon += numbers.next();
    lat += numbers.next();
    points.push([lat / factor, lon / factor]);
  }
  return points;
};
