"""What people fill in, checked for shape; what it means is the services' matter."""
