from . import trust_equation
from . import promise_days
from . import working_time
from . import feedback_scale
from . import customer_files
from . import relationship_quality
