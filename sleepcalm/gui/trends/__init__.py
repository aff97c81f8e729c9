"""The Trends tab, and the chart of nights, which needs no tab around it."""
