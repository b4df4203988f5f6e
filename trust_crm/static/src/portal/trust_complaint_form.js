import {Interaction} from "@web/public/interaction";
import {registry} from "@web/core/registry";

/** Filing a complaint: sees too big a choice of files before they are sent. */
export class TrustComplaintForm extends Interaction {
    static selector = ".o_trust_complaint_form";
    dynamicContent = {
        "input[type=file]": {"t-on-change": this.onFilesChange},
        ".o_trust_files_problem": {"t-att-class": () => ({"d-none": this.fits})},
        "button[type=submit]": {"t-att-disabled": () => !this.fits || this.sent},
        _root: {"t-on-submit": this.onSubmit},
    };

    setup() {
        this.fits = true;
        this.sent = false;
    }

    start() {
        document.getElementById("trust_problems")?.focus();
    }

    onFilesChange(ev) {
        const files = [...ev.target.files];
        const bytes = files.reduce((sum, file) => sum + file.size, 0);
        const {mostFiles, mostBytes} = this.el.dataset;
        this.fits = files.length <= Number(mostFiles) && bytes <= Number(mostBytes);
    }

    /** A second click sends no second complaint. */
    onSubmit(ev) {
        if (this.sent || !this.fits) {
            ev.preventDefault();
        }
        this.sent = this.fits;
    }
}

registry
    .category("public.interactions")
    .add("trust_crm.complaint_form", TrustComplaintForm);
