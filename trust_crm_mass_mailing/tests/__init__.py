from . import test_demo
from . import test_hooks
from . import test_mailing_mailing
from . import test_trust_signal_push
from . import test_trust_signal_unsubscribed
