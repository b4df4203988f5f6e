"""Which screens docs/images shows: one row a picture."""

from dataclasses import dataclass


@dataclass
class Shot:
    """One screen: an address, what must be there, and in which sizes and languages."""

    name: str
    path: str
    ready: str
    subject: tuple[str, str] | None = None  # (model, external id) that {id} stands for
    click: str = ""
    full: bool = False
    sizes: tuple[str, ...] = ("wide",)
    languages: tuple[str, ...] = ("en",)


ACTION = "/odoo/action-trust_crm."
LOYAL = ("res.partner", "trust_crm.demo_hospice")
RETURNED = ("res.partner", "trust_crm.demo_marlow")
BOTH = ("wide", "phone")
ALL = ("en", "zh")
SHOTS = [
    Shot(
        "today",
        ACTION + "trust_today_action",
        ".o_trust_today_card",
        sizes=BOTH,
        languages=ALL,
    ),
    Shot(
        "relationships-kanban",
        ACTION + "trust_relationship_action",
        ".o_kanban_record .o_trust_ring",
        sizes=BOTH,
        languages=ALL,
    ),
    Shot(
        "relationships-list",
        ACTION + "trust_relationship_action?view_type=list",
        ".o_list_view .o_data_row",
        languages=ALL,
    ),
    Shot(
        "circle-map",
        ACTION + "trust_circle_map_action",
        ".o_circle_map_canvas[data-drawn]",
        sizes=BOTH,
        languages=ALL,
    ),
    Shot(
        "relationship-form",
        ACTION + "trust_relationship_action/{relationship}",
        ".o_trust_panel",
        RETURNED,
        full=True,
        sizes=BOTH,
        languages=ALL,
    ),
    Shot(
        "partner-tab",
        "/odoo/res.partner/{id}",
        ".o_trust_panel",
        LOYAL,
        click="[name='trust']",
    ),
    Shot("lead-kanban", "/odoo/crm", ".o_kanban_record", languages=ALL),
    Shot(
        "promises",
        ACTION + "trust_promise_action",
        ".o_kanban_record, .o_data_row",
        sizes=BOTH,
        languages=ALL,
    ),
    Shot(
        "complaints-kanban",
        ACTION + "trust_complaint_action",
        ".o_kanban_record",
        sizes=BOTH,
        languages=ALL,
    ),
    Shot(
        "complaint-form",
        ACTION + "trust_complaint_action",
        ".o_form_view .o_notebook",
        click=".o_kanban_record:has-text('Cracked table top')",
        sizes=BOTH,
        languages=ALL,
    ),
    Shot(
        "evidence",
        ACTION + "trust_evidence_action",
        ".o_data_row, .o_group_header",
    ),
    Shot("day-one", ACTION + "trust_day_one_action", ".o_data_row", languages=ALL),
    Shot(
        "handover",
        ACTION + "trust_handover_action",
        ".o_form_view .o_field_widget[name=step_ids] .o_data_row",
        click=".o_data_row td[name=partner_id]",
    ),
    Shot(
        "handover-pass",
        ACTION + "trust_handover_pass_action/{leaver}",
        ".o_field_widget[name=line_ids] .o_data_row",
        subject=("res.users", "trust_crm.demo_user_nora"),
    ),
    Shot(
        "needs-lead",
        "/odoo/crm.lead/{id}",
        ".o_trust_needs_row",
        subject=("crm.lead", "trust_crm.demo_lead_tidewater"),
        click=".o_notebook .nav-link[name='trust_needs']",
    ),
    Shot(
        "favour-asked",
        "/odoo/trust-favours",
        ".o_form_view .alert-warning",
        click=".o_data_row:has-text('weekend') td[name='name']",
    ),
    Shot(
        "experiment",
        "/odoo/trust-experiments",
        ".o_form_view .o_trust_interval",
        click=".o_data_row:has(.text-bg-success) td[name='name']",
    ),
    Shot("team", ACTION + "trust_team_view_action", ".o_trust_team_card"),
    Shot("touchpoints", ACTION + "trust_touchpoint_action", ".o_kanban_record"),
    Shot(
        "review",
        "/odoo/trust-reviews",
        ".o_form_view .o_field_x2many .o_data_row",
        click=".o_data_row td[name='name']",
    ),
    Shot(
        "policy-preview",
        ACTION + "trust_policy_action/{draft}",
        ".o_trust_histogram",
        click="[name='action_preview']",
        languages=ALL,
    ),
]
