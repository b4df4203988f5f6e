import {
    Component,
    onMounted,
    onPatched,
    onWillUnmount,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {_t} from "@web/core/l10n/translation";
import {Camera} from "./circle_map_camera";
import {CircleMapCard} from "./circle_map_card";
import {useGestures} from "./circle_map_gestures";
import {Glide} from "./circle_map_glide";
import {nextDot} from "./circle_map_keys";
import {layOut} from "./circle_map_layout";
import {CircleMapPainter} from "./circle_map_painter";
import {readTheme} from "./circle_map_theme";
import {describe, describeMove} from "./circle_map_words";

const NEAR = 5; // pixels beside a dot that still point at it; a finger is thicker
const NEAR_FINGER = 14;
const ZOOM_STEP = 1.5;

/** The drawing: rings, dots and arrows on a canvas, by mouse, finger and keyboard. */
export class CircleMapStage extends Component {
    static template = "trust_crm.CircleMapStage";
    static components = {CircleMapCard, Dropdown, DropdownItem};
    static props = {
        model: Object,
        /** kept by the view while the reader is elsewhere: zoom and focused dot */
        seen: Object,
        openRecord: Function,
    };

    setup() {
        this.root = useRef("root");
        this.map = useRef("map");
        this.canvas = useRef("canvas");
        this.overlay = useRef("overlay");
        this.state = useState({dot: -1, focused: false, touched: false, zoomed: false});
        this.camera = Object.assign(new Camera(), this.props.seen.camera);
        this.props.seen.camera = this.camera;
        this.glide = new Glide(() => this.redraw());
        onMounted(() => this.start());
        onPatched(() => this.update());
        onWillUnmount(() => this.stop());
        useExternalListener(document, "pointerdown", (ev) => this.onPointerdown(ev), {
            capture: true,
        });
        useGestures(this.map, {
            point: (left, top) => this.point(left, top, NEAR),
            leave: () => !this.state.focused && this.select(-1),
            pan: (dx, dy) => this.look(() => this.camera.pan(dx, dy)),
            zoom: (factor, left, top) =>
                this.look(() => this.camera.zoomBy(factor, left, top)),
            press: (left, top, ev) => this.press(left, top, ev),
        });
    }

    // DRAWING

    start() {
        this.painter = new CircleMapPainter(
            this.canvas.el,
            this.overlay.el,
            this.camera
        );
        this.observer = new ResizeObserver(() => this.fit());
        this.observer.observe(this.map.el);
        this.fit();
    }

    stop() {
        this.observer.disconnect();
        this.glide.stop();
        browser.cancelAnimationFrame(this.frame);
    }

    /** The map has another size: lay out again, for the room that there is now. */
    fit() {
        const {clientWidth, clientHeight} = this.map.el;
        this.camera.resize(clientWidth, clientHeight);
        this.painter.resize(window.devicePixelRatio || 1);
        this.theme = readTheme(this.map.el);
        this.arrange();
    }

    /** What the server said has changed. */
    update() {
        if (this.dots !== this.props.model.dots) {
            this.select(-1);
            this.arrange();
        }
    }

    arrange() {
        const {model} = this.props;
        const isNew = this.dots !== model.dots;
        this.dots = model.dots;
        this.layout = layOut(model.dots, model.rings.length, this.camera.radius);
        if (isNew) {
            this.glide.start(model, this.layout);
        }
        this.painter.setScene({model, theme: this.theme, ...this.layout});
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
        this.painter.mark(this.state.dot, this.state.focused);
        this.map.el.dataset.drawn = this.props.model.count;
    }

    look(change) {
        change();
        this.state.zoomed = this.camera.zoom > 1;
        if (this.state.dot >= 0) {
            this.state.spot = this.painter.spot(this.state.dot);
        }
        this.redraw();
    }

    // POINTING

    /** The dot at a point of the canvas, or -1. */
    dotAt(left, top, near) {
        const [x, y] = this.camera.toMap(left, top);
        const {scale, dotScale} = this.camera;
        const {grid, sizes} = this.layout;
        const far = (this.largest * dotScale + near) / scale;
        return grid.nearest(
            x,
            y,
            (dot, distance) => distance * scale <= sizes[dot] * dotScale + near,
            Math.ceil(far / grid.cell)
        );
    }

    get largest() {
        return this.layout.sizes[this.painter.largestFirst[0]] || 0;
    }

    point(left, top, near) {
        this.select(this.dotAt(left, top, near));
    }

    press(left, top, ev) {
        const finger = ev.pointerType === "touch";
        const dot = this.dotAt(left, top, finger ? NEAR_FINGER : NEAR);
        this.select(dot, false, finger);
        if (dot >= 0 && !finger) {
            this.open(dot, ev.ctrlKey || ev.metaKey || ev.button === 1);
        }
    }

    /** Focus that comes with a press is no wish to go through the dots. */
    onPointerdown(ev) {
        this.pointing = this.root.el.contains(ev.target);
        if (!this.pointing) {
            this.select(-1);
        }
    }

    select(dot, focused = false, touched = false) {
        if (this.state.dot === dot && this.state.focused === focused) {
            return;
        }
        const spot = dot < 0 ? null : this.painter.spot(dot);
        Object.assign(this.state, {dot, focused, touched, spot});
        this.painter.mark(dot, focused);
    }

    open(dot, newWindow = false) {
        this.props.seen.id = this.dots.id[dot];
        this.props.openRecord(dot, newWindow);
    }

    // KEYBOARD

    onFocus() {
        if (this.state.dot >= 0 || this.pointing) {
            return;
        }
        const back = this.dots.id.indexOf(this.props.seen.id);
        const first = this.props.model.order[0];
        this.reach(back >= 0 ? back : first);
    }

    onBlur() {
        this.pointing = false;
        if (this.state.focused) {
            this.select(-1);
        }
    }

    onKeydown(ev) {
        const {model} = this.props;
        const {dot} = this.state;
        const zoom = {"+": ZOOM_STEP, "=": ZOOM_STEP, "-": 1 / ZOOM_STEP}[ev.key];
        const next = nextDot(model, dot, ev.key);
        if (next !== undefined) {
            this.reach(next);
        } else if (ev.key === "Enter" && dot >= 0) {
            this.open(dot, ev.ctrlKey || ev.metaKey);
        } else if (zoom) {
            this.zoom(zoom);
        } else if (ev.key === "0") {
            this.home();
        } else if (ev.key === "Escape" && dot >= 0) {
            this.select(-1);
        } else {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
    }

    reach(dot) {
        if (dot === undefined) {
            return;
        }
        this.camera.show(this.layout.xs[dot], this.layout.ys[dot]);
        this.draw();
        this.select(dot, true);
    }

    zoom(factor) {
        const [left, top] = this.state.spot || [];
        this.look(() => this.camera.zoomBy(factor, left, top));
    }

    home() {
        this.look(() => this.camera.home());
    }

    // WORDS

    get label() {
        const {count, total} = this.props.model;
        return count < total
            ? _t("Circle map of %(count)s of %(total)s customers", {count, total})
            : _t("Circle map of %(count)s customers", {count});
    }

    /** What a screen reader says on reaching a dot. */
    get spoken() {
        const {model} = this.props;
        const {dot, focused} = this.state;
        if (dot < 0 || !focused) {
            return "";
        }
        const number = model.order.indexOf(dot) + 1;
        const position = _t("%(number)s of %(count)s", {number, count: model.count});
        return [describe(model, dot), describeMove(model, dot), position]
            .filter(Boolean)
            .join(", ");
    }
}
