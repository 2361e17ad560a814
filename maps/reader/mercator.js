// Web Mercator as fractions of the world's width: (0, 0) north-west, (1, 1) south-east.

const LIMIT = 85.0511287798;

export const mercatorX = (lon) => (lon + 180) / 360;

/** [lat, lon] of a point in fractions, the order that Leaflet asks for. */
export const fromMercator = (x, y) => [(Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI, x * 360 - 180];

export const mercatorY = (lat) => {
  const clamped = Math.max(-LIMIT, Math.min(LIMIT, lat));
  const sine = Math.sin((clamped * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
};
