from . import mail_blacklist
from . import mailing_mailing
from . import mailing_subscription
from . import mailing_trace
from . import res_config_settings
from . import trust_signal_push
from . import trust_signal_unsubscribed
from . import trust_demo
