"""Who executes runs: queue, foreman, processes, engines."""
