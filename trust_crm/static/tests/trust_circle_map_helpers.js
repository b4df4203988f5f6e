import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {expect} from "@odoo/hoot";
import {animationFrame, queryOne, queryRect, waitFor} from "@odoo/hoot-dom";
import {mockMatchMedia} from "@odoo/hoot-mock";
import {
    defineModels,
    fields,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {layOut} from "@trust_crm/views/circle_map/circle_map_layout";

const ARCH = `
    <circle_map size="mass" sample="1">
        <field name="mass"/>
        <field name="evidence_count" string="Number of Facts"/>
    </circle_map>`;

class Relationship extends models.Model {
    _name = "trust.relationship";

    name = fields.Char();
    mass = fields.Float({string: "Weight of Evidence"});
    evidence_count = fields.Integer({string: "Evidence"});

    _views = {
        search: `
            <search>
                <filter name="mine" string="Mine" domain="[['id', '=', 7]]"/>
                <filter name="by_mass" string="By mass" context="{'group_by': 'mass'}"/>
            </search>`,
    };
}

export function defineMap() {
    defineModels([Relationship]);
    defineMailModels();
}

const RINGS = [
    {id: 1, name: "Outsider", count: 1},
    {id: 2, name: "Acquaintance", count: 1},
    {id: 3, name: "Insider", count: 0},
    {id: 4, name: "Family", count: 1},
];
// The orders matter: by ring inwards 9, 7, 8, then who has little evidence.
const DOTS = {
    id: [7, 8, 9, 10],
    name: ["Ready Mat", "Castor", "Hospice", "Rosa"],
    index: [52, 38, 66, 50],
    band: ["2", "0", "4", ""],
    place: [1.5, 0.3, 3.4, -0.8],
    was: [2.2, null, null, null],
    size: [0.4, 1, 0.7, 0],
    trend: [-6, 0, 1, 0],
};
export const MAP = {
    rings: RINGS,
    little: 1,
    total: 4,
    size_range: [0, 14.6],
    dots: DOTS,
};
export const NOBODY = {
    ...MAP,
    rings: RINGS.map((ring) => ({...ring, count: 0})),
    little: 0,
    total: 0,
    dots: Object.fromEntries(Object.keys(DOTS).map((name) => [name, []])),
};
const WORDS = {
    index: 52,
    about: [44.2, 59.8],
    thin: false,
    before: 58,
    circle: "Acquaintance",
    stage: "Exploring",
    owner: "Marc Demo",
    last_contact: "2026-11-20 10:00:00",
    because: ["Promise broken, 2 times"],
};

export function serve(answer = MAP) {
    mockMatchMedia({"prefers-reduced-motion": "reduce"});
    onRpc("trust.relationship", "get_circle_map", ({kwargs}) => {
        expect.step(
            `map of ${JSON.stringify(kwargs.domain)} by ${kwargs.size_measure}`
        );
        return typeof answer === "function" ? answer(kwargs) : answer;
    });
    onRpc("trust.relationship", "get_circle_map_words", ({args}) => {
        expect.step(`words of ${args[0]}`);
        return Object.fromEntries(args[0].map((id) => [id, WORDS]));
    });
}

export async function mountMap(props = {}) {
    await mountView({
        type: "circle_map",
        resModel: "trust.relationship",
        arch: ARCH,
        selectRecord: (id) => expect.step(`open ${id}`),
        ...props,
    });
    await waitFor(".o_circle_map_canvas[data-drawn]");
    await animationFrame();
}

export const FIRST = ["map of [] by mass", "words of 7"];

/** Where on the page a dot is, as the drawing has it. */
function pointOf(number) {
    const {width, height} = queryRect(".o_circle_map_canvas");
    const radius = Math.max(Math.min(width, height) / 2 - 10, 40);
    const {xs, ys} = layOut(DOTS, RINGS.length, radius);
    return {x: width / 2 + xs[number] * radius, y: height / 2 + ys[number] * radius};
}

/** Move the pointer to a dot at this very moment, without a frame in between. */
export function passOver(number) {
    const {x, y} = pointOf(number);
    const {left, top} = queryRect(".o_circle_map_canvas");
    queryOne(".o_circle_map_canvas").dispatchEvent(
        new window.PointerEvent("pointermove", {clientX: left + x, clientY: top + y})
    );
}

export const onDot = (number) => ({position: pointOf(number), relative: true});

/** A map of so many, spread over all rings. */
export function many(count) {
    const numbers = [...Array(count).keys()];
    const column = (value) => numbers.map(value);
    return {
        ...MAP,
        total: count,
        dots: {
            id: column((n) => n + 1),
            name: column((n) => `Customer ${n}`),
            index: column((n) => 30 + (n % 40)),
            band: column((n) => ["", "0", "1", "2", "3", "4"][n % 6]),
            place: column((n) => -1 + (n % 500) / 100),
            was: column(() => null),
            size: column((n) => ((n * 7) % 11) / 11),
            trend: column(() => 0),
        },
    };
}
