import {registry} from "@web/core/registry";
import {user} from "@web/core/user";
import {TrustFeelings} from "./trust_feelings";

const MEMBERS = "trust_crm.group_trust_user";
/** Above a dialog that "done and schedule next" opens at the same time. */
const ABOVE_DIALOGS = 60;

/**
 * Offers "How did it feel?" after a contact.
 *
 * `offer(resModel, resId)` asks the server whether that was one (an activity done, a
 * meeting, a customer); `show(offer)` shows what the server offered already. Both return
 * at once for people without the trust group, who are not asked about.
 */
export const trustEncounterService = {
    dependencies: ["orm", "overlay"],
    start(env, {orm, overlay}) {
        let close = () => {};

        function show(offered) {
            close();
            const props = {offer: offered, close: () => close()};
            close = overlay.add(TrustFeelings, props, {sequence: ABOVE_DIALOGS});
        }

        async function offer(resModel, resId) {
            if (!(await user.hasGroup(MEMBERS))) {
                return;
            }
            const offered = await orm.silent.call("trust.encounter", "get_offer", [
                resModel,
                resId,
            ]);
            if (offered) {
                show(offered);
            }
        }

        return {offer, show};
    },
};

registry.category("services").add("trust_encounter", trustEncounterService);

// From buttons and from Today: {offer} in the action's params.
registry.category("actions").add("trust_crm.encounter", (env, action) => {
    env.services.trust_encounter.show(action.params.offer);
    return {type: "ir.actions.act_window_close"};
});
