# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from odoo import fields, models

CATEGORIES = [
    ("sport", "Sport"),
    ("culture", "Art and culture"),
    ("music", "Music"),
    ("nature", "Nature and animals"),
    ("food", "Food and drink"),
    ("travel", "Travel"),
    ("craft", "Making things"),
    ("games", "Games"),
    ("learning", "Reading and learning"),
    ("community", "Family and community"),
    ("other", "Something else"),
]


class TrustInterest(models.Model):
    """A thing people care about: a word of the catalogue, about nobody in particular.

    Who shares one with a customer is the one to bring along; an event is for people
    who like what it is about.
    """

    _name = "trust.interest"
    _description = "Interest"
    _order = "category, name, id"

    name = fields.Char(required=True, translate=True)
    category = fields.Selection(CATEGORIES, required=True, default="other")
    color = fields.Integer("Colour", default=0)
    active = fields.Boolean(default=True)

    _name_unique = models.Constraint(
        "UNIQUE (name)", "There is an interest of this name already."
    )
