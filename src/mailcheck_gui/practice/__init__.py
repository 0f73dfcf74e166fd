"""Built-in practice mail servers and the Network that leads to them."""
