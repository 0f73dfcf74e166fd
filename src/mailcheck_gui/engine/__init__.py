"""One check from plan to report: orchestration, budgets, events."""
