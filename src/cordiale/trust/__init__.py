"""All that reads off supports: views, withdrawals, what each source carries."""
