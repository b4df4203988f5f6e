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
import {useBus} from "@web/core/utils/hooks";
import {joinWords} from "../../trust_words";
import {Camera} from "./circle_map_camera";
import {CircleMapCard} from "./circle_map_card";
import {CircleMapDrawing} from "./circle_map_drawing";
import {useGestures} from "./circle_map_gestures";
import {nextDot} from "./circle_map_keys";
import {describe, describeMove} from "./circle_map_words";

const NEAR = 5; // pixels beside a dot that still point at it; a finger is thicker
const NEAR_FINGER = 14;
const ZOOM_STEP = 1.5;
const DWELL = 60; // milliseconds of rest on a dot before its card comes
const PATIENCE = 100; // and before its words are asked for

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
        this.mark = useRef("mark");
        this.current = -1; // the dot that is marked; its card follows
        this.state = useState({dot: -1, focused: false, touched: false, zoomed: false});
        this.camera = Object.assign(new Camera(), this.props.seen.camera);
        this.props.seen.camera = this.camera;
        onMounted(() => this.start());
        onPatched(() => this.update());
        onWillUnmount(() => this.stop());
        if (this.env.searchModel) {
            // Tab stays in Odoo's search bar: an arrow down leads out of it.
            useBus(this.env.searchModel, "focus-view", () => this.map.el.focus());
        }
        useExternalListener(document, "pointerdown", (ev) => this.onPointerdown(ev), {
            capture: true,
        });
        useGestures(this.map, {
            point: (left, top) => this.point(left, top),
            leave: () => !this.state.focused && this.select(-1),
            pan: (dx, dy) => this.look(() => this.camera.pan(dx, dy)),
            zoom: (factor, left, top) =>
                this.look(() => this.camera.zoomBy(factor, left, top)),
            press: (left, top, ev) => this.press(left, top, ev),
        });
    }

    start() {
        this.drawing = new CircleMapDrawing(
            this.camera,
            this.map.el,
            this.canvas.el,
            this.mark.el
        );
        const fit = () => this.drawing.fit(this.drawing.model || this.props.model);
        this.observer = new ResizeObserver(fit);
        this.observer.observe(this.map.el);
        fit();
    }

    stop() {
        this.observer.disconnect();
        this.drawing.stop();
        browser.clearTimeout(this.timer);
    }

    /** What the server said has changed. */
    update() {
        const {model} = this.props;
        if (this.drawing.model.dots !== model.dots) {
            this.select(-1);
            this.drawing.arrange(model);
        }
    }

    look(change) {
        change();
        this.state.zoomed = this.camera.zoom > 1;
        if (this.state.dot >= 0) {
            this.state.spot = this.drawing.spot(this.state.dot);
        }
        this.drawing.look();
    }

    // POINTING

    /** A trembling mouse does not take away what the keyboard reached. */
    point(left, top) {
        const dot = this.drawing.dotAt(left, top, NEAR);
        if (dot >= 0 || !this.state.focused) {
            this.select(dot);
        }
    }

    press(left, top, ev) {
        const finger = ev.pointerType === "touch";
        const dot = this.drawing.dotAt(left, top, finger ? NEAR_FINGER : NEAR);
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

    /** Mark a dot; its card comes at once when meant, and when the pointer rests. */
    select(dot, focused = false, touched = false) {
        const {state} = this;
        const isShown = state.focused === focused && state.touched === touched;
        if (this.current === dot && isShown) {
            return;
        }
        this.current = dot;
        this.drawing.showMark(dot, focused);
        this.map.el.style.cursor = dot < 0 ? "" : "pointer";
        browser.clearTimeout(this.timer);
        Object.assign(state, {dot: -1, focused, touched});
        if (dot >= 0 && (focused || touched)) {
            this.showCard();
        } else if (dot >= 0) {
            this.timer = browser.setTimeout(() => this.showCard(), DWELL);
        }
    }

    showCard() {
        const {model} = this.drawing;
        const dot = this.current;
        const spot = this.drawing.spot(dot);
        const words = model.wordsOf(dot);
        Object.assign(this.state, {dot, spot, words});
        if (!words) {
            this.timer = browser.setTimeout(() => this.readWords(dot), PATIENCE);
        }
    }

    async readWords(dot) {
        const {model} = this.drawing;
        await model.readWords([model.dots.id[dot]]);
        if (this.state.dot === dot) {
            this.state.words = model.wordsOf(dot);
        }
    }

    open(dot, newWindow = false) {
        const id = this.drawing.model.dots.id[dot];
        this.props.seen.id = id;
        this.props.openRecord(id, newWindow);
    }

    // KEYBOARD

    onFocus() {
        if (this.current >= 0 || this.pointing) {
            return;
        }
        const {model} = this.drawing;
        const back = model.dots.id.indexOf(this.props.seen.id);
        this.reach(back >= 0 ? back : model.order[0]);
    }

    onBlur() {
        this.pointing = false;
        if (this.state.focused) {
            this.select(-1);
        }
    }

    onKeydown(ev) {
        const {model} = this.drawing;
        const dot = this.current;
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
        const {xs, ys} = this.drawing.layout;
        this.camera.show(xs[dot], ys[dot]);
        this.drawing.look();
        this.select(dot, true);
    }

    zoom(factor) {
        const [left, top] = this.current < 0 ? [] : this.drawing.spot(this.current);
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
        const {dot, focused} = this.state;
        if (dot < 0 || !focused) {
            return "";
        }
        const {model} = this.drawing;
        const number = model.order.indexOf(dot) + 1;
        const position = _t("%(number)s of %(count)s", {number, count: model.count});
        const words = [describe(model, dot), describeMove(model, dot), position];
        return joinWords(words.filter(Boolean));
    }
}
