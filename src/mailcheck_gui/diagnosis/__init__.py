"""Pure judgement on observations: findings, suggestions and their texts."""
