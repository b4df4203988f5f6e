"""One module per command of bin/: its arguments, then what it does."""
