import {_t} from "@web/core/l10n/translation";

/** Several words as one text, set apart as the reader's language does. */
export function joinWords(words) {
    return words.reduce((before, word) => _t("%(before)s, %(word)s", {before, word}));
}
