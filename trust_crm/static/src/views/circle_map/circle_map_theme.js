/** Colours and lettering of the page, light or dark, as the canvas needs them. */
const BANDS = ["0", "1", "2", "3", "4"];

export function readTheme(element) {
    const style = getComputedStyle(element);
    const colour = (name) => style.getPropertyValue(`--trust-${name}`).trim();
    return {
        bands: Object.fromEntries(BANDS.map((band) => [band, colour(`band-${band}`)])),
        thin: colour("band-thin"),
        card: colour("card"),
        line: colour("line"),
        tint: colour("band-4"),
        closer: colour("up-text"),
        further: colour("down-text"),
        text: style.color,
        font: style.fontFamily,
    };
}
