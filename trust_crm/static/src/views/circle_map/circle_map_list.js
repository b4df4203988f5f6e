import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatInteger} from "@web/views/fields/formatters";
import {describeMove} from "./circle_map_words";

const PAGE = 50;

/** The same customers as a table: unseen until the keyboard or a screen reader comes. */
export class CircleMapList extends Component {
    static template = "trust_crm.CircleMapList";
    static props = {model: Object, openRecord: Function};

    setup() {
        this.state = useState({page: 0});
    }

    get page() {
        return Math.min(this.state.page, this.pages - 1);
    }

    get pages() {
        return Math.max(Math.ceil(this.props.model.count / PAGE), 1);
    }

    get rows() {
        const {model} = this.props;
        const {id, name, index, band, place} = model.dots;
        const start = this.page * PAGE;
        return model.order.slice(start, start + PAGE).map((dot) => ({
            id: id[dot],
            name: name[dot],
            ring: model.ringName(place[dot]) || _t("Little evidence"),
            index: band[dot] ? formatInteger(index[dot]) : _t("little evidence"),
            move: describeMove(model, dot),
        }));
    }

    get position() {
        return _t("Page %(page)s of %(pages)s", {
            page: this.page + 1,
            pages: this.pages,
        });
    }

    turn(step) {
        this.state.page = Math.min(Math.max(this.page + step, 0), this.pages - 1);
    }
}
