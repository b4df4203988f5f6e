import {outerRadius} from "./circle_map_layout";

const FULL = 2 * Math.PI;
const TINT = 0.045; // of the strongest colour, laid once more with each ring inwards
const HEAD = 7;

/** The rings, darker towards the centre; little evidence lies within a dashed line. */
export function drawRings(ink, camera, {model, theme}) {
    const [left, top] = camera.toScreen(0, 0);
    ink.lineWidth = 1;
    ink.strokeStyle = theme.line;
    for (let ring = -1; ring < model.rings.length; ring++) {
        const radius = outerRadius(ring, model.rings.length) * camera.scale;
        ink.beginPath();
        ink.arc(left, top, radius, 0, FULL);
        if (ring >= 0) {
            ink.globalAlpha = TINT;
            ink.fillStyle = theme.tint;
            ink.fill();
            ink.globalAlpha = 1;
        }
        ink.setLineDash(ring < 0 ? [3, 5] : []);
        ink.stroke();
    }
    ink.setLineDash([]);
}

export function drawArrow(ink, [fromLeft, fromTop], [left, top]) {
    const angle = Math.atan2(top - fromTop, left - fromLeft);
    const back = (turn) => [
        left - HEAD * Math.cos(angle + turn),
        top - HEAD * Math.sin(angle + turn),
    ];
    ink.lineWidth = 1.75;
    ink.beginPath();
    ink.moveTo(fromLeft, fromTop);
    ink.lineTo(left - HEAD * 0.7 * Math.cos(angle), top - HEAD * 0.7 * Math.sin(angle));
    ink.stroke();
    ink.beginPath();
    ink.moveTo(left, top);
    ink.lineTo(...back(0.45));
    ink.lineTo(...back(-0.45));
    ink.closePath();
    ink.fill();
}

/** Text that stays readable on dots and lines. */
export function drawText(ink, text, left, top, colour, halo) {
    ink.lineJoin = "round";
    ink.lineWidth = 3.5;
    ink.strokeStyle = halo;
    ink.strokeText(text, left, top);
    ink.fillStyle = colour;
    ink.fillText(text, left, top);
}
