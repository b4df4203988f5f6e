import {Component, onMounted, onWillStart, useRef, useState} from "@odoo/owl";
import {Dialog} from "@web/core/dialog/dialog";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {KeepLast} from "@web/core/utils/concurrency";
import {useService} from "@web/core/utils/hooks";
import {useDebounced} from "@web/core/utils/timing";
import {TrustRing} from "../components/trust_ring/trust_ring";

const PAUSE = 200;

/** Who is calling: found by name or number, known before the phone is answered. */
export class TrustCaller extends Component {
    static template = "trust_crm.TrustCaller";
    static components = {Dialog, TrustRing};
    static props = {
        close: Function,
        text: {type: String, optional: true},
        /** {partner_id, lead_id}: the card of this one, at once */
        who: {type: Object, optional: true},
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.input = useRef("input");
        this.state = useState({
            text: this.props.text || "",
            found: null,
            index: 0,
            card: null,
        });
        this.findSoon = useDebounced(() => this.find(), PAUSE);
        onWillStart(async () => {
            if (this.props.who) {
                await this.show(this.props.who);
            } else if (this.state.text) {
                await this.find();
            }
        });
        onMounted(() => this.input.el?.focus());
    }

    get title() {
        return this.state.card ? this.state.card.name : _t("Who is calling?");
    }

    get placeholder() {
        return _t("Name or phone number");
    }

    async find() {
        const call = this.orm.silent.call("trust.today", "find_caller", [
            this.state.text,
        ]);
        this.state.found = await this.keepLast.add(call);
        this.state.index = 0;
    }

    async show({partner_id, lead_id}) {
        this.state.card = await this.orm.call("trust.today", "get_caller_card", [
            partner_id || false,
            lead_id || false,
        ]);
    }

    back() {
        this.state.card = null;
    }

    onKeydown(ev) {
        const {found, index} = this.state;
        const last = (found || []).length - 1;
        if (ev.key === "ArrowDown") {
            this.state.index = Math.min(last, index + 1);
        } else if (ev.key === "ArrowUp") {
            this.state.index = Math.max(0, index - 1);
        } else if (ev.key === "Enter" && found?.[index]) {
            this.show(found[index]);
        } else {
            return;
        }
        ev.preventDefault();
    }

    open(model, resId) {
        this.props.close();
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: resId,
            views: [[false, "form"]],
        });
    }

    async promise() {
        const {model, res_id: resId} = this.state.card;
        const action = await this.orm.call("trust.promise", "get_quick_action", [
            model,
            resId,
        ]);
        const who = this.state.card;
        await this.action.doAction(action, {onClose: () => this.show(who)});
    }
}

registry.category("lazy_components").add("TrustCaller", TrustCaller);
