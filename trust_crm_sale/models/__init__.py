from . import res_company
from . import res_config_settings
from . import res_partner
from . import sale_order
from . import trust_signal_order
from . import trust_need
from . import trust_signal_offer
from . import trust_demo
