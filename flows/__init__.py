"""Thin Prefect flows around the package: read, one pure call, write."""
