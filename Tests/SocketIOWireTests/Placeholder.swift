// Placeholder while the suite is being written.
