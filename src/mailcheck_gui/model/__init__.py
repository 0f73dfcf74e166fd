"""What every part talks about: frozen dataclasses and enums, without any input or output."""
