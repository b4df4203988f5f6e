import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";

/** One line in the evening: kept for oneself, or shared as a good story. */
export class TrustTodayLine extends Component {
    static template = "trust_crm.TrustTodayLine";
    static props = {lines: Array, onChange: Function};

    setup() {
        this.orm = useService("orm");
        this.state = useState({text: "", busy: false});
    }

    get placeholder() {
        return _t("one line, only for you unless you share it");
    }

    async keep(shared) {
        const text = this.state.text.trim();
        if (!text || this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            await this.orm.call("trust.today", "reflect", [text, shared]);
            this.state.text = "";
            await this.props.onChange();
        } finally {
            this.state.busy = false;
        }
    }

    async act(line, name) {
        await this.orm.call("trust.today", "act", ["reflection", line.id, name]);
        await this.props.onChange();
    }

    async takeBack(line) {
        await this.act(line, "take_back");
        this.state.text = line.text;
    }
}
