"""Makes the helpers of this folder importable, whichever of its tests is run."""
