import {Activity} from "@mail/core/common/activity_model";
import {patch} from "@web/core/utils/patch";

/** Wherever an activity is marked done: chatter, list of activities, activity view. */
patch(Activity.prototype, {
    async markAsDone() {
        const {id} = this;
        const {trust_encounter: trust} = this.store.env.services;
        const result = await super.markAsDone(...arguments);
        trust?.offer("mail.activity", id);
        return result;
    },

    async markAsDoneAndScheduleNext() {
        const {id} = this;
        const {trust_encounter: trust} = this.store.env.services;
        const result = await super.markAsDoneAndScheduleNext(...arguments);
        trust?.offer("mail.activity", id);
        return result;
    },
});
