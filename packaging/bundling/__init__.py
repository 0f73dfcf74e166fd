"""What `mailcheck.spec` needs to know and do: what goes into a bundle, and what stays out."""
