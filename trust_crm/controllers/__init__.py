from . import trust_feedback
from . import portal
from . import portal_promise
from . import portal_complaint
from . import portal_complaint_file
from . import portal_held
