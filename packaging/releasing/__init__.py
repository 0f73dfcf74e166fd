"""What a release adds to the packages: notes, checksums, the list of parts, signatures."""
