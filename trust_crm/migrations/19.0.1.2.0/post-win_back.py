# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE


def migrate(cr, version):
    """The steps of the win-back plans were due before the plan began."""
    cr.execute(
        """UPDATE mail_activity_plan_template t SET delay_from = 'after_plan_date'
             FROM ir_model_data d
            WHERE d.model = 'mail.activity.plan.template' AND d.res_id = t.id
              AND d.module = 'trust_crm' AND d.name LIKE 'win\\_back\\_plan\\_%'
              AND t.delay_from = 'before_plan_date'"""
    )
