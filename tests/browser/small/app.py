"""A server of small pages, with all that the course's own server sends beside its pages."""

import streamlit as st

from pages.server import MIDDLEWARE, ROUTES

app = st.App("shell.py", middleware=MIDDLEWARE, routes=ROUTES)
