"""A screen, a sound server and an ear for whatever runs the real program: tests and benchmarks."""
