"""The window: pages, models and painted widgets. Only this, app and __main__ know Qt."""
