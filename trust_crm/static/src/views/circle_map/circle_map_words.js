import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";

/** A dot in one sentence, for the card, the panel and screen readers. */
export function describe(model, dot) {
    const {name, index, band, place} = model.dots;
    const words = {
        name: name[dot],
        index: formatInteger(index[dot]),
        ring: model.ringName(place[dot]) || _t("little evidence"),
    };
    return band[dot]
        ? _t("%(name)s: trust index %(index)s, %(ring)s", words)
        : _t("%(name)s: %(ring)s", words);
}

/** How a dot moved in 30 days, in words; empty if it did not. */
export function describeMove(model, dot) {
    const {place, was, trend} = model.dots;
    if (!model.moveOf(dot)) {
        return "";
    }
    if (model.changedRing(dot)) {
        return _t("%(from)s → %(to)s", {
            from: model.ringName(was[dot]) || _t("Little evidence"),
            to: model.ringName(place[dot]) || _t("Little evidence"),
        });
    }
    const points = formatInteger(Math.abs(trend[dot]));
    return trend[dot] > 0
        ? _t("up %(points)s points", {points})
        : _t("down %(points)s points", {points});
}
