import {Chatter} from "@mail/chatter/web_portal/chatter";

import {onWillStart} from "@odoo/owl";

import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {patch} from "@web/core/utils/patch";
import {user} from "@web/core/user";

/** Models whose chatter offers "Promise"; glue addons add theirs. */
export const promiseModels = registry.category("trust_crm.promise_models");
promiseModels.add("res.partner", true);
promiseModels.add("crm.lead", true);

patch(Chatter.prototype, {
    setup() {
        super.setup(...arguments);
        this.trustAction = useService("action");
        onWillStart(async () => {
            this.canPromise = await user.hasGroup("trust_crm.group_trust_user");
        });
    },

    get showPromiseButton() {
        return this.canPromise && promiseModels.contains(this.props.threadModel);
    },

    /** Open the quick dialog; a new record is saved first. */
    async onClickPromise() {
        const open = (thread) => this.openPromiseDialog(thread);
        if (this.state.thread.id) {
            await open(this.state.thread);
        } else {
            this.onThreadCreated = open;
            await this.props.saveRecord?.();
        }
    },

    async openPromiseDialog(thread) {
        const action = await this.orm.call("trust.promise", "get_quick_action", [
            thread.model,
            thread.id,
        ]);
        await this.trustAction.doAction(action, {
            onClose: () => this.reloadParentView(),
        });
    },
});
