# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from lxml import etree

from odoo import fields, models

MAP = "circle_map"
MAP_MODEL = "trust.relationship"
MAP_ATTRIBUTES = {"string", "class", "js_class", "sample", "size"}
MEASURE_TYPES = ("float", "integer")


class IrUiView(models.Model):
    """The circle map as a view type.

    ``<circle_map size="mass" sample="1"><field name="mass"/>…</circle_map>``: the
    fields are the numbers that a dot's size can show, ``size`` the one it begins with.
    """

    _inherit = "ir.ui.view"

    type = fields.Selection(
        selection_add=[(MAP, "Circle Map")], ondelete={MAP: "cascade"}
    )

    # BUSINESS

    def _get_view_info(self):
        return {MAP: {"icon": "fa fa-bullseye"}} | super()._get_view_info()

    def _validate_tag_circle_map(self, node, name_manager, node_info):
        if not node_info["validate"]:
            return
        if name_manager.model._name != MAP_MODEL:
            self._raise_view_error(
                self.env._("A circle map shows trust relationships only."), node
            )
        self._validate_map_attributes(node)
        sizes = [self._validate_map_field(f, name_manager.model) for f in _inside(node)]
        if not sizes or node.get("size", sizes[0]) not in sizes:
            self._raise_view_error(
                self.env._(
                    "The circle map needs fields to choose the size of a dot from, and "
                    "its attribute “size” must name one of them."
                ),
                node,
            )

    def _validate_map_attributes(self, node):
        unknown = set(node.attrib) - MAP_ATTRIBUTES - {"__validate__"}
        if unknown:
            self._raise_view_error(
                self.env._(
                    "A circle map has no attribute %(unknown)s; it knows %(known)s.",
                    unknown=", ".join(sorted(unknown)),
                    known=", ".join(sorted(MAP_ATTRIBUTES)),
                ),
                node,
            )

    def _validate_map_field(self, node, model):
        if node.tag != "field":
            self._raise_view_error(
                self.env._(
                    "A circle map holds fields only, not <%(tag)s>.", tag=node.tag
                ),
                node,
            )
        field = model._fields.get(node.get("name"))
        # A field that does not exist is told by the check of all views.
        if field and not is_measure(field, self.env):
            self._raise_view_error(
                self.env._(
                    "The size of a dot needs a stored number, and “%(name)s” is none.",
                    name=field.name,
                ),
                node,
            )
        return node.get("name")


def is_measure(field, env):
    """Tell whether a field is a number that the database can sort by."""
    return field.type in MEASURE_TYPES and field._description_sortable(env)


def _inside(node):
    return node.iterchildren(tag=etree.Element)
