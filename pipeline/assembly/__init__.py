"""Assembly: circled clips become a cut."""
