"""The terminal face. Reaches no Qt, not even indirectly."""
