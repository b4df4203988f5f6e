from . import res_partner
from . import sale_order
from . import trust_signal_order
from . import trust_need
from . import trust_demo
