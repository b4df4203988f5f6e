# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo.fields import Domain


def by_sql(name):
    """Return the ``search`` of a field that ``_field_to_sql`` computes in SQL.

    :param str name: the field; Odoo compares its SQL as if it were a column
    """

    def search(records, operator, value):
        field = records._fields[name]
        return Domain.custom(
            to_sql=lambda model, alias, query: field.condition_to_sql(
                name, operator, value, model, alias, query
            )
        )

    return search
