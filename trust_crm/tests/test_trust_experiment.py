# Copyright 2026 trust_crm contributors
# License LGPL-3 - see LICENSE
from datetime import timedelta

from odoo import Command
from odoo.exceptions import UserError, ValidationError
from odoo.tests import Form, tagged

from ..tools import experiment as rules
from .experiment_common import READ_ALOUD, ExperimentCase


@tagged("post_install", "-at_install")
class TestExperiment(ExperimentCase):
    """An experiment with customers, from the hypothesis to the one sentence."""

    # BEFORE

    def test_size_is_shown_before(self):
        """I6: how many it takes and how many there are is seen before it starts."""
        self.customers(4)
        form = Form(self.experiments)
        self.assertEqual((form.difference, form.spread, form.size), (5, 9, 51))
        self.assertEqual(form.spread_note, "a usual value")
        form.difference = 3
        self.assertEqual(form.size, 142)
        form.team_id = self.team
        self.assertEqual(form.eligible_count, 4)
        self.assertIn("4 customers fit, 284 are needed", form.guide)
        form.measure = "feedback"
        self.assertEqual((form.difference, form.spread, form.size), (0.5, 1, 63))

    def test_too_few(self):
        """I6: it does not start with too few; it says how many, and what to do."""
        self.customers(4)
        experiment = self.experiment(3)
        with self.assertRaisesRegex(UserError, "4 customers fit, 6 are needed"):
            experiment.action_start()
        self.assertEqual(experiment.state, "draft")
        self.assertFalse(experiment.sudo().trial_ids)

    def test_bad_input(self):
        """I6: a difference of nothing, a day's window, a motivator for others."""
        for values in ({"difference": -1}, {"spread": -1}):
            with self.assertRaises(ValidationError):
                self.experiment(3).write(values)
        with self.assertRaises(ValidationError):
            self.experiment(3).motivator_id = self.env.ref(READ_ALOUD)

    # THE DRAW

    def test_the_draw(self):
        """I6: both halves hold the size, by the lot of experiment and unit."""
        people = self.customers(9)
        experiment = self.experiment(3)
        experiment.action_start()
        treated, control = self.arms(experiment)
        self.assertEqual((len(treated), len(control)), (3, 3))
        self.assertEqual(
            {trial.partner_id.id: trial.arm for trial in treated | control},
            rules.assign(experiment.id, people.ids, 3),
        )
        self.assertEqual(experiment.state, "running")
        self.assertEqual(experiment.date_end, treated[0].date_end)

    def test_who_does_not_fit(self):
        """I6: once per company; nobody who wants no contact, is archived, opted out,
        takes part elsewhere, or of whom too little is known."""
        people = self.customers(8)
        people[0].trust_no_contact = True
        people[1].trust_scoring = "never"
        people[2].active = False
        people[3].user_id = self.manager
        self.env["res.partner"].create({"name": "Child", "parent_id": people[4].id})
        self.env["res.partner"].create({"name": "New", "user_id": self.seller.id})
        first = self.experiment(2, name="First")
        self.assertEqual(first.eligible_count, 4)
        first.action_start()
        self.assertEqual(first.sudo().trial_ids.partner_id, people[4:])
        self.assertEqual(self.experiment(2, name="Second").eligible_count, 0)

    def test_circles_and_stages(self):
        """I6: the circles and stages chosen take part, nobody else."""
        people = self.customers(4)
        circle = self._relationship(people[0]).circle_id
        other = self.env["trust.circle"].search([("id", "!=", circle.id)], limit=1)
        experiment = self.experiment(2, circle_ids=[Command.set(other.ids)])
        self.assertEqual(experiment.eligible_count, 0)
        experiment.circle_ids = circle
        self.assertEqual(experiment.eligible_count, 4)

    def test_deliveries(self):
        """I6: each treated customer is an activity of their salesperson, spread over
        days, in words that say what to do; done is delivered."""
        self.customers(8)
        experiment = self.experiment(4)
        experiment.action_start()
        treated, control = self.arms(experiment)
        activities = treated.activity_id
        self.assertEqual(len(activities), 4)
        self.assertEqual(activities.user_id, self.seller)
        self.assertEqual(len(set(activities.mapped("date_deadline"))), 4)
        self.assertIn("three lines by hand", str(activities[0].note))
        self.assertFalse(control.activity_id | control.partner_id.activity_ids)
        self.assertEqual(experiment.delivered_count, 0)
        activities[0].with_user(self.seller).action_feedback(feedback="Posted")
        experiment.invalidate_recordset()
        self.assertTrue(treated[0].date_delivered)
        self.assertEqual((experiment.delivered_count, experiment.treated_count), (1, 4))
        self.assertIn("1 of 4 deliveries", experiment.guide)

    def test_no_contact_no_delivery(self):
        """I6: who says "no friendly contact" meanwhile gets no delivery, and counts in
        the half that was drawn."""
        self.customers(8)
        experiment = self.experiment(4)
        self.start(experiment)
        treated, _control = self.arms(experiment)
        activity = treated[0].activity_id
        treated[0].partner_id.trust_no_contact = True
        self.assertFalse(activity.exists())
        self.assertTrue(treated[1].activity_id)
        self.conclude(experiment)
        self.assertEqual(experiment.measured_treated, 4)

    def test_without_a_salesperson_the_organiser_delivers(self):
        """I6: no delivery is lost because nobody looks after the customer."""
        people = self.customers(6)
        experiment = self.experiment(3, team_id=False)
        people.user_id = False
        for person in self.env["res.partner"].search([("id", "not in", people.ids)]):
            person.sudo().trust_no_contact = True
        self.env.flush_all()
        experiment.action_start()
        treated, _control = self.arms(experiment)
        self.assertEqual(treated.activity_id.user_id, self.manager)

    def test_in_sets(self):
        """I6: ten times as many customers take no more queries."""
        counts = []
        for size in (4, 40):
            self.customers(2 * size)
            experiment = self.experiment(size)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            experiment.action_start()
            self.env.flush_all()
            counts.append(self.env.cr.sql_log_count - before)
            experiment.sudo()._stop("counted")
        self.assertLess(counts[1], counts[0] + 20, counts)

    # LOCKED

    def test_what_decides_is_locked(self):
        """I6: hypothesis, motivator, unit, measure, size, window are fixed before."""
        self.customers(6)
        experiment = self.experiment(3)
        experiment.action_start()
        for values in (
            {"name": "Another one"},
            {"difference": 1},
            {"window_days": 90},
            {"measure": "feelings"},
            {"circle_ids": [Command.clear()]},
            {"size": 1},
        ):
            for asking in (experiment, experiment.sudo()):
                with self.assertRaisesRegex(UserError, "It has started"):
                    asking.write(values)
        with self.assertRaises(UserError):
            experiment.unlink()
        with self.assertRaises(UserError):
            experiment.motivator_id.description = "Something else"

    def test_states_move_by_buttons(self):
        """I6: nobody writes a state or a result by hand, at creation neither."""
        experiment = self.experiment(3)
        for values in ({"state": "done"}, {"verdict": "better"}, {"effect": 3}):
            with self.assertRaises(UserError):
                experiment.write(values)
        made = self.experiments.create(
            {
                "name": "Cheat",
                "motivator_id": experiment.motivator_id.id,
                "state": "done",
                "verdict": "better",
            }
        )
        self.assertEqual((made.state, made.verdict), ("draft", False))

    # THE END

    def run_to_the_end(self, signal="interest_confirmed"):
        """Treated customers say something good; the others nothing."""
        self.customers(8)
        experiment = self.experiment(4)
        treated, control = self.start(experiment)
        for number, trial in enumerate(treated):
            for _time in range(1 + number % 2):
                self._record(trial.partner_id, signal, days_ago=20)
        for number, trial in enumerate(control):
            if number % 2:
                self._record(trial.partner_id, "mail_answered", days_ago=20)
        self.conclude(experiment)
        return experiment

    def test_better(self):
        """I6: the effect with its interval, in one sentence; means and numbers."""
        experiment = self.run_to_the_end()
        self.assertEqual((experiment.state, experiment.verdict), ("done", "better"))
        outcomes = [
            experiment.sudo()
            .trial_ids.filtered(lambda t, arm=arm: t.arm == arm)
            .mapped("outcome")
            for arm in ("treated", "control")
        ]
        expected = rules.compare(*outcomes)
        self.assertAlmostEqual(experiment.effect, expected.difference, 9)
        self.assertAlmostEqual(experiment.effect_low, expected.low, 9)
        self.assertAlmostEqual(experiment.effect_high, expected.high, 9)
        self.assertEqual(
            (experiment.measured_treated, experiment.measured_control), (4, 4)
        )
        self.assertIn("makes a difference", experiment.verdict_text)
        self.assertIn(f"{experiment.effect:.1f}", experiment.verdict_text)
        self.assertIn("0 of 4 deliveries", experiment.basis)
        found = f"{experiment.name}: {experiment.verdict_text}"
        self.assertEqual(experiment.motivator_id.found, found)
        self.assertFalse(
            experiment.sudo().trial_ids.activity_id.filtered("active"),
            "nobody delivers any more",
        )

    def test_worse(self):
        """I6: a motivator that does harm is said to."""
        experiment = self.run_to_the_end("interest_denied")
        self.assertEqual(experiment.verdict, "worse")
        self.assertIn("does harm", experiment.verdict_text)
        self.assertLess(experiment.effect_high, 0)

    def test_no_difference(self):
        """I6: nothing found is said with what is not likely to be there."""
        self.customers(8)
        experiment = self.experiment(4)
        for arm in self.start(experiment):
            for number, trial in enumerate(arm):
                if number % 2:
                    self._record(trial.partner_id, "interest_confirmed", days_ago=20)
        self.conclude(experiment)
        self.assertEqual(experiment.verdict, "none")
        largest = rules.largest(experiment.effect_low, experiment.effect_high)
        self.assertIn(f"larger than {largest:.1f}", experiment.verdict_text)

    def test_our_own_word_does_not_count(self):
        """I6: a delivery that is written down as a contact scores nothing by itself;
        what the customer or a document says in the window does."""
        self.customers(8)
        experiment = self.experiment(4)
        treated, _control = self.start(experiment)
        for trial in treated:
            self._record(trial.partner_id, "human_contact", days_ago=20)
            self._record(trial.partner_id, "gift", days_ago=20)
        self.conclude(experiment)
        self.assertAlmostEqual(experiment.effect, 0, 9)

    def test_index_of_a_past_day(self):
        """I6: the index of both days is what a refresh at that day gives."""
        people = self.customers(2)
        self._record(people[0], "interest_confirmed", days_ago=20)
        self._record(people[0], "promise_broken", days_ago=5)
        self._drain()
        experiment = self.experiment(2).sudo()
        since, until = (self.now - timedelta(days=days) for days in (30, 10))
        found = experiment._read_index([(people[0].id, since, until)])
        relationship = self._relationship(people[0])
        shown = []
        for at in (since, until):
            relationship._refresh(at=at)
            shown.append(relationship.trust_index)
        self.assertAlmostEqual(found[people[0].id], shown[1] - shown[0], 6)

    # LOST

    def test_the_lost_are_replaced(self):
        """I6: who is gone is counted; more are drawn for both halves, it says so."""
        self.customers(8)
        experiment = self.experiment(3)
        treated, _control = self.start(experiment)
        treated[0].partner_id.unlink()
        self.conclude(experiment)
        self.assertEqual((experiment.state, experiment.wave), ("running", 2))
        self.assertFalse(experiment.verdict)
        self.assertEqual(len(experiment.sudo().trial_ids), 8)
        self.assertGreater(experiment.date_end, self.now)
        self.assertIn("1 more were drawn", experiment.message_ids[0].body)

    def test_without_verdict(self):
        """I6: when too many are lost and nobody is left, it ends and says why."""
        self.customers(6)
        experiment = self.experiment(3)
        treated, _control = self.start(experiment)
        treated[0].partner_id.trust_scoring = "never"
        self._drain()
        self.conclude(experiment)
        self.assertEqual((experiment.state, experiment.verdict), ("done", "without"))
        self.assertIn("1 more are needed in each half", experiment.verdict_text)
        self.assertEqual((experiment.lost_treated, experiment.lost_control), (1, 0))
        self.assertFalse(experiment.effect or experiment.interval)

    def test_merged_customers(self):
        """I6: two customers merged into one are lost, for they stand in both halves."""
        self.customers(6)
        experiment = self.experiment(3)
        treated, control = self.start(experiment)
        pair = treated[0].partner_id | control[0].partner_id
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge(pair.ids, pair[0], extra_checks=False)
        self.env.invalidate_all()
        self.conclude(experiment)
        self.assertEqual(experiment.verdict, "without")
        self.assertEqual((experiment.lost_treated, experiment.lost_control), (1, 1))

    def test_no_measure_in_the_window(self):
        """I6: a customer who said nothing in the window has no feedback to compare."""
        people = self.customers(6)
        for number, person in enumerate(people):
            self.env["trust.feedback"].sudo().create(
                {
                    "partner_id": person.id,
                    "company_id": self.company.id,
                    "state": "answered",
                    "overall": 1 + number % 5,
                    "date_answered": self.now - timedelta(days=50 if number else 20),
                }
            )
        experiment = self.experiment(3, measure="feedback")
        experiment.sudo().write({"difference": self.difference(3), "spread": 1})
        self.assertEqual(experiment.eligible_count, 6)
        self.start(experiment)
        self.conclude(experiment)
        self.assertEqual(experiment.verdict, "without")
        self.assertEqual(experiment.lost_treated + experiment.lost_control, 5)

    def test_feelings(self):
        """I6: how pleasant encounters were, good less bad, on average."""
        feelings = {
            tone: self.env["trust.feeling"].search([("tone", "=", tone)], limit=1)
            for tone in ("good", "bad")
        }
        people = self.customers(1)
        self.env["trust.encounter"].create(
            {
                "partner_id": people.id,
                "date": self.now - timedelta(days=3),
                "feeling_ids": [
                    Command.create({"feeling_id": feelings["good"].id, "strength": 5}),
                    Command.create({"feeling_id": feelings["bad"].id, "strength": 2}),
                ],
            }
        )
        experiment = self.experiment(2, measure="feelings")
        span = (people.id, self.now - timedelta(days=9), self.now)
        found = experiment.sudo()._read_outcomes([span])
        self.assertEqual(found, {people.id: 1.5})
        before = (people.id, self.now - timedelta(days=9), self.now - timedelta(days=4))
        self.assertFalse(experiment.sudo()._read_outcomes([before]))

    def test_spread_of_our_own(self):
        """I6: where enough feedback is there, the spread is our own."""
        for number, person in enumerate(self.customers(rules.FEWEST_KNOWN)):
            self.env["trust.feedback"].sudo().create(
                {
                    "partner_id": person.id,
                    "company_id": self.company.id,
                    "state": "answered",
                    "overall": 5 - 4 * (number % 2),
                    "date_answered": self.now - timedelta(days=5),
                }
            )
        form = Form(self.experiments)
        form.measure = "feedback"
        self.assertGreater(form.spread, 2)
        self.assertEqual(form.spread_note, "from 30 of our own")

    # EARLY

    def test_stopping_early(self):
        """I6: stopping wants a reason, takes deliveries away and is never judged."""
        self.customers(6)
        experiment = self.experiment(3)
        self.start(experiment)
        activities = self.arms(experiment)[0].activity_id
        action = experiment.action_stop()
        wizard = self.env[action["res_model"]].with_user(self.manager)
        wizard = wizard.with_context(**action["context"]).create({"reason": " "})
        with self.assertRaisesRegex(UserError, "Say why"):
            wizard.action_apply()
        wizard.reason = "The hotel burnt down."
        wizard.action_apply()
        self.assertEqual(experiment.state, "stopped")
        self.assertFalse(activities.exists())
        self.assertIn("The hotel burnt down. It has no verdict", experiment.guide)
        due = self.experiments.sudo().search(
            [("state", "=", "running"), ("date_end", "<=", self.now)]
        )
        self.assertNotIn(experiment, due)
        with self.assertRaises(UserError):
            experiment.action_start()

    def test_the_clock(self):
        """I6: the daily job concludes what is due and leaves the rest."""
        self.customers(8)
        due, later = self.experiment(2, name="Due"), self.experiment(2, name="Later")
        self.start(due)
        self.start(later, days_ago=10)
        self._drain()
        with self.enter_registry_test_mode():
            self.env.ref("trust_crm.ir_cron_experiment").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual((due.state, later.state), ("done", "running"))
        self.assertFalse(later.sudo().trial_ids.filtered("measured"))
