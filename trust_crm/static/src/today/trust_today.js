import {Component, onWillStart, useExternalListener, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {formatList} from "@web/core/l10n/utils/format_list";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {TrustCaller} from "./trust_caller";
import {TrustTodayLine} from "./trust_today_line";
import {TrustTodaySection} from "./trust_today_section";

const {DateTime} = luxon;
const EDITABLE = "input, textarea, select, [contenteditable=true]";
const EVENING = 17;
const NOON = 12;

/**
 * What is due for me, acted on in place. Shows what `trust.today.get_today` says;
 * every action is one call to `trust.today.act`, and what it did stays on the page as a
 * line with "Undo" until the page is opened again.
 */
export class TrustToday extends Component {
    static template = "trust_crm.TrustToday";
    static components = {TrustTodayLine, TrustTodaySection};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.root = useRef("root");
        this.state = useState({
            page: null,
            error: "",
            /** key of an item -> {message, undo}: done since the page was opened */
            done: {},
            current: "",
            expanded: {},
            help: false,
        });
        this.undoable = [];
        this.acting = new Set();
        onWillStart(() => this.load());
        useExternalListener(window, "keydown", (ev) => this.onKeydown(ev));
    }

    // DATA

    async load() {
        try {
            const page = await this.orm.silent.call("trust.today", "get_today", []);
            this.keepDone(page);
            Object.assign(this.state, {page, error: ""});
        } catch (error) {
            this.state.error =
                error.data?.message || _t("The page cannot be read now.");
        }
    }

    /** What was done stays where it was, so that it can be undone. */
    keepDone(page) {
        for (const section of page.sections) {
            const fresh = new Map(section.items.map((item) => [item.key, item]));
            const before = this.state.page?.sections.find(
                ({name}) => name === section.name
            );
            const kept = (before?.items || [])
                .filter(({key}) => this.state.done[key] || fresh.has(key))
                .map((item) => fresh.get(item.key) || item);
            const known = new Set(kept.map(({key}) => key));
            section.items = [
                ...kept,
                ...section.items.filter(({key}) => !known.has(key)),
            ];
        }
    }

    get sections() {
        return this.state.page.sections.filter((section) => section.items.length);
    }

    get quiet() {
        return this.state.page.sections.filter((section) => !section.items.length);
    }

    /** Two columns of about the same height; on a phone `order` makes them one. */
    get columns() {
        const columns = [
            {height: 0, sections: []},
            {height: 0, sections: []},
        ];
        this.sections.forEach((section, order) => {
            const [left, right] = columns;
            const column = right.height < left.height ? right : left;
            column.sections.push({section, order});
            const shown = this.state.expanded[section.name] ? section.items.length : 6;
            column.height += 2 + Math.min(shown, section.items.length);
        });
        return columns;
    }

    get greeting() {
        const {hour} = DateTime.now();
        const {name} = this.state.page;
        if (hour < NOON) {
            return _t("Good morning, %s", name);
        }
        return hour < EVENING
            ? _t("Good afternoon, %s", name)
            : _t("Good evening, %s", name);
    }

    get date() {
        return DateTime.fromISO(this.state.page.date).toLocaleString({
            weekday: "long",
            day: "numeric",
            month: "long",
        });
    }

    get summary() {
        const {summary, minutes} = this.state.page;
        if (!summary.length) {
            return _t("Nothing is due.");
        }
        return _t("%(things)s. About %(minutes)s minutes.", {
            things: formatList(summary),
            minutes,
        });
    }

    get asideText() {
        return _t("Put aside: %s", this.state.page.aside);
    }

    // ACTIONS

    async act(item, name) {
        if (this.acting.has(item.key)) {
            return;
        }
        this.acting.add(item.key);
        try {
            const result = await this.call(item.kind, item.res_id, name);
            if (result.open) {
                await this.action.doAction(result.open, {onClose: () => this.load()});
                return;
            }
            this.note(item.key, result);
            this.step(1, item.key);
            await this.load();
        } finally {
            this.acting.delete(item.key);
        }
    }

    call(...words) {
        return this.orm.call("trust.today", "act", words);
    }

    note(key, {message, undo}) {
        this.state.done[key] = {message, undo};
        if (undo) {
            this.undoable.push(key);
        }
    }

    async undo(key) {
        const done = this.state.done[key];
        if (!done?.undo) {
            return;
        }
        const {undo} = done;
        done.undo = false;
        try {
            await this.call(...undo);
        } catch (error) {
            done.undo = undo;
            throw error;
        }
        delete this.state.done[key];
        this.undoable = this.undoable.filter((other) => other !== key);
        this.state.current = key;
        await this.load();
    }

    openRecord(item) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: item.model,
            res_id: item.res_id,
            views: [[false, "form"]],
        });
    }

    openAll(section) {
        return this.action.doAction(section.all);
    }

    openAside() {
        return this.action.doAction("trust_crm.trust_today_aside_action", {
            onClose: () => this.load(),
        });
    }

    openCustomers() {
        return this.action.doAction("trust_crm.trust_relationship_action", {
            additionalContext: {search_default_mine: 1},
        });
    }

    openCaller() {
        this.dialog.add(TrustCaller, {}, {onClose: () => this.load()});
    }

    expand(name) {
        this.state.expanded[name] = true;
    }

    // KEYBOARD

    onKeydown(ev) {
        const {target} = ev;
        const busy = ev.ctrlKey || ev.metaKey || ev.altKey || ev.defaultPrevented;
        const elsewhere =
            target.closest?.(EDITABLE) ||
            document.querySelector(".o_dialog, .o_command_palette, .o-dropdown--menu");
        if (busy || elsewhere || !this.state.page) {
            return;
        }
        const handler = this.keys[ev.key];
        if (handler && handler(ev) !== false) {
            ev.preventDefault();
        }
    }

    get keys() {
        const down = () => this.step(1);
        const up = () => this.step(-1);
        return {
            j: down,
            ArrowDown: down,
            k: up,
            ArrowUp: up,
            Enter: (ev) => this.onEnter(ev),
            s: () => this.onItem((item) => this.act(item, "aside")),
            o: () => this.onItem((item) => this.openRecord(item)),
            u: () => this.undo(this.undoable.at(-1)),
            "/": () => this.openCaller(),
            "?": () => (this.state.help = !this.state.help),
        };
    }

    /** Enter on a button or link presses that; on an item its main action. */
    onEnter(ev) {
        if (!ev.target.classList?.contains("o_trust_today_item")) {
            return false;
        }
        return this.onItem((item) => this.act(item, item.actions[0].name));
    }

    onItem(what) {
        const item = this.items.find(({key}) => key === this.state.current);
        if (!item || this.state.done[item.key]) {
            return false;
        }
        return what(item);
    }

    get items() {
        return this.state.page.sections.flatMap((section) => section.items);
    }

    /** Go to the next item that is still to be done, as the eye would. */
    step(by, from = this.state.current) {
        const elements = [...this.root.el.querySelectorAll(".o_trust_today_item")];
        const keys = elements.map((el) => el.dataset.key);
        const index = keys.indexOf(from);
        let next = index < 0 ? (by > 0 ? 0 : keys.length - 1) : index + by;
        while (keys[next] && this.state.done[keys[next]]) {
            next += by;
        }
        if (keys[next]) {
            this.state.current = keys[next];
            elements[next].focus();
        }
    }
}

registry.category("lazy_components").add("TrustToday", TrustToday);
