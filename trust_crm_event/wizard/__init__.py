from . import trust_event_invite
from . import trust_event_invite_people
from . import trust_event_invite_line
from . import base_partner_merge
