"""B10: previewing a policy on every relationship against folding them all (B3)."""

from unittest import mock

from . import odoo_env, worlds
from .folding import Fold
from .measure import Line, alternate, compared, seconds

TITLE = "preview of a policy"
GOAL = 1.2


class Preview(Fold):
    """Who would move under a new version, beside the fold that publishing it costs."""

    def __init__(self, database: str):
        super().__init__(database)
        with odoo_env.environment(database) as env:
            published = env["trust.policy"]._get_published(env.company)
            self.draft = published.copy({"prior_mass": 5.0}).id
            self.count = env["trust.relationship"].search_count([])
            env.cr.commit()

    def preview(self) -> float:
        """As the button does, its list of who moves included; nothing stays."""
        with odoo_env.environment(self.database) as env:
            policy = env["trust.policy"].browse(self.draft)
            with mock.patch("odoo.fields.Datetime.now", lambda: self.at):
                taken = seconds(lambda: policy.action_preview() and None)
            env.cr.rollback()
        return taken


def measure(scale: float) -> list[Line]:
    with worlds.copied(worlds.app(scale)) as database:
        bench = Preview(database)
        pairs = alternate(bench.preview, bench.ours)
    what = f"previewing {bench.count:,} relationships / folding them"
    return [compared("B10", what, pairs, GOAL)]
