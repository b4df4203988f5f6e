# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
STEPS = {
    "call": "Call before they call: listen, do not defend",
    "message": "Say what happened, to whom, by whom, and when",
    "promise": "Make one promise that holds, and keep it",
    "ask": "Ask whether trust came back",
    "learn": "Write down the lesson as a promise of ours",
}


def migrate(cr, version):
    """Steps of the playbook that nobody reworded are named in the reader's language."""
    for step, words in STEPS.items():
        cr.execute(
            """UPDATE mail_activity_plan_template t
                  SET activity_type_id = y.res_id, summary = NULL
                 FROM ir_model_data d, ir_model_data y
                WHERE d.module = 'trust_crm' AND d.res_id = t.id AND d.name = %s
                  AND y.module = 'trust_crm' AND y.name = %s AND t.summary = %s""",
            (f"crisis_plan_{step}", f"mail_activity_crisis_{step}", words),
        )
