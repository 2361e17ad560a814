// A layer that paints the whole view on one canvas, whenever the map has come to rest.

// The part of the view painted beyond each edge, so that dragging shows no blank.
export const PADDING = 0.25;

/**
 * A Leaflet layer on a canvas; `paint(context, view)` draws, where
 * view = {scale, left, top, width, height, zoom} turns Mercator fractions to pixels:
 * pixel = fraction * scale - left.
 */
export const createCanvas = (pane, paint) => {
  const Layer = L.Renderer.extend({
    options: { padding: PADDING, pane },
    _initContainer() {
      this._container = document.createElement("canvas");
      this._container.setAttribute("aria-hidden", "true");
    },
    _destroyContainer() {
      this._container.remove();
    },
    _updatePaths() {},
    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const size = this._bounds.getSize();
      const ratio = Math.min(window.devicePixelRatio || 1, 2);
      const canvas = this._container;
      L.DomUtil.setPosition(canvas, this._bounds.min);
      const [width, height] = [Math.round(size.x * ratio), Math.round(size.y * ratio)];
      if (canvas.width !== width) canvas.width = width;
      if (canvas.height !== height) canvas.height = height;
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
      this.repaint();
    },
    // Leaflet's own would afterwards shift the canvas by parts of a pixel, which blurs type.
    _reset() {
      this._update();
    },
    repaint() {
      if (!this._map || !this._bounds) return;
      const map = this._map;
      const size = this._bounds.getSize();
      const context = this._container.getContext("2d");
      const ratio = this._container.width / size.x;
      const origin = map.getPixelOrigin().add(this._bounds.min);
      const zoom = map.getZoom();
      context.setTransform(ratio, 0, 0, ratio, 0, 0);
      context.clearRect(0, 0, size.x, size.y);
      paint(context, {
        scale: 256 * 2 ** zoom,
        left: origin.x,
        top: origin.y,
        width: size.x,
        height: size.y,
        zoom,
      });
    },
  });
  return new Layer();
};
