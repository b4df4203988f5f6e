# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
