import {Component, onWillDestroy, xml} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {standardWidgetProps} from "@web/views/widgets/standard_widget_props";

const EVERY = 3000;

/** Reads the record again every few seconds, as long as the page is looked at. */
export class TrustReload extends Component {
    static template = xml``;
    static props = {...standardWidgetProps};

    setup() {
        this.timer = setTimeout(() => this.reload(), EVERY);
        onWillDestroy(() => {
            this.destroyed = true;
            clearTimeout(this.timer);
        });
    }

    async reload() {
        try {
            if (!document.hidden) {
                await this.props.record.load();
            }
        } finally {
            if (!this.destroyed) {
                this.timer = setTimeout(() => this.reload(), EVERY);
            }
        }
    }
}

export const trustReload = {component: TrustReload};

registry.category("view_widgets").add("trust_reload", trustReload);
