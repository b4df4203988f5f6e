"""What tests that span processes need: real servers, a client, own PostgreSQL."""
