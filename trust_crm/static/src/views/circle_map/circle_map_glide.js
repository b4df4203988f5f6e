import {browser} from "@web/core/browser/browser";
import {radiusOf} from "./circle_map_layout";

const MANY = 2500; // more dots than this appear where they belong at once
const LASTING = 900; // milliseconds

/**
 * Dots glide to where they belong: from where they just were, and at first from where
 * they stood 30 days ago, so that the eye sees who moved. Readers who asked their
 * system for less motion see them arrived.
 */
export class Glide {
    constructor(onFrame) {
        this.onFrame = onFrame;
        this.known = new Map();
    }

    start({dots, rings}, layout) {
        const {xs, ys} = layout;
        const calm = browser.matchMedia("(prefers-reduced-motion: reduce)").matches;
        this.stop();
        if (!calm && dots.id.length <= MANY) {
            this.from = dots.id.map((id, dot) =>
                this.origin(dots, dot, rings.length, layout)
            );
            this.since = browser.performance.now();
        }
        this.known = new Map(dots.id.map((id, dot) => [id, [xs[dot], ys[dot]]]));
    }

    stop() {
        this.from = null;
    }

    origin({id, was}, dot, rings, {xs, ys}) {
        if (this.known.has(id[dot])) {
            return this.known.get(id[dot]);
        }
        if (was[dot] === null) {
            return [xs[dot], ys[dot]];
        }
        const distance = radiusOf(was[dot], rings);
        const ray = distance / (Math.hypot(xs[dot], ys[dot]) || 1);
        return [xs[dot] * ray, ys[dot] * ray];
    }

    /** Where the dots are at this moment; asks for another frame until they arrived. */
    positions({xs, ys}) {
        const passed = this.from && (browser.performance.now() - this.since) / LASTING;
        if (!this.from || passed >= 1) {
            this.from = null;
            return {xs, ys};
        }
        const share = 1 - (1 - Math.max(passed, 0)) ** 3;
        const between = (axis, ends) =>
            ends.map((end, dot) => {
                const begin = this.from[dot][axis];
                return begin + (end - begin) * share;
            });
        this.onFrame();
        return {xs: between(0, xs), ys: between(1, ys)};
    }
}
