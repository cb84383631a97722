"""The harness: a real PostgreSQL, a migrated database for each test, the served application and a browser."""
