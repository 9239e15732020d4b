"""One spoken answer: a recorder and a recogniser, two children on one file."""
