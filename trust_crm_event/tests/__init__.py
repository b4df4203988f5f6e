from . import test_demo
from . import test_event_registration
from . import test_hooks
from . import test_trust_event_invitation
from . import test_trust_event_invite
from . import test_trust_event_tour
