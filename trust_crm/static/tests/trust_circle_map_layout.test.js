import {expect, test} from "@odoo/hoot";
import {DotGrid} from "@trust_crm/views/circle_map/circle_map_grid";
import {layOut} from "@trust_crm/views/circle_map/circle_map_layout";
import {many} from "./trust_circle_map_helpers";

test("I2: dots keep their ring and stand apart; yesterday's place is today's", () => {
    const {dots} = many(200);
    const {xs, ys, sizes} = layOut(dots, 4, 340);
    let worst = 0;
    for (let a = 0; a < xs.length; a++) {
        for (let b = 0; b < a; b++) {
            const apart = Math.hypot(xs[a] - xs[b], ys[a] - ys[b]) * 340;
            worst = Math.max(
                worst,
                (sizes[a] + sizes[b] - apart) / Math.min(sizes[a], sizes[b])
            );
        }
    }
    expect(worst).toBeLessThan(0.5);
    expect([...layOut(dots, 4, 340).xs]).toEqual([...xs]);
    const family = dots.place.flatMap((place, dot) => (place >= 3 ? [dot] : []));
    expect(family.every((dot) => Math.hypot(xs[dot], ys[dot]) < 0.3)).toBe(true);
});

test("I2: the grid finds the nearest dot, or none", () => {
    const grid = new DotGrid([0, 0.5, -0.9], [0, 0.5, 0.1], 0.05);
    const close = (dot, distance) => distance < 0.04;
    expect(grid.nearest(0.51, 0.49, close)).toBe(1);
    expect(grid.nearest(-0.88, 0.1, close)).toBe(2);
    expect(grid.nearest(0.3, 0.3, close)).toBe(-1);
});
