"""The pages of the folder ``SMALL_PAGES``, each at its name: ``grid_page.py`` at ``/grid``."""

import os
from pathlib import Path

import streamlit as st


def nothing() -> None:
    """The first page is the one without a name."""


st.set_page_config(layout="wide")
pages = [
    st.Page(path, title=path.stem, url_path=path.stem.removesuffix("_page"))
    for path in sorted(Path(os.environ["SMALL_PAGES"]).glob("*_page.py"))
]
st.navigation([st.Page(nothing, title="nothing"), *pages]).run()
