"""Models that read token by token: a step of the gates, and how far back a memory reaches."""
