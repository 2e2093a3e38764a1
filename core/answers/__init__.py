"""What the warm worker does: it keeps models loaded and answers questions about them.

A module for each theme of ``core.questions``; importing it registers its answers. Found by walking the
package, so that a new theme is a new file and no edit.
"""

from importlib import import_module
from pkgutil import iter_modules

from core.answers.answerer import Answerer, serve

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

__all__ = ["Answerer", "serve"]
