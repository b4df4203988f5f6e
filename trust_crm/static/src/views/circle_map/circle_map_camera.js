const MOST = 40;
const ZOOM_OF_DOTS = 0.42; // dots grow slower than the map: zooming in separates them

/** Which part of the disc of radius 1 is seen, and how large. Pixels are CSS pixels. */
export class Camera {
    constructor() {
        this.width = 1;
        this.height = 1;
        this.home();
    }

    resize(width, height) {
        this.width = Math.max(width, 1);
        this.height = Math.max(height, 1);
        this.keepInView();
    }

    home() {
        this.zoom = 1;
        this.panX = 0;
        this.panY = 0;
    }

    /** Radius of the whole disc at rest. */
    get radius() {
        return Math.max(Math.min(this.width, this.height) / 2 - 10, 40);
    }

    get scale() {
        return this.radius * this.zoom;
    }

    get dotScale() {
        return this.zoom ** ZOOM_OF_DOTS;
    }

    toScreen(x, y) {
        return [
            this.width / 2 + this.panX + x * this.scale,
            this.height / 2 + this.panY + y * this.scale,
        ];
    }

    toMap(left, top) {
        return [
            (left - this.width / 2 - this.panX) / this.scale,
            (top - this.height / 2 - this.panY) / this.scale,
        ];
    }

    pan(dx, dy) {
        this.panX += dx;
        this.panY += dy;
        this.keepInView();
    }

    /** Zoom by a factor; the point under the pointer stays where it is. */
    zoomBy(factor, left = this.width / 2, top = this.height / 2) {
        const [x, y] = this.toMap(left, top);
        this.zoom = Math.min(Math.max(this.zoom * factor, 1), MOST);
        const [newLeft, newTop] = this.toScreen(x, y);
        this.pan(left - newLeft, top - newTop);
    }

    /** Bring a point into view, if it is not well inside. */
    show(x, y) {
        const [left, top] = this.toScreen(x, y);
        const inside = (value, size) => value > 24 && value < size - 24;
        if (!inside(left, this.width) || !inside(top, this.height)) {
            this.pan(this.width / 2 - left, this.height / 2 - top);
        }
    }

    isVisible(left, top, margin = 0) {
        return (
            left > -margin &&
            top > -margin &&
            left < this.width + margin &&
            top < this.height + margin
        );
    }

    keepInView() {
        const limit = (size) => Math.max(this.scale - size / 2 + 40, 0);
        const clamp = (value, most) => Math.min(Math.max(value, -most), most);
        const rest = this.zoom === 1;
        this.panX = rest ? 0 : clamp(this.panX, limit(this.width));
        this.panY = rest ? 0 : clamp(this.panY, limit(this.height));
    }
}
