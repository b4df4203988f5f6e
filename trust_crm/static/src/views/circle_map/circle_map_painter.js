import {drawArrow, drawRings} from "./circle_map_ink";
import {drawLabels, drawRingNames} from "./circle_map_labels";
import {radiusOf} from "./circle_map_layout";

const FULL = 2 * Math.PI;
export const MANY = 1500; // from here on dots of a colour share a path and have no outline

/** Draws rings, dots, arrows and names on a canvas. */
export class CircleMapPainter {
    constructor(canvas, camera) {
        this.canvas = canvas;
        this.camera = camera;
    }

    /** @param {Object} scene `model`, `theme`, and the layout's `xs`, `ys`, `sizes` */
    setScene(scene) {
        this.scene = scene;
        const {dots, order} = scene.model;
        // Small dots lie on top of large ones.
        this.largestFirst = [...order].sort((a, b) => dots.size[b] - dots.size[a]);
    }

    resize(ratio) {
        this.canvas.width = Math.round(this.camera.width * ratio);
        this.canvas.height = Math.round(this.camera.height * ratio);
        this.ratio = ratio;
    }

    clean() {
        const ink = this.canvas.getContext("2d");
        ink.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
        ink.clearRect(0, 0, this.camera.width, this.camera.height);
        return ink;
    }

    draw() {
        const ink = this.clean();
        drawRings(ink, this.camera, this.scene);
        const seen = this.seen();
        const crowded = seen.length > MANY;
        if (crowded) {
            this.drawTogether(ink, seen);
        } else {
            seen.forEach((dot) => this.drawOne(ink, dot));
        }
        for (const dot of this.scene.model.movers) {
            if (!crowded || this.scene.model.changedRing(dot)) {
                this.drawMove(ink, dot, crowded ? 0.4 : 0.9);
            }
        }
        const taken = drawRingNames(ink, this.camera, this.scene);
        if (!crowded) {
            drawLabels(ink, this.camera, this.scene, this, seen, taken);
        }
    }

    /** Dots within the canvas, largest first. */
    seen() {
        return this.largestFirst.filter((dot) => {
            const [left, top, size] = this.spot(dot);
            return this.camera.isVisible(left, top, size);
        });
    }

    /** Where on the canvas a dot is, and its radius there. */
    spot(dot) {
        const {xs, ys, sizes} = this.scene;
        return [
            ...this.camera.toScreen(xs[dot], ys[dot]),
            sizes[dot] * this.camera.dotScale,
        ];
    }

    drawOne(ink, dot) {
        const {theme, model} = this.scene;
        const band = model.dots.band[dot];
        ink.beginPath();
        ink.arc(...this.spot(dot), 0, FULL);
        ink.fillStyle = theme.bands[band] || theme.card;
        ink.globalAlpha = band ? 0.9 : 1;
        ink.fill();
        ink.globalAlpha = 1;
        ink.setLineDash(band ? [] : [2.5, 2.5]);
        ink.strokeStyle = band ? theme.card : theme.thin;
        ink.lineWidth = 1.25;
        ink.stroke();
        ink.setLineDash([]);
    }

    drawTogether(ink, seen) {
        const {theme, model} = this.scene;
        ink.lineWidth = 1;
        ink.globalAlpha = 0.85;
        for (const [band, dots] of Map.groupBy(seen, (dot) => model.dots.band[dot])) {
            ink.beginPath();
            for (const dot of dots) {
                const [left, top, size] = this.spot(dot);
                ink.moveTo(left + size, top);
                ink.arc(left, top, size, 0, FULL);
            }
            ink.fillStyle = ink.strokeStyle = theme.bands[band] || theme.thin;
            if (band) {
                ink.fill();
            } else {
                ink.stroke();
            }
        }
        ink.globalAlpha = 1;
    }

    /** An arrow from where a dot stood 30 days ago, along its own ray. */
    drawMove(ink, dot, alpha = 1) {
        const {xs, ys, theme, model} = this.scene;
        const [left, top, size] = this.spot(dot);
        const distance = Math.hypot(xs[dot], ys[dot]) || 1e-6;
        const past = radiusOf(model.dots.was[dot], model.rings.length) - distance;
        const way = model.moveOf(dot); // 1: towards the centre
        const length = Math.max(way * past * this.camera.scale, size + 13);
        const along = (pixels) => [
            left + (xs[dot] / distance) * way * pixels,
            top + (ys[dot] / distance) * way * pixels,
        ];
        ink.globalAlpha = alpha;
        ink.strokeStyle = ink.fillStyle = way > 0 ? theme.closer : theme.further;
        drawArrow(ink, along(length), along(size + 1));
        ink.globalAlpha = 1;
    }
}
