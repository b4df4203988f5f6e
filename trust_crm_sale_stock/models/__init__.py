from . import sale_order
from . import stock_picking
from . import trust_evidence
from . import trust_signal_delivery
from . import trust_demo
