"""Facts only: what to probe, and the probe itself."""
