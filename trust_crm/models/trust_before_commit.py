# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
"""Work that a transaction owes, done once for all its records."""


def before_commit(records, method):
    """Call ``method`` of these records before the commit (as superuser).

    So a mass change costs what one change costs, whatever calls it how often.
    """
    precommit = records.env.cr.precommit
    key = f"trust_crm.{records._name}.{method}"
    if key not in precommit.data:
        precommit.data[key] = set()
        model = records.env[records._name].sudo()

        def work():
            getattr(model.browse(precommit.data.pop(key, ())), method)()

        precommit.add(work)
    precommit.data[key].update(records.ids)
