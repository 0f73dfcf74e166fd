"""One function a cause."""
