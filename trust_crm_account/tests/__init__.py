from . import test_redress
