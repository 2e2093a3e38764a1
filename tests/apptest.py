"""What Streamlit's AppTest does for every page that is opened, done once for all of them.

Import this before a page is opened.
"""

from functools import cache

from streamlit.components.v2 import manifest_scanner

# Each AppTest is a server of its own that looks through all installed packages for components: up to half
# of the time that opening a page takes. What is installed does not change while the tests run.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
