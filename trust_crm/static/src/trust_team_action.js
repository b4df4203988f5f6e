import {Component, xml} from "@odoo/owl";
import {LazyComponent} from "@web/core/assets";
import {registry} from "@web/core/registry";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

/** How a team stands with its customers; its code is loaded when somebody opens it. */
export class TrustTeamAction extends Component {
    static template = xml`
        <LazyComponent Component="'TrustTeam'" bundle="'trust_crm.assets_team'" props="props"/>`;
    static components = {LazyComponent};
    static props = {...standardActionServiceProps};
}

registry.category("actions").add("trust_crm.team", TrustTeamAction);
