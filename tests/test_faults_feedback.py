"""T6: an answer sent many times at once counts once; a wrong link tells nothing."""

import re
import statistics
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

BROWSERS, REPLAYS = 10, 5
MAKE = """
person = env["res.partner"].create({"name": "Mara", "email": "mara@lind.example"})
other = env["res.partner"].create({"name": "Otto", "email": "otto@lind.example"})
asked = env["trust.feedback"]._request(person, "pulse")
foreign = env["trust.feedback"]._request(other, "pulse")
expired = foreign.copy({"state": "sent", "nonce": "n",
                        "date_expiry": "2020-01-01 00:00:00"})
for request in (asked, foreign, expired):
    print("TOKEN", request._get_token())
env.cr.commit()
"""
SEAL = re.compile(r'data-seal="([^"]+)"')
CSRF = re.compile(r'name="csrf_token" value="([^"]+)"')


@pytest.fixture
def asked(trust_world, odoo_server):
    """(server, tokens of a request to Mara, to Otto, and of one that is over)."""
    printed = trust_world.shell(MAKE, 180)
    tokens = re.findall(r"TOKEN (\S+)", printed)
    assert len(tokens) == 3, printed
    [server] = odoo_server(trust_world.database, crons=False)
    return server, tokens


def test_replay_in_parallel(trust_world, asked):
    """T6: 50 parallel confirmations from ten browsers: one answer, one follow-up.

    Turns red when an answer is taken that is not the first.
    """
    server, (token, *_others) = asked
    url = f"{server.url}/trust/feedback/{token}"

    def prepare(number):
        browser = requests.Session()
        page = browser.get(url).text
        form = {
            "csrf_token": CSRF.search(page)[1],
            "human": SEAL.search(page)[1],
            "overall": "1",
            "one_thing": f"Said by browser {number}",
        }
        return browser.cookies, form

    prepared = [prepare(number) for number in range(BROWSERS)] * REPLAYS

    def send(browser):
        cookies, form = browser
        response = requests.post(
            url, data=form, cookies=cookies, allow_redirects=False, timeout=120
        )
        return response.status_code

    with ThreadPoolExecutor(len(prepared)) as pool:
        found = set(pool.map(send, prepared))
    assert found <= {200, 303}, server.log_tail()
    [counts] = trust_world.sql(
        """
        SELECT (SELECT count(*) FROM trust_evidence
                 WHERE source_model = 'trust.feedback'),
               (SELECT count(*) FROM mail_activity
                 WHERE res_model = 'trust.feedback'),
               (SELECT count(*) FROM mail_message
                 WHERE model = 'trust.feedback' AND body LIKE '%Said by browser%'),
               (SELECT count(*) FROM trust_feedback WHERE state = 'answered')
        """
    )
    assert counts == (1, 1, 1, 1)


@pytest.mark.long
def test_wrong_links_take_the_same_time(asked):
    """T6: unknown, foreign and expired links: medians within a millisecond."""
    server, (token, foreign, expired) = asked
    mac = token.partition("-")[2]
    wrong = {
        "unknown": f"999999-{mac}",
        "foreign": f"{foreign.partition('-')[0]}-{mac}",
        "expired": expired,
    }
    browser, times = requests.Session(), {why: [] for why in wrong}
    for _round in range(700):
        for why, other in wrong.items():
            start = time.perf_counter()
            response = browser.get(f"{server.url}/trust/feedback/{other}")
            times[why].append(time.perf_counter() - start)
            assert response.status_code == 404
    medians = [statistics.median(values) for values in times.values()]
    assert max(medians) - min(medians) < 0.001, medians
