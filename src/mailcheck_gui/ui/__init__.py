"""The window: pages, models and painted widgets. The only package besides app and __main__ that knows Qt."""
