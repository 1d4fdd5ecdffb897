"""Who may do what at the servicedesk: the one place that services, pages and admin ask."""
