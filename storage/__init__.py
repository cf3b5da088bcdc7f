"""The shared state: domain types, commands, staleness, the project database and its media."""
