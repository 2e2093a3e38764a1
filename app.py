"""Launcher: ``streamlit run app.py`` serves the course; nothing else lives here."""

import streamlit as st

from pages.server import MIDDLEWARE, ROUTES, lifespan

app = st.App("pages/shell.py", lifespan=lifespan, middleware=MIDDLEWARE, routes=ROUTES)
