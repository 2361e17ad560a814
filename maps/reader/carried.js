// What the page carries in its script elements, plain or packed; see maps/carrying.py.

const bytesOf = (base64) => {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(base64);
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
};

/** Unpack JSON from base64 of gzip; the page asks no one, so this is all its own bytes. */
export const unpack = async (packed) => {
  const stream = new Blob([bytesOf(packed)]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
};

/** The data of an element; a promise of it where it is packed. */
export const carried = (element) =>
  element.type === "application/json" ? JSON.parse(element.textContent) : unpack(element.textContent);
