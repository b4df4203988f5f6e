"""T8, T13: mails fetched twice at the same moment, and a clock that ticks on hosts."""

import pytest

# A customer each: of more than twenty mails of one sender in two hours, Odoo takes the
# rest for a loop and sends them back.
MAIL = """\
From: Mara Lind <mara{number}@lind.example>\\r
To: complaints@trust.example\\r
Subject: Broken shelf {number}\\r
Message-ID: <twice-{number}@lind.example>\\r
\\r
It broke.\\r
"""
SETTINGS = """
env.company.alias_domain_id = env["mail.alias.domain"].create({"name": "trust.example"})
env.company._set_complaint_alias("complaints")
env.cr.commit()
"""
# A fetcher reads its mails one by one, each in a transaction, as Odoo's own does. All
# wait for the same moment, so that both hold the same mail.
FETCH = """
import time
time.sleep(max(0, {moment} - time.time()))
for number in range({mails}):
    try:
        env["mail.thread"].message_process("crm.lead", {mail!r}.format(number=number))
        env.cr.commit()
    except Exception as error:
        print("REFUSED", type(error).__name__)
        env.cr.rollback()
"""
# Filed long ago, so that both deadlines are over by their own targets: whatever plans
# them anew meanwhile (trust falls, urgency rises) finds them over again.
COMPLAINTS = """
from datetime import timedelta
from odoo import fields
customer = env["res.partner"].create({{"name": "Mara", "email": "mara@lind.example"}})
env["trust.complaint"].with_context(tracking_disable=True).create([
    {{"subject": f"Late {{i}}", "partner_id": customer.id, "severity": "4",
      "received_date": fields.Datetime.now() - timedelta(days=90)}}
    for i in range({number})])
env.cr.commit()
"""
# A host's job, without the lock that lets Odoo run it on one host at a time.
CLOCK = """
from odoo.addons.trust_crm.models import trust_clock_mixin
trust_clock_mixin.BATCH = 5
for _again in range(20):
    env["trust.complaint"]._cron_clock()
"""
# Per complaint: notices, live bad outcomes, activities.
DONE = """
SELECT (SELECT count(*) FROM trust_complaint_notice n
         WHERE n.complaint_id = c.id AND kind IN ('late_answer', 'late_solution')),
       (SELECT count(*) FROM trust_evidence e JOIN trust_signal s ON s.id = e.signal_id
         WHERE e.source_model = 'trust.complaint' AND e.source_id = c.id
           AND s.code = 'complaint_bad'),
       (SELECT count(*) FROM mail_activity a
         WHERE a.res_model = 'trust.complaint' AND a.res_id = c.id AND a.active),
       count(*)
  FROM trust_complaint c GROUP BY 1, 2, 3
"""


def fetch(world, mails, hosts):
    """Several fetchers read the same mails from the same moment on."""
    trust_world_time = "SELECT date_part('epoch', now()) + 12"
    moment = float(world.value(trust_world_time))
    script = FETCH.format(moment=moment, mails=mails, mail=MAIL)
    running = [world.start(script) for _number in range(hosts)]
    for host in running:
        host.wait(timeout=240)


def check_mails(world, mails, hosts):
    assert "Traceback" not in world.shell(SETTINGS, 120)
    fetch(world, mails, hosts)
    count = "SELECT count(*), count(DISTINCT mail_key) FROM trust_complaint"
    assert world.sql(count) == [(mails, mails)], "one mail, one complaint; none lost"
    told = """SELECT count(*) FROM mail_message m
               WHERE m.model = 'trust.complaint' AND m.message_type = 'email'"""
    assert world.value(told) == mails


def check_clock(world, number, hosts):
    assert "Traceback" not in world.shell(COMPLAINTS.format(number=number), 180)
    running = [world.start(CLOCK) for _host in range(hosts)]
    for host in running:
        host.wait(timeout=240)
    assert "Traceback" not in world.shell(CLOCK, 120)
    assert world.sql(DONE) == [(2, 1, 1, number)]


def test_same_mails_twice(trust_world):
    """T13: two fetchers read the same mails at once: one complaint for each.

    Turns red without the lock on the Message-ID: the refused second one would mark the
    alias as broken, and two such marks lose a mail.
    """
    check_mails(trust_world, mails=10, hosts=2)


def test_escalated_once(trust_world):
    """T8, K3: two hosts tell of the same breaches: each is told once.

    Turns red when batches are not claimed and notices have no unique key.
    """
    check_clock(trust_world, number=20, hosts=2)


@pytest.mark.long
def test_many_mails_many_hosts(trust_world):
    """T13: the same with ten fetchers and a hundred mails."""
    check_mails(trust_world, mails=100, hosts=10)


@pytest.mark.long
def test_many_breaches_many_hosts(trust_world):
    """T8: the same with four hosts and three hundred breaches."""
    check_clock(trust_world, number=300, hosts=4)
