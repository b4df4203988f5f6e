/**
 * A grid over the disc of radius 1, so that finding the dot under the pointer among ten
 * thousand looks at a handful.
 */
export class DotGrid {
    constructor(xs, ys, cell) {
        this.xs = xs;
        this.ys = ys;
        this.cell = Math.max(cell, 0.004);
        this.columns = Math.ceil(2 / this.cell) + 2;
        this.first = new Int32Array(this.columns * this.columns).fill(-1);
        this.next = new Int32Array(xs.length).fill(-1);
        for (let i = xs.length - 1; i >= 0; i--) {
            const key = this.column(xs[i]) + this.columns * this.column(ys[i]);
            this.next[i] = this.first[key];
            this.first[key] = i;
        }
    }

    column(value) {
        const column = Math.floor((value + 1) / this.cell) + 1;
        return Math.min(Math.max(column, 0), this.columns - 1);
    }

    /** Visit each dot in the cells around a point, up to `reach` cells away. */
    near(x, y, visit, reach = 1) {
        const column = this.column(x);
        const row = this.column(y);
        const last = this.columns - 1;
        for (let r = Math.max(row - reach, 0); r <= Math.min(row + reach, last); r++) {
            const end = Math.min(column + reach, last);
            for (let c = Math.max(column - reach, 0); c <= end; c++) {
                let i = this.first[c + this.columns * r];
                while (i >= 0) {
                    const following = this.next[i];
                    visit(i);
                    i = following;
                }
            }
        }
    }

    /**
     * The dot nearest to a point among those that `within` accepts.
     *
     * @param {Function} within (dot, distance) => whether it is near enough
     * @returns {number} -1 for none
     */
    nearest(x, y, within, reach = 1) {
        let found = -1;
        let least = Infinity;
        this.near(
            x,
            y,
            (i) => {
                const distance = Math.hypot(this.xs[i] - x, this.ys[i] - y);
                if (distance < least && within(i, distance)) {
                    least = distance;
                    found = i;
                }
            },
            reach
        );
        return found;
    }
}
