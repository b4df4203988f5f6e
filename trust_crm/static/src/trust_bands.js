import {_t} from "@web/core/l10n/translation";

/**
 * Words for the bands of the trust index, by the key the server computes. No
 * threshold lives here: the screen only names what the server decided.
 */
const BAND_NAMES = {
    0: _t("at risk"),
    1: _t("strained"),
    2: _t("neutral"),
    3: _t("good"),
    4: _t("strong"),
};

/** @returns {string} the band in words; empty key means little evidence */
export function bandName(band) {
    return (band && BAND_NAMES[band]) || _t("little evidence");
}
