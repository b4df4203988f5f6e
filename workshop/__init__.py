# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
"""The workshop: puts Odoo 19, PostgreSQL and Chromium onto a machine.

Never shipped with the addons. Everything reached before the virtual environment
exists (``bootstrap`` and what it imports) uses only the standard library.
"""
