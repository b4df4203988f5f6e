import {Component} from "@odoo/owl";
import {Dropdown} from "@web/core/dropdown/dropdown";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {_t} from "@web/core/l10n/translation";
import {TrustRing} from "../components/trust_ring/trust_ring";
import {joinWords} from "../trust_words";

const SHOWN = 6;
/** Whose main button is not pressed for: nobody waits there. */
const CALM = ["moved"];

/** A card of Today: what one can do about each item, or what was done. */
export class TrustTodaySection extends Component {
    static template = "trust_crm.TrustTodaySection";
    static components = {Dropdown, DropdownItem, TrustRing};
    static props = {
        section: Object,
        order: Number,
        done: Object,
        current: String,
        expanded: Boolean,
        onAct: Function,
        onUndo: Function,
        onOpen: Function,
        onExpand: Function,
        onAll: Function,
        onCurrent: Function,
    };

    get items() {
        const {items} = this.props.section;
        return this.props.expanded ? items : items.slice(0, SHOWN);
    }

    get hidden() {
        return this.props.section.items.length - this.items.length;
    }

    /** More than the server sent. */
    get beyond() {
        const {items, total} = this.props.section;
        const open = items.filter(({key}) => !this.props.done[key]).length;
        return this.hidden ? 0 : Math.max(0, total - open);
    }

    get moreText() {
        return _t("Show %s more", this.hidden);
    }

    get beyondText() {
        return _t("%s more in the list", this.beyond);
    }

    mainClass(item) {
        return CALM.includes(item.kind) ? "btn-secondary" : "btn-primary";
    }

    /** What a screen reader says of an item. */
    label({who, what, tag, reason}) {
        return joinWords([who, what, tag, reason].filter(Boolean));
    }
}
