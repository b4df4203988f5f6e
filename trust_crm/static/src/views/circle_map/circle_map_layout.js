import {DotGrid} from "./circle_map_grid";

/**
 * Geometry only: what a place of the server is on a disc of radius 1, and how large a
 * dot is drawn. Whoever is shown stands where they stood yesterday: the angle comes
 * from the id alone, the distance from the place alone; neighbours then make a little
 * room for each other, in the same order every time.
 */
const GOLDEN = 0.618033988749895;
const RINGS = 0.89; // share of the radius for the rings; little evidence lies outside
const CURVE = 0.82; // the inner rings are wider: fewer, and dearer
const PADDING = 0.14; // of a ring's width kept free at each edge
const LETTERING = 46; // pixels that a ring's name takes to either side
const LETTERS_HIGH = 30;
const FEW = 1500; // dots that are worth more patience

/** Outer radius of a ring; of the zone of little evidence for ring -1. */
export function outerRadius(ring, rings) {
    return ring < 0 ? 1 : RINGS * ((rings - ring) / rings) ** CURVE;
}

/** Inner and outer radius of the ring that a place lies in. */
export function edges(place, rings) {
    const ring = Math.floor(place);
    const inner = ring + 1 >= rings ? 0 : outerRadius(ring + 1, rings);
    return [inner, outerRadius(ring, rings)];
}

/** Distance from the centre for a place, 0..1. */
export function radiusOf(place, rings) {
    const [inner, outer] = edges(place, rings);
    const through = place - Math.floor(place);
    return outer - (outer - inner) * (PADDING + through * (1 - 2 * PADDING));
}

/**
 * Angle for an id at some pixels from the centre and from the ring's outer edge, below
 * which the ring's name stands at twelve o'clock.
 */
function angleOf(id, pixels, below) {
    const beside = Math.asin(Math.min(LETTERING / Math.max(pixels, 1), 1));
    const gap = below < LETTERS_HIGH ? Math.min(beside, 0.6) : 0;
    return gap - Math.PI / 2 + 2 * (Math.PI - gap) * ((id * GOLDEN) % 1);
}

/** Smallest and largest radius of a dot in pixels, for so many on such a disc. */
export function dotRange(count, radius) {
    const room = (0.5 * radius) / Math.sqrt(Math.max(count, 1));
    const most = Math.min(Math.max(room, 3.2), radius / 17);
    return [Math.min(Math.max(most * 0.36, 1.5), 7), most];
}

/**
 * Lay the dots out on a disc of so many pixels' radius.
 *
 * @returns {{xs: Float64Array, ys: Float64Array, sizes: Float64Array, grid: DotGrid}}
 *  positions on the disc of radius 1, radii in pixels
 */
export function layOut({id, place, size}, rings, radius) {
    const count = id.length;
    const [least, most] = dotRange(count, radius);
    const xs = new Float64Array(count);
    const ys = new Float64Array(count);
    const sizes = new Float64Array(count);
    for (let i = 0; i < count; i++) {
        sizes[i] = least + (most - least) * Math.sqrt(size[i]);
        const distance = radiusOf(place[i], rings);
        const below = (edges(place[i], rings)[1] - distance) * radius - sizes[i];
        const angle = angleOf(id[i], distance * radius, below);
        xs[i] = distance * Math.cos(angle);
        ys[i] = distance * Math.sin(angle);
    }
    const spots = {xs, ys, sizes};
    const cell = (2 * most + 1) / radius;
    for (let round = count > FEW ? 4 : 30; round > 0; round--) {
        if (!makeRoom(spots, new DotGrid(xs, ys, cell), radius)) {
            break;
        }
        stayInRing(spots, place, rings, radius);
    }
    return {...spots, grid: new DotGrid(xs, ys, cell)};
}

/** Push overlapping neighbours apart by half of what is missing, once. */
function makeRoom(spots, grid, radius) {
    const {xs, ys} = spots;
    let moved = 0;
    let dot = 0;
    const push = (other) => {
        moved += other > dot && pushApart(spots, dot, other, radius);
    };
    for (; dot < xs.length; dot++) {
        grid.near(xs[dot], ys[dot], push);
    }
    return moved;
}

function pushApart({xs, ys, sizes}, one, other, radius) {
    const room = (sizes[one] + sizes[other] + 1.5) / radius;
    const dx = xs[other] - xs[one] || 1e-6;
    const dy = ys[other] - ys[one];
    const square = dx * dx + dy * dy;
    if (square >= room * room) {
        return 0;
    }
    const distance = Math.sqrt(square);
    const push = (room - distance) / 2 / distance;
    xs[one] -= dx * push;
    ys[one] -= dy * push;
    xs[other] += dx * push;
    ys[other] += dy * push;
    return 1;
}

/** Nobody is pushed over a border: that would be another circle. */
function stayInRing({xs, ys, sizes}, place, rings, radius) {
    for (let i = 0; i < xs.length; i++) {
        const [inner, outer] = edges(place[i], rings);
        const margin = Math.min(sizes[i] / radius, (outer - inner) / 2);
        const distance = Math.hypot(xs[i], ys[i]) || 1e-6;
        const low = inner ? inner + margin : 0;
        const allowed = Math.min(Math.max(distance, low), outer - margin);
        xs[i] *= allowed / distance;
        ys[i] *= allowed / distance;
    }
}
