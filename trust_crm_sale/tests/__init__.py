from . import test_sale_order
from . import test_trust_signal_offer
from . import test_sale_promise_web
from . import test_trust_need
from . import test_trust_review
