# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .experiment_common import ExperimentCase


@tagged("post_install", "-at_install")
class TestExperimentTrial(ExperimentCase):
    """Employees: asked first, free to leave, and never seen one by one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = cls.colleagues(11)

    def begin(self, days_ago=40):
        """An experiment that ten of eleven agreed to, begun."""
        experiment = self.asked(self.users, self.users[:10])
        self.start(experiment, days_ago)
        return experiment

    # ASKED

    def test_nobody_takes_part_without_a_yes(self):
        """I6: each employee is asked, and it starts with enough yeses alone."""
        experiment = self.asked(self.users, self.users[:9])
        self.assertEqual(experiment.state, "asking")
        self.assertIn("9 of 11 colleagues said yes, 10 are needed", experiment.guide)
        with self.assertRaisesRegex(UserError, "9 said yes, 10 are needed"):
            experiment.action_start()
        self.trial_of(experiment, self.users[9]).action_accept()
        self.trial_of(experiment, self.users[10]).action_decline()
        experiment.action_start()
        treated, control = self.arms(experiment)
        self.assertEqual((len(treated), len(control)), (5, 5))
        self.assertNotIn(self.users[10], (treated | control).user_id)
        self.assertEqual(len(experiment.sudo().trial_ids), 10, "a no is forgotten")

    def test_too_few_are_not_asked_in_vain(self):
        """I6: fewer colleagues than are needed are not bothered."""
        experiment = self.with_employees(self.users[:9])
        with self.assertRaisesRegex(UserError, "9 colleagues fit, 10 are needed"):
            experiment.action_ask()

    def test_the_invitation(self):
        """I6: asked by an activity of one's own, which an answer settles."""
        experiment = self.asked(self.users, yes=[])
        user = self.users[0]
        trial = self.trial_of(experiment, user)
        activity = trial.sudo().activity_ids
        self.assertEqual(activity.user_id, user)
        self.assertIn("chance decides", trial.asks)
        self.assertIn("5 or more people", trial.asks)
        self.assertEqual(trial.motivator, experiment.motivator_id.name)
        trial.action_decline()
        self.assertFalse(activity.exists())
        trial.action_accept()
        self.assertEqual(trial.answer, "yes", "a mind may change while it is asked")
        experiment.action_back_to_draft()
        self.assertFalse(self.trials.search([("id", "=", trial.id)]))

    def test_everybody_answers_for_themselves(self):
        """I6: neither a colleague nor a manager answers for somebody."""
        experiment = self.asked(self.users, yes=[])
        trial = self.trial_of(experiment, self.users[0])
        for other in (self.users[1], self.manager, self.administrator):
            for answer in ("action_accept", "action_decline", "action_withdraw"):
                with self.assertRaises(AccessError):
                    getattr(trial.with_user(other), answer)()
            with self.assertRaises(AccessError):
                trial.with_user(other).write({"answer": "yes"})
        self.assertEqual(trial.answer, "asked")

    # RUNNING

    def test_leaving_leaves_nothing(self):
        """I6: who leaves is gone with all that was kept of the part."""
        experiment = self.begin()
        treated, _control = self.arms(experiment)
        user, activity = treated[0].user_id, treated[0].activity_id
        self.assertEqual(activity.user_id, user)
        trial = treated[0].with_user(user)
        trial.action_withdraw()
        self.assertFalse(treated[0].exists() or activity.exists())
        messages = self.env["mail.message"].sudo()
        found = messages.search_count(
            [("model", "=", trial._name), ("res_id", "=", trial.id)]
        )
        self.assertFalse(found)
        self.assertEqual(len(experiment.sudo().trial_ids), 9)
        self.assertNotIn(user.name, experiment.receiver_names)

    def test_the_organiser_knows_to_whom(self):
        """I6: who delivers learns who gets it while it runs; users do not."""
        experiment = self.begin()
        treated, control = self.arms(experiment)
        for trial in treated:
            self.assertIn(trial.user_id.name, experiment.receiver_names)
        for trial in control:
            self.assertNotIn(trial.user_id.name, experiment.receiver_names.split(", "))
        self.assertEqual(experiment.sudo().activity_ids.user_id, self.manager)

    def test_ticked_off_by_who_got_it(self):
        """I6: the employee says that it was delivered."""
        experiment = self.begin()
        treated, _control = self.arms(experiment)
        activity = treated[0].activity_id
        activity.with_user(treated[0].user_id).action_done()
        experiment.invalidate_recordset()
        self.assertEqual((experiment.delivered_count, experiment.treated_count), (1, 5))

    # THE END

    def test_only_the_means_are_kept(self):
        """I6: when it ends, the two means and numbers stay, and no row of anybody."""
        experiment = self.begin()
        treated, control = self.arms(experiment)
        for number, trial in enumerate(treated):
            self.rate(trial.user_id, 4 + number % 2)
        for number, trial in enumerate(control):
            self.rate(trial.user_id, 1 + number % 2)
        self.conclude(experiment)
        self.assertEqual((experiment.state, experiment.verdict), ("done", "better"))
        self.assertAlmostEqual(experiment.mean_treated, 4.4, 6)
        self.assertAlmostEqual(experiment.mean_control, 1.4, 6)
        self.assertEqual(experiment.treated_count, 5)
        self.assertFalse(self.trials.search([("experiment_id", "=", experiment.id)]))
        self.assertFalse(experiment.activity_ids)
        self.assertFalse(experiment.receiver_names)

    def test_stopped_too(self):
        """I6: stopped early, it forgets who took part."""
        experiment = self.begin()
        experiment.sudo()._stop("Holidays")
        self.assertFalse(self.trials.search([("experiment_id", "=", experiment.id)]))

    def test_index_of_their_customers(self):
        """I6: of an employee, the average move of the customers they look after."""
        user = self.users[0]
        people = self.customers(2)
        people.user_id = user
        self._record(people[0], "interest_confirmed", days_ago=3)
        self._drain()
        days = (self.now - timedelta(days=9), self.now)
        employees = self.with_employees(self.users).sudo()
        employees.measure = "index"
        of_user = employees._read_outcomes([(user.id, *days)])[user.id]
        customers = self.experiment(2).sudo()
        each = customers._read_outcomes([(person.id, *days) for person in people])
        self.assertAlmostEqual(of_user, sum(each.values()) / 2, 9)

    def test_who_leaves_the_firm(self):
        """I6: with too few left it ends without a verdict; a reserve is drawn first."""
        experiment = self.asked(self.users)
        self.start(experiment)
        treated, control = self.arms(experiment)
        self.assertEqual(len(experiment.sudo().trial_ids), 11, "one in reserve")
        for trial in treated | control:
            self.rate(trial.user_id, 3)
        treated[0].with_user(treated[0].user_id).action_withdraw()
        self.conclude(experiment)
        self.assertEqual(experiment.verdict, "without", "one more is not one for each")
        self.assertFalse(self.trials.search([("experiment_id", "=", experiment.id)]))


@tagged("post_install", "-at_install")
class TestExperimentRights(ExperimentCase):
    """Who may run, who may read, and no way to peek."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customers(8)
        cls.running = cls.experiment(4)
        cls.running.action_start()
        for user in cls.manager | cls.administrator:
            user.group_ids += cls.env.ref("base.group_allow_export")

    def test_managers_run_users_read(self):
        """I6, T4: users read experiments about customers, and press no button."""
        seen = self.running.with_user(self.seller)
        self.assertIn("deliveries are done", seen.guide)
        self.assertIn(self.running, seen.search([]))
        for button in ("action_start", "action_stop", "action_ask"):
            with self.assertRaises(AccessError):
                getattr(seen, button)()
        with self.assertRaises(AccessError):
            seen.create({"name": "Mine"})
        with self.assertRaises(AccessError):
            seen.motivator_id.create({"name": "Mine", "description": "Mine"})

    def test_employees_experiments_are_the_managers(self):
        """I6, T4: an employee sees their own invitation, not the experiment."""
        users = self.colleagues(10)
        experiment = self.asked(users, yes=[])
        user = users[0]
        self.assertFalse(
            experiment.with_user(user).search([("id", "=", experiment.id)])
        )
        own = self.trials.with_user(user).search([])
        self.assertEqual(own.user_id, user)
        trial = self.trial_of(experiment, user)
        users[1].group_ids += self.env.ref("base.group_allow_export")
        for other in (users[1], self.manager, self.administrator):
            found = self.trials.with_user(other).search(
                [("experiment_id", "=", experiment.id)]
            )
            self.assertFalse(found - found.filtered(lambda t, u=other: t.user_id == u))
            with self.assertRaises(AccessError):
                trial.with_user(other).read(["answer"])
            with self.assertRaises(AccessError):
                trial.with_user(other).export_data(["answer"])
            rows = self.trials.with_user(other)._read_group(
                [("experiment_id", "=", experiment.id)], ["user_id"], ["__count"]
            )
            self.assertFalse([row for row in rows if row[0] != other])
            activity = trial.sudo().activity_ids.with_user(other)
            with self.assertRaises(AccessError):
                activity.read(["summary"])

    def test_which_customers_get_nothing(self):
        """I6: nobody sees the lot before the end; then managers do, and what each
        customer came to."""
        trials = self.running.sudo().trial_ids
        for user in (self.seller, self.manager, self.administrator):
            self.assertFalse(trials.with_user(user).search([]))
            with self.assertRaises(AccessError):
                trials[0].with_user(user).read(["arm"])
        self.running.sudo()._stop("enough")
        self.assertEqual(trials.with_user(self.manager).search([]), trials)
        self.assertFalse(trials.with_user(self.seller).search([]))

    def test_nothing_to_peek_at(self):
        """I6: while it runs there is no outcome to list, group, export or call."""
        trials = self.running.sudo().trial_ids
        for trial in trials:
            self._record(trial.partner_id, "interest_confirmed")
        self._drain()
        domain = [("experiment_id", "=", self.running.id)]
        mine = trials.with_user(self.administrator)
        for group in (["arm"], ["arm", "partner_id.trust_circle_id"]):
            found = mine.formatted_read_group(domain, group, ["outcome:avg"])
            self.assertFalse(found)
        with self.assertRaises(AccessError):
            mine.export_data(["arm", "outcome", "measured", "partner_id/trust_index"])
        self.assertFalse(any(trials.mapped("outcome")), "nothing is kept either")
        (shown,) = self.running.read(
            ["verdict", "effect", "mean_treated", "interval", "lost_treated", "basis"]
        )
        shown.pop("id")
        self.assertFalse(any(shown.values()))
        grouped = self.experiments.formatted_read_group(
            [("id", "=", self.running.id)],
            ["verdict"],
            ["effect:avg", "effect_low:max"],
        )
        self.assertFalse(any(grouped[0][name] for name in ("effect:avg", "verdict")))

    def test_no_other_company(self):
        """I6, T5: an experiment of another company is not there."""
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE trust_experiment SET company_id = %s WHERE id = %s",
            [other.id, self.running.id],
        )
        self.env.cr.execute(
            "UPDATE trust_experiment_trial SET company_id = %s"
            " WHERE experiment_id = %s",
            [other.id, self.running.id],
        )
        self.env.invalidate_all()
        self.assertFalse(self.experiments.search([("id", "=", self.running.id)]))
        trials = self.trials.with_user(self.manager)
        self.assertFalse(trials.search([("experiment_id", "=", self.running.id)]))
