import {_t} from "@web/core/l10n/translation";
import {drawText} from "./circle_map_ink";
import {outerRadius} from "./circle_map_layout";

const ALL = 60; // so few dots in view all try to bear their names
const SOME = 16; // of more, only those that moved and the largest
const LETTERS = 26;
const HEIGHT = 15;

/**
 * The rings' names from the configuration, at twelve o'clock in each ring.
 *
 * @returns {Object[]} the boxes they take
 */
export function drawRingNames(ink, camera, {model, theme}) {
    const count = model.rings.length;
    ink.font = `500 ${camera.radius > 250 ? 14 : 12}px ${theme.font}`;
    ink.textAlign = "center";
    ink.textBaseline = "top";
    ink.globalAlpha = 0.8;
    const boxes = [];
    for (let ring = -1; ring < count; ring++) {
        const name = ring < 0 ? _t("Little evidence") : model.rings[ring].name;
        const radius = outerRadius(ring, count);
        const [left, top] = camera.toScreen(0, -radius);
        if (name && camera.isVisible(left, top + 12)) {
            drawText(ink, name, left, top + 6, theme.text, theme.card);
            const width = ink.measureText(name).width;
            boxes.push({left: left - width / 2, top: top + 6, width});
        }
    }
    ink.globalAlpha = 1;
    return boxes;
}

/** Names beside dots, as many as fit without covering what is `taken` or a dot. */
export function drawLabels(ink, camera, {model, theme}, painter, seen, taken) {
    ink.font = `12px ${theme.font}`;
    ink.textBaseline = "middle";
    const spots = seen.map((dot) => painter.spot(dot));
    for (const dot of chosen(model, seen)) {
        const text = shorten(model.dots.name[dot]);
        const width = ink.measureText(text).width;
        const spot = painter.spot(dot);
        const [middleOfMap] = camera.toScreen(0, 0);
        const box = candidates(spot, width, middleOfMap).find(
            (one) => isInside(one, camera) && isFree(one, taken, spots)
        );
        if (box) {
            taken.push(box);
            ink.textAlign = "left";
            const colour = moveColour(model, dot, theme) || theme.text;
            drawText(ink, text, box.left, box.top + HEIGHT / 2, colour, theme.card);
        }
    }
}

function chosen(model, seen) {
    const first = seen.filter((dot) => model.moveOf(dot));
    const others = seen.filter((dot) => !model.moveOf(dot));
    const most = seen.length > ALL ? SOME : ALL;
    return [...first, ...others].slice(0, most);
}

function moveColour(model, dot, theme) {
    return {1: theme.closer, "-1": theme.further}[model.moveOf(dot)];
}

function shorten(name) {
    return name.length > LETTERS ? `${name.slice(0, LETTERS - 1)}…` : name;
}

/** Away from the centre first, so that names leave the rings to the dots. */
function candidates([left, top, size], width, middleOfMap) {
    const gap = size + 4;
    const middle = top - HEIGHT / 2;
    const box = (l, t) => ({left: l, top: t, width});
    const sides = [box(left + gap, middle), box(left - gap - width, middle)];
    return [
        ...(left < middleOfMap ? sides.reverse() : sides),
        box(left - width / 2, top + gap - 2),
        box(left - width / 2, top - gap - HEIGHT + 2),
    ];
}

function isInside({left, top, width}, camera) {
    return (
        left > 2 &&
        top > 2 &&
        left + width < camera.width - 2 &&
        top + HEIGHT < camera.height - 2
    );
}

function isFree({left, top, width}, taken, spots) {
    const right = left + width;
    const bottom = top + HEIGHT;
    return (
        taken.every(
            (o) =>
                right < o.left ||
                left > o.left + o.width ||
                bottom < o.top ||
                top > o.top + HEIGHT
        ) &&
        spots.every(([x, y, size]) => {
            const dx = Math.max(left - x, 0, x - right);
            const dy = Math.max(top - y, 0, y - bottom);
            return dx * dx + dy * dy > size * size;
        })
    );
}
