"""Icons, translations, provider facts and thresholds that ship with the program."""
