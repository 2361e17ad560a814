// Web Mercator as fractions of the world's width: (0, 0) north-west, (1, 1) south-east.

const LIMIT = 85.0511287798;

export const mercatorX = (lon) => (lon + 180) / 360;

export const mercatorY = (lat) => {
  const clamped = Math.max(-LIMIT, Math.min(LIMIT, lat));
  const sine = Math.sin((clamped * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
};
