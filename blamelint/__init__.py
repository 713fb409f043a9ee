"""The linter for how incident postmortems speak of people."""
