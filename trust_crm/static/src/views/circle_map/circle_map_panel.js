import {Component, onMounted, onPatched, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {KeepLast} from "@web/core/utils/concurrency";
import {formatFloat, formatInteger} from "@web/views/fields/formatters";
import {bandName} from "../../trust_bands";
import {describeMove} from "./circle_map_words";

const SHOWN = 6;

/** The map in words: who moved and why, how many stand where, how to read it. */
export class CircleMapPanel extends Component {
    static template = "trust_crm.CircleMapPanel";
    static props = {
        model: Object,
        openRecord: Function,
        openList: Function,
        filterRing: Function,
    };

    setup() {
        this.keepLast = new KeepLast();
        this.state = useState({words: new Map()});
        this.bands = ["0", "1", "2", "3", "4"].map((band) => [band, bandName(band)]);
        this.closer = _t("closer");
        this.further = _t("further");
        onMounted(() => this.ask(this.props.model));
        onPatched(() => this.ask(this.props.model));
    }

    /** Not awaited: names and rings are there at once, the reasons follow. */
    async ask(model) {
        if (this.dots === model.dots || model.useSampleModel) {
            return;
        }
        this.dots = model.dots;
        const ids = this.shown.map((dot) => model.dots.id[dot]);
        if (ids.length) {
            await this.keepLast.add(model.readWords(ids));
            this.state.words = new Map(model.words);
        }
    }

    get shown() {
        return this.props.model.movers.slice(0, SHOWN);
    }

    get more() {
        return this.props.model.movers.length - this.shown.length;
    }

    get moreLabel() {
        return _t("%(count)s more", {count: formatInteger(this.more)});
    }

    name(dot) {
        return this.props.model.dots.name[dot];
    }

    move(dot) {
        return describeMove(this.props.model, dot);
    }

    isCloser(dot) {
        return this.props.model.moveOf(dot) > 0;
    }

    because(dot) {
        const words = this.state.words.get(this.props.model.dots.id[dot]);
        return words ? words.because.join(" · ") : "";
    }

    openMovers() {
        this.props.openList(_t("Moved in 30 days"), this.props.model.movers);
    }

    /** Rings as people name them, innermost first. */
    get rings() {
        return [...this.props.model.rings].reverse();
    }

    count(number) {
        return formatInteger(number);
    }

    /** What the smallest and the largest dot stand for. */
    get sizeEnds() {
        return this.props.model.size_range.map((value) =>
            Number.isInteger(value)
                ? formatInteger(value)
                : formatFloat(value, {digits: [16, 1]})
        );
    }

    get hasRings() {
        return this.props.model.rings.some((ring) => ring.count);
    }
}
