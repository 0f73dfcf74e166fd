"""The only sockets: resolver, connection, TLS, deadlines."""
