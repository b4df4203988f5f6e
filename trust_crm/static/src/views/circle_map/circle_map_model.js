import {KeepLast} from "@web/core/utils/concurrency";
import {Model} from "@web/model/model";

const EMPTY = {
    rings: [],
    little: 0,
    total: 0,
    size_range: [0, 0],
    dots: {
        id: [],
        name: [],
        index: [],
        band: [],
        place: [],
        was: [],
        size: [],
        trend: [],
    },
};

/** What the server said, and the orders in which screens go through it. */
export class CircleMapModel extends Model {
    setup({resModel, measures, size}) {
        this.resModel = resModel;
        this.measures = measures;
        this.size = size;
        this.keepLast = new KeepLast();
        this.take(EMPTY);
    }

    async load({domain, context = {}}) {
        this.search = {domain, context};
        // A favourite brings its own size, once: the user may choose another after it.
        const wanted = context.circle_map_size;
        if (wanted !== this.wanted && this.measures.some((m) => m.name === wanted)) {
            this.size = wanted;
        }
        this.wanted = wanted;
        this.take(
            await this.keepLast.add(
                this.orm.call(this.resModel, "get_circle_map", [], {
                    domain,
                    size_measure: this.size,
                    context,
                })
            )
        );
    }

    async setSize(name) {
        this.size = name;
        await this.load(this.search);
        this.notify();
    }

    take(data) {
        Object.assign(this, data);
        this.words = new Map();
        this.order = orderOf(data.dots);
        this.movers = moversOf(data.dots);
    }

    /** Ask for some customers in words; what is known is not asked again. */
    async readWords(ids) {
        const {words} = this;
        const unknown = ids.filter((id) => !words.has(id));
        if (unknown.length && !this.useSampleModel) {
            const answer = await this.orm.silent.call(
                this.resModel,
                "get_circle_map_words",
                [unknown]
            );
            unknown.forEach((id) => words.set(id, answer[id]));
        }
    }

    /** The model as it is now, for whoever still draws while the next load arrives. */
    snapshot() {
        return Object.assign(Object.create(CircleMapModel.prototype), this);
    }

    /** What is known of a dot in words, or nothing yet. */
    wordsOf(dot) {
        return this.words.get(this.dots.id[dot]) || null;
    }

    hasData() {
        return this.total > 0;
    }

    get count() {
        return this.dots.id.length;
    }

    get measure() {
        return this.measures.find((measure) => measure.name === this.size);
    }

    /** Name of the ring that a place lies in; nothing outside the rings. */
    ringName(place) {
        return this.rings[Math.floor(place)]?.name || "";
    }

    /** 1: came closer, -1: went further, 0: neither. */
    moveOf(dot) {
        const {place, was} = this.dots;
        return was[dot] === null ? 0 : Math.sign(place[dot] - was[dot]);
    }

    changedRing(dot) {
        const {place, was} = this.dots;
        return was[dot] !== null && Math.floor(place[dot]) !== Math.floor(was[dot]);
    }
}

/** Dots from the innermost ring outwards, the largest of a ring first. */
function orderOf({id, place, size}) {
    const ring = place.map(Math.floor);
    return id
        .map((_id, dot) => dot)
        .sort((a, b) => ring[b] - ring[a] || size[b] - size[a] || id[a] - id[b]);
}

/** Dots that moved: over a border first, then the furthest. */
function moversOf({id, place, was}) {
    const crossed = (dot) => Math.abs(Math.floor(place[dot]) - Math.floor(was[dot]));
    const far = (dot) => Math.abs(place[dot] - was[dot]);
    return id
        .map((_id, dot) => dot)
        .filter((dot) => was[dot] !== null && was[dot] !== place[dot])
        .sort((a, b) => crossed(b) - crossed(a) || far(b) - far(a) || id[a] - id[b]);
}
