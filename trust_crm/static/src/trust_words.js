import {_t} from "@web/core/l10n/translation";

/** Several words as one text, set apart as the reader's language does. */
export function joinWords(words) {
    const [first = "", ...more] = words;
    return more.reduce(
        (before, word) => _t("%(before)s, %(word)s", {before, word}),
        first
    );
}
