import {Component, xml} from "@odoo/owl";
import {LazyComponent} from "@web/core/assets";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

/** The home of the app; its code is loaded when somebody opens it. */
export class TrustTodayAction extends Component {
    static template = xml`
        <LazyComponent Component="'TrustToday'" bundle="'trust_crm.assets_today'" props="props"/>`;
    static components = {LazyComponent};
    static props = {...standardActionServiceProps};
}

registry.category("actions").add("trust_crm.today", TrustTodayAction);
