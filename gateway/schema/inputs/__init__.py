"""What mutations take: one input each, its members named as in the services' own interfaces."""
