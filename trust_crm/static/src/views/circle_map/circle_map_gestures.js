import {onMounted, onWillUnmount} from "@odoo/owl";

const STEP = 1.0016; // zoom per unit of the wheel
const STILL = 5; // pixels a pointer may tremble in a click

class Gestures {
    constructor(on) {
        this.on = on;
        this.pointers = new Map();
    }

    at(ev) {
        const box = ev.currentTarget.getBoundingClientRect();
        return [ev.clientX - box.left, ev.clientY - box.top];
    }

    down(ev) {
        if (ev.pointerType === "mouse" && ev.button !== 0) {
            return;
        }
        this.pointers.set(ev.pointerId, this.at(ev));
        this.start = this.pointers.size === 1 ? this.at(ev) : null;
        this.dragging = false;
    }

    move(ev) {
        const now = this.at(ev);
        const before = this.pointers.get(ev.pointerId);
        if (!before) {
            this.on.point(...now);
            return;
        }
        if (this.pointers.size > 1) {
            this.pinch(ev.pointerId, before, now);
        } else if (this.dragging || this.isFar(now)) {
            if (!this.dragging) {
                ev.currentTarget.setPointerCapture?.(ev.pointerId);
            }
            this.dragging = true;
            this.on.pan(now[0] - before[0], now[1] - before[1]);
        } else {
            return;
        }
        this.pointers.set(ev.pointerId, now);
    }

    /** Two fingers: what lies between them stays between them. */
    pinch(id, before, now) {
        const [, other] = [...this.pointers].find(([key]) => key !== id);
        const apart = (one) => Math.hypot(one[0] - other[0], one[1] - other[1]) || 1;
        const middle = (axis) => (now[axis] + other[axis]) / 2;
        this.on.zoom(apart(now) / apart(before), middle(0), middle(1));
        this.on.pan((now[0] - before[0]) / 2, (now[1] - before[1]) / 2);
    }

    isFar([left, top]) {
        return (
            this.start && Math.hypot(left - this.start[0], top - this.start[1]) > STILL
        );
    }

    up(ev) {
        const pressed = this.pointers.has(ev.pointerId) && this.start && !this.dragging;
        this.pointers.delete(ev.pointerId);
        if (pressed) {
            this.on.press(...this.at(ev), ev);
        }
    }

    middle(ev) {
        if (ev.button === 1) {
            ev.preventDefault();
            this.on.press(...this.at(ev), ev);
        }
    }

    forget(ev) {
        this.pointers.delete(ev.pointerId);
        // A finger leaves with every tap: what it tapped stays marked.
        if (ev.type === "pointerleave" && ev.pointerType === "mouse") {
            this.on.leave();
        }
    }

    wheel(ev) {
        ev.preventDefault();
        this.on.zoom(STEP ** -ev.deltaY, ...this.at(ev));
    }
}

/**
 * Mouse, wheel, pen and fingers on the map, as a few plain events.
 *
 * @param {Object} on `point(left, top)`, `leave()`, `pan(dx, dy)`,
 *  `zoom(factor, left, top)`, `press(left, top, ev)`
 */
export function useGestures(ref, on) {
    const gestures = new Gestures(on);
    const events = Object.entries({
        pointerdown: (ev) => gestures.down(ev),
        pointermove: (ev) => gestures.move(ev),
        pointerup: (ev) => gestures.up(ev),
        pointercancel: (ev) => gestures.forget(ev),
        pointerleave: (ev) => gestures.forget(ev),
        auxclick: (ev) => gestures.middle(ev),
        wheel: (ev) => gestures.wheel(ev),
    });
    let element = null;
    onMounted(() => {
        element = ref.el;
        events.forEach(([name, handler]) =>
            element.addEventListener(name, handler, {passive: false})
        );
    });
    onWillUnmount(() =>
        events.forEach(([name, handler]) => element.removeEventListener(name, handler))
    );
}
