import {browser} from "@web/core/browser/browser";
import {Glide} from "./circle_map_glide";
import {layOut} from "./circle_map_layout";
import {CircleMapPainter, MANY} from "./circle_map_painter";
import {readTheme} from "./circle_map_theme";

const REST = 140; // milliseconds after the last turn of the wheel

/**
 * The canvas of one map: lays out what the model holds, draws it when something
 * changed, and finds dots by their place.
 *
 * While thousands of dots are zoomed or moved the browser stretches the picture that is
 * there; it is drawn anew, and sharp, as soon as the hand rests.
 */
export class CircleMapDrawing {
    constructor(camera, map, canvas, mark) {
        Object.assign(this, {camera, map, canvas, mark});
        this.painter = new CircleMapPainter(canvas, camera);
        this.glide = new Glide(() => this.redraw());
        this.marked = -1;
    }

    stop() {
        this.glide.stop();
        browser.cancelAnimationFrame(this.frame);
        browser.clearTimeout(this.resting);
    }

    /** The map has another size: lay out again, for the room that there is now. */
    fit(model) {
        this.camera.resize(this.map.clientWidth, this.map.clientHeight);
        this.painter.resize(window.devicePixelRatio || 1);
        this.theme = readTheme(this.map);
        this.arrange(model);
    }

    arrange(model) {
        const isNew = this.model?.dots !== model.dots;
        this.model = model.snapshot();
        this.layout = layOut(model.dots, model.rings.length, this.camera.radius);
        if (isNew) {
            this.glide.start(model, this.layout);
        }
        this.painter.setScene({model: this.model, theme: this.theme, ...this.layout});
        this.draw();
    }

    redraw() {
        this.frame ||= browser.requestAnimationFrame(() => {
            this.frame = null;
            this.draw();
        });
    }

    draw() {
        Object.assign(this.painter.scene, this.glide.positions(this.layout));
        this.painter.draw();
        this.drawn = {zoom: this.camera.zoom, at: this.camera.toScreen(0, 0)};
        this.canvas.style.transform = "";
        this.showMark(this.marked, this.focused);
        const count = String(this.model.count);
        if (this.map.dataset.drawn !== count) {
            this.map.dataset.drawn = count;
        }
    }

    /** The camera has moved. */
    look() {
        if (this.model.count <= MANY) {
            this.redraw();
            return;
        }
        const stretch = this.camera.zoom / this.drawn.zoom;
        const [left, top] = this.camera.toScreen(0, 0);
        const dx = left - this.drawn.at[0] * stretch;
        const dy = top - this.drawn.at[1] * stretch;
        this.canvas.style.transform = `translate(${dx}px, ${dy}px) scale(${stretch})`;
        this.showMark(this.marked, this.focused);
        browser.clearTimeout(this.resting);
        this.resting = browser.setTimeout(() => this.redraw(), REST);
    }

    spot(dot) {
        return this.painter.spot(dot);
    }

    /** A ring around the dot that is pointed at: an element, so that nothing is drawn. */
    showMark(dot, focused) {
        if (dot < 0 && this.marked < 0) {
            return; // touching a style costs the whole page milliseconds
        }
        Object.assign(this, {marked: dot, focused});
        const style = this.mark.style;
        style.display = dot < 0 ? "none" : "block";
        if (dot >= 0) {
            const [left, top, size] = this.spot(dot);
            const radius = size + (focused ? 5 : 3);
            style.width = style.height = `${2 * radius}px`;
            style.borderWidth = focused ? "2.5px" : "1.75px";
            style.transform = `translate(${left - radius}px, ${top - radius}px)`;
        }
    }

    /** The dot at a point of the canvas, give or take some pixels; -1 for none. */
    dotAt(left, top, near) {
        const [x, y] = this.camera.toMap(left, top);
        const {scale, dotScale} = this.camera;
        const {grid, sizes} = this.layout;
        const largest = sizes[this.painter.largestFirst[0]] || 0;
        return grid.nearest(
            x,
            y,
            (dot, distance) => distance * scale <= sizes[dot] * dotScale + near,
            Math.ceil((largest * dotScale + near) / scale / grid.cell)
        );
    }
}
