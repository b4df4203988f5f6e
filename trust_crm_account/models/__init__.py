from . import account_move
from . import trust_complaint
from . import trust_complaint_redress
