"""A mail lab on one machine: real servers, a real router and a delayed wire, in private namespaces.

    client (the person's computer)      router (firewall, resolver)      servers (every address)
    198.51.100.2  2001:db8:a::2 ==wire== 198.51.100.1 / 203.0.113.1 ---- 203.0.113.N  2001:db8:b::N

No link leads to the machine's own network, so nothing can leak out by construction. Everything
lives below one process (`supervisor`), PID 1 of its own PID namespace: when it ends, the kernel
ends every server and frees every namespace, mount and rule.
"""
