from . import trust_event_invitation
from . import event_event
from . import event_registration
from . import trust_signal_event
from . import trust_demo
