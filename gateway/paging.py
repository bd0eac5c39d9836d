"""How long a page is; the services keep the same bounds."""

PAGE_DEFAULT = 20
PAGE_MAX = 100
