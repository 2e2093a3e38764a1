"""Streamlit says only what went wrong. Outside a server it warns at every call that there is none.

Import this before what imports pages.
"""

from streamlit import config, logger

LEVEL = "error"

config.set_option("logger.level", LEVEL)  # reads the configuration, and with it another level
logger.set_log_level(LEVEL)
