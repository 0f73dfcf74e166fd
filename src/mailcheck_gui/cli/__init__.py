"""The terminal face. Reaches no Qt, not even indirectly, and no practice servers of its own."""
