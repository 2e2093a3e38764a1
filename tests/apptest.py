"""What Streamlit's AppTest does for every page that is opened, done once for all of them.

Import this before a page is opened.
"""

from functools import cache

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import local_script_runner
from streamlit.testing.v1.local_script_runner import LocalScriptRunner

# Each AppTest is a server of its own that looks through all installed packages for components: up to half
# of the time that opening a page takes. What is installed does not change while the tests run.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)

_poll = local_script_runner.require_widgets_deltas


def _join(runner: LocalScriptRunner, timeout: float) -> None:
    """As ``_poll``, which asks every millisecond whether any message was the last one: a page sends hundreds,
    and its thread waits for who asks."""
    if runner._script_thread is not None:
        runner._script_thread.join(timeout)
    _poll(runner, timeout if runner.script_stopped() else 0)


local_script_runner.require_widgets_deltas = _join
