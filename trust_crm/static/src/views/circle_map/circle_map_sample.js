import {registry} from "@web/core/registry";

/** What an empty map shows faintly behind its first words: sixty made-up customers. */
const SHOWN = 60;
const NAMES = ["Azure", "Birch", "Cedar", "Delta", "Ember", "Fern", "Gull", "Heath"];

function sampleMap() {
    const dots = [...Array(SHOWN).keys()].map((number) => {
        const place = (((number * 7) % 19) / 19) * 4.8 - 0.8;
        return {
            id: number + 1,
            name: `${NAMES[number % NAMES.length]} ${number + 1}`,
            index: Math.round(40 + 5 * place),
            band: place < 0 ? "" : String(Math.min(Math.floor(place) + 1, 4)),
            place,
            was: number % 17 === 3 ? place - 0.6 : null,
            size: ((number * 5) % 13) / 13,
            trend: 0,
        };
    });
    const column = (name) => [name, dots.map((dot) => dot[name])];
    const rings = ["", "", "", ""].map((name, id) => ({id: id + 1, name, count: 0}));
    return {
        rings,
        little: 0,
        total: SHOWN,
        size_range: [0, 1],
        dots: Object.fromEntries(Object.keys(dots[0]).map(column)),
    };
}

registry
    .category("sample_server")
    .add("trust.relationship/get_circle_map", () => sampleMap());
