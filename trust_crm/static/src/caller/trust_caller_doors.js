import {Component} from "@odoo/owl";
import {loadBundle} from "@web/core/assets";
import {DropdownItem} from "@web/core/dropdown/dropdown_item";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {user} from "@web/core/user";

/** In the command palette: "+" like the numbers of callers. */
const NAMESPACE = "+";
const BUNDLE = "trust_crm.assets_today";

const isMember = () => user.hasGroup("trust_crm.group_trust_user");

/** Open the caller card, or the search for it when it is not known whose. */
export async function openCaller(env, props = {}) {
    await loadBundle(BUNDLE);
    const TrustCaller = registry.category("lazy_components").get("TrustCaller");
    env.services.dialog.add(TrustCaller, props);
}

// From buttons of forms: {partner_id, lead_id} in the action's params.
registry.category("actions").add("trust_crm.caller", (env, action) => {
    openCaller(env, action.params?.partner_id ? {who: action.params} : {});
});

// Command palette --------------------------------------------------------------

registry.category("command_setup").add(NAMESPACE, {
    debounceDelay: 200,
    emptyMessage: _t("Nobody of this name or number"),
    name: _t("callers"),
    placeholder: _t("Who is calling? A name or a number"),
});

async function findCallers(env, {searchValue}) {
    if (!searchValue || !(await isMember())) {
        return [];
    }
    const found = await env.services.orm.silent.call("trust.today", "find_caller", [
        searchValue,
    ]);
    return found.map((who) => ({
        name: [who.name, who.detail, who.phone].filter(Boolean).join(" · "),
        action: () => openCaller(env, {who}),
    }));
}

const providers = registry.category("command_provider");
providers.add("trust_crm.callers", {namespace: NAMESPACE, provide: findCallers});
providers.add("trust_crm.caller", {
    provide: async (env) =>
        (await isMember())
            ? [{name: _t("Who is calling?"), action: () => openCaller(env)}]
            : [],
});

// Search of contacts -----------------------------------------------------------

export class TrustCallerMenu extends Component {
    static template = "trust_crm.TrustCallerMenu";
    static components = {DropdownItem};
    static props = {};

    open() {
        return openCaller(this.env);
    }
}

registry.category("cogMenu").add("trust_crm.caller", {
    Component: TrustCallerMenu,
    groupNumber: 20,
    isDisplayed: ({searchModel, config}) =>
        searchModel?.resModel === "res.partner" &&
        ["kanban", "list"].includes(config.viewType) &&
        isMember(),
});
