/**
 * Which dot a key leads to: left and right through the rings from the centre outwards,
 * the largest of a ring first; up and down to the next ring inwards or outwards.
 *
 * @returns {number|undefined} a dot; undefined when the key leads nowhere
 */
export function nextDot(model, dot, key) {
    const {order} = model;
    const position = order.indexOf(dot);
    switch (key) {
        case "ArrowRight":
            return order[Math.min(position + 1, order.length - 1)];
        case "ArrowLeft":
            return order[Math.max(position - 1, 0)];
        case "Home":
            return order[0];
        case "End":
            return order[order.length - 1];
        case "ArrowUp":
            return neighbourRing(model, position, -1);
        case "ArrowDown":
            return neighbourRing(model, position, 1);
    }
    return undefined;
}

/** The first dot of the next ring in the order, or of the one before. */
function neighbourRing({order, dots}, position, step) {
    const ring = (at) => Math.floor(dots.place[order[at]]);
    let at = Math.max(position, 0);
    const start = ring(at);
    while (at >= 0 && at < order.length && ring(at) === start) {
        at += step;
    }
    if (at < 0 || at >= order.length) {
        return order[Math.max(position, 0)];
    }
    while (at > 0 && ring(at - 1) === ring(at)) {
        at--;
    }
    return order[at];
}
