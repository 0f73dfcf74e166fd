"""Mail programs: their words and clicks."""
