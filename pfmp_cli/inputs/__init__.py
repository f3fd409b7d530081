"""What is read: YAML files, the calendar, class files."""
