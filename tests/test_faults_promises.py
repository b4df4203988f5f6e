"""T8: what the hourly jobs do about a promise is done once, whoever runs them."""

import time

PROMISES = 150
MAKE = f"""
user = env.ref("base.user_admin")
user.write({{"notification_type": "email", "email": "admin@example.com"}})
env["trust.promise"].with_user(user).with_context(tracking_disable=True).create([
    {{"name": f"Promise {{i}}", "date_deadline": "2090-01-01",
      "partner_id": env["res.partner"].create({{"name": f"Customer {{i}}"}}).id}}
    for i in range({2 * PROMISES})])
env.cr.commit()
env.cr.execute('''
    UPDATE trust_promise
       SET date_deadline = current_date - 1, deadline_at = now() - interval '1 hour'
     WHERE id % 2 = 0;
    UPDATE trust_promise
       SET date_deadline = current_date + 1, deadline_at = now() + interval '1 day',
           reminder_at = now() - interval '1 hour'
     WHERE id % 2 = 1''')
env.cr.commit()
"""
# A host's jobs, without the lock that lets Odoo run each job on one host at a time.
RUN = """
from odoo.addons.trust_crm.models import trust_clock_mixin
trust_clock_mixin.BATCH = 10
for _again in range(30):
    env["trust.promise"]._cron_break()
    env["trust.promise"]._cron_remind()
"""
LEFT = """
SELECT count(*) FROM trust_promise
 WHERE state = 'open' AND (deadline_at <= now() OR reminded_date IS NULL)
"""
# Per promise: activities, live broken rows, mails.
DONE = """
SELECT state,
       (SELECT count(*) FROM mail_activity a
         WHERE a.res_model = 'trust.promise' AND a.res_id = p.id AND a.active),
       (SELECT count(*) FROM trust_evidence e
         WHERE e.source_model = 'trust.promise' AND e.source_id = p.id),
       (SELECT count(*) FROM mail_mail m JOIN mail_message g ON g.id = m.mail_message_id
         WHERE g.model = 'trust.promise' AND g.res_id = p.id),
       count(*)
  FROM trust_promise p GROUP BY 1, 2, 3, 4 ORDER BY 1
"""


def kill_amid_work(world, host, total):
    """kill -9 a host when some of the work is done and some is left."""
    until = time.monotonic() + 240
    while world.value(LEFT) == total and time.monotonic() < until:
        time.sleep(0.02)
    left = world.value(LEFT)
    host.kill()
    return left


def test_jobs_on_three_hosts(trust_world):
    """T8, P2, P4: three hosts at once, one killed: one activity, row, mail each.

    Turns red when a batch is not claimed, or is written after its side effects'
    transaction.
    """
    assert "Traceback" not in trust_world.shell(MAKE, 180)
    total = trust_world.value(LEFT)
    assert total == 2 * PROMISES
    hosts = [trust_world.start(RUN) for _number in range(3)]
    left = kill_amid_work(trust_world, hosts[0], total)
    assert 0 < left < total, "killed too early or too late to hurt"
    for host in hosts:
        host.wait(timeout=240)
    trust_world.shell(RUN, 120)
    assert trust_world.value(LEFT) == 0
    assert trust_world.sql(DONE) == [
        ("broken", 1, 1, 0, PROMISES),
        ("open", 1, 0, 1, PROMISES),
    ]
