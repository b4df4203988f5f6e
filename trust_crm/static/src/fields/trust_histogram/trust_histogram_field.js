import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** How many relationships lie in each range of the index, before and after. */
export class TrustHistogramField extends Component {
    static template = "trust_crm.TrustHistogramField";
    static props = {...standardFieldProps};

    /** The bins from the first to the last one that holds anybody. */
    get bins() {
        const {before, after, width} = this.props.record.data[this.props.name];
        const highest = Math.max(...before, ...after, 1);
        const bins = before.map((count, i) => ({
            from: i * width,
            to: (i + 1) * width,
            bars: [
                {side: "before", count, height: (count / highest) * 100},
                {side: "after", count: after[i], height: (after[i] / highest) * 100},
            ],
        }));
        const filled = bins.map((bin) => bin.bars.some((bar) => bar.count));
        return bins.slice(
            Math.max(filled.indexOf(true), 0),
            filled.lastIndexOf(true) + 1
        );
    }

    label(bin) {
        const [before, after] = bin.bars;
        return _t("Index %(from)s to %(to)s: %(before)s before, %(after)s after", {
            from: bin.from,
            to: bin.to,
            before: before.count,
            after: after.count,
        });
    }
}

export const trustHistogramField = {
    component: TrustHistogramField,
    displayName: _t("Trust histogram"),
    supportedTypes: ["json"],
};

registry.category("fields").add("trust_histogram", trustHistogramField);
