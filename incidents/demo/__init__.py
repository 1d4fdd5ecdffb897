"""What a servicedesk that does not exist went through: invented people, written for it."""
