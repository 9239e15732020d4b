"""What is the applicant's own: names that a recogniser cannot know."""
