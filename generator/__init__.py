"""公示栏 (Gongshi): records of property services in git, checked and published as a static site.

Read ``build.py`` first: it is the recipe, and it fits one screen.
"""

__version__ = "0.1.0"
